import { BigQuery } from "@google-cloud/bigquery";
import { PassThroughClient } from "google-auth-library";
import { WorldError } from "../../../domain/world-error.ts";
import { listPart, part, textPart } from "./read-answer.ts";

/** A call of BigQuery's REST interface (https://cloud.google.com/bigquery/docs/reference/rest); the path is below a project. */
export interface RestCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** The project, where it is not the one that pays. */
  readonly project?: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

/** An answer that is no success: the HTTP status (0 where none came), the first reason and the message. */
export class RestError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(
    message: string,
    details: { readonly status: number; readonly reason: string; readonly cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.name = "RestError";
    this.status = details.status;
    this.reason = details.reason;
  }
}

/** BigQuery as one project's calls. A call is made once: who makes it knows when it may be repeated. */
export interface RestClient {
  call(request: RestCall): Promise<unknown>;
}

/** The project whose jobs are run and paid, and the address of an emulator, where there is one. */
export interface ClientOptions {
  readonly project: string;
  readonly endpoint: string | undefined;
  readonly keyfile: string | undefined;
}

function restError(error: Error): Error {
  if (/default credentials|invalid_grant/iu.test(error.message))
    return new WorldError("no-credentials", "There are no Google credentials to reach BigQuery with.", {
      hint: 'Run "gcloud auth application-default login", or name a keyfile in the target.',
      cause: error,
    });
  const code = part(error, "code");
  const [first] = listPart(error, "errors");
  const details = { status: typeof code === "number" ? code : 0, reason: textPart(first, "reason") ?? "" };
  return new RestError(textPart(first, "message") ?? error.message, { ...details, cause: error });
}

/** Opens BigQuery's REST interface with the credentials of the environment, or those of a keyfile. */
export function openClient({ project, endpoint, keyfile }: ClientOptions): RestClient {
  // The client would take an emulator's address from here, and lose a part of every path (BIGQUERY_EMULATOR_HOST is another's).
  delete process.env["BIGQUERY_EMULATOR_HOST"];
  const bigquery = new BigQuery({
    projectId: project,
    autoRetry: false,
    ...(keyfile !== undefined && { keyFilename: keyfile }),
    ...(endpoint !== undefined && { apiEndpoint: endpoint, authClient: new PassThroughClient() }),
  });
  return {
    call: async ({ method, path, project: other, query, body }) =>
      new Promise((resolve, reject) => {
        const known = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
        const request = {
          method,
          uri: path,
          qs: Object.fromEntries(known),
          ...(other !== undefined && { projectId: other }),
          ...(body !== undefined && { json: body }),
        };
        bigquery.request(request, (error, answer: unknown) => {
          if (error === null) resolve(answer);
          else reject(restError(error));
        });
      }),
  };
}
