import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** A request as a fake service gets it. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What a fake service answers. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | object;
}

/**
 * What goes wrong with a request: it is answered with a status before anything is done; or all is done and the answer gets
 * lost, with a status in its place or with the connection.
 */
export type Fault =
  | { readonly kind: "refused"; readonly status: number; readonly reason?: string }
  | { readonly kind: "lost"; readonly status: number }
  | { readonly kind: "cut"; readonly done: "before" | "after" };

/** A fake service over HTTP. */
export interface FakeService {
  readonly url: string;
  /** The requests so far, each as `METHOD /path`, with the fault that met it. */
  readonly log: readonly string[];
  /** Says what goes wrong with the requests to come, by their position from now on; nothing where it gives none. */
  readonly script: (fault: (position: number, request: FakeRequest) => Fault | undefined) => void;
  readonly close: () => Promise<void>;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of message) parts.push(part as Buffer);
  } catch {
    return undefined;
  }
  return message.complete ? Buffer.concat(parts) : undefined;
}

function send(response: ServerResponse, { status, headers = {}, body }: FakeAnswer): void {
  if (body === undefined || Buffer.isBuffer(body)) response.writeHead(status, headers).end(body);
  else response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** The body of a refusal, as Google's services write it. */
export function refusal(status: number, reason: string, message = `${reason} by script`): FakeAnswer {
  return { status, body: { error: { code: status, message, errors: [{ reason, message, domain: "global" }] } } };
}

/** Starts a fake service on a free port. A request that breaks off is not answered, and nothing of it is done. */
export async function startFake(answer: (request: FakeRequest) => FakeAnswer): Promise<FakeService> {
  const log: string[] = [];
  let position = 0;
  let faultOf: (position: number, request: FakeRequest) => Fault | undefined = () => undefined;
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(message.url ?? "/", "http://fake");
    const body = await bodyOf(message);
    if (body === undefined) return;
    const request: FakeRequest = {
      method: message.method ?? "",
      path: pathname,
      query: searchParams,
      headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
      body,
    };
    const fault = faultOf(position++, request);
    log.push(`${request.method} ${pathname}${fault === undefined ? "" : ` (${fault.kind})`}`);
    switch (fault?.kind) {
      case undefined:
        send(response, answer(request));
        return;
      case "refused":
        send(response, refusal(fault.status, fault.reason ?? "backendError"));
        return;
      case "lost":
        answer(request);
        send(response, refusal(fault.status, "backendError"));
        return;
      case "cut":
        if (fault.done === "after") answer(request);
        message.socket.destroy();
        return;
    }
  };
  const server: Server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      send(response, refusal(500, "fakeBroken", String(error)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    log,
    script: (fault) => {
      position = 0;
      faultOf = fault;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
