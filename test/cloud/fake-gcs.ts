import { createHash } from "node:crypto";
import { type FakeAnswer, type FakeRequest, type FakeService, refusal, startFake } from "./fake-http.ts";

interface HeldObject {
  readonly content: Buffer;
  readonly generation: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A fake Cloud Storage: objects in memory, with preconditions on writes and deletes, and pages of lists. */
export interface FakeGcs extends FakeService {
  /** The contents by `bucket/name`. */
  readonly objects: () => Readonly<Record<string, string>>;
  readonly put: (bucket: string, name: string, content: string | Buffer) => void;
}

/** CRC32C by its definition (https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4), big-endian and in base64 as Google tells it. */
function crc32c(content: Buffer): string {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return bytes.toString("base64");
}

function resourceOf(key: string, { content, generation, metadata }: HeldObject): object {
  const [bucket = "", ...rest] = key.split("/");
  return {
    ...metadata,
    kind: "storage#object",
    bucket,
    name: rest.join("/"),
    generation,
    size: String(content.length),
    crc32c: crc32c(content),
    md5Hash: createHash("md5").update(content).digest("base64"),
  };
}

function parseMultipart({ headers, body }: FakeRequest): { readonly json: unknown; readonly content: Buffer } {
  const boundary = /boundary=(?:"(?<quoted>[^"]+)"|(?<plain>\S+))/u.exec(headers["content-type"] ?? "")?.groups;
  const mark = Buffer.from(`--${boundary?.["quoted"] ?? boundary?.["plain"] ?? ""}`);
  const starts: number[] = [];
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) starts.push(at);
  const parts = starts.slice(0, -1).map((start, index) => {
    const part = body.subarray(start + mark.length + 2, (starts[index + 1] ?? body.length) - 2);
    return part.subarray(part.indexOf("\r\n\r\n") + 4);
  });
  const [json = Buffer.from("{}"), content = Buffer.alloc(0)] = parts;
  return { json: JSON.parse(json.toString()), content };
}

interface Session {
  readonly key: string;
  readonly condition: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  content: Buffer;
}

/** Starts a fake Cloud Storage that has these buckets, and gives pages of this many objects. */
export async function startFakeGcs(buckets: readonly string[], pageSize = 1000): Promise<FakeGcs> {
  const held = new Map<string, HeldObject>();
  const sessions = new Map<string, Session>();
  let clock = 1_600_000_000_000_000;
  let url = "";

  const put = (key: string, content: Buffer, metadata: HeldObject["metadata"] = {}): FakeAnswer => {
    const object = { content, generation: String(++clock), metadata };
    held.set(key, object);
    return { status: 200, body: resourceOf(key, object) };
  };
  const holds = (key: string, condition: string | null): boolean =>
    condition === null || condition === (held.get(key)?.generation ?? "0");
  const unmet = refusal(412, "conditionNotMet");

  const list = (bucket: string, query: URLSearchParams): FakeAnswer => {
    const start = `${bucket}/${query.get("prefix") ?? ""}`;
    const after = query.get("pageToken") ?? "";
    const keys = [...held.keys()].filter((key) => key.startsWith(start) && key > after).sort();
    const page = keys.slice(0, Math.min(pageSize, Number(query.get("maxResults") ?? pageSize)));
    const items = page.flatMap((key) => {
      const object = held.get(key);
      return object === undefined ? [] : [resourceOf(key, object)];
    });
    const last = page.at(-1);
    return { status: 200, body: { items, ...(keys.length > page.length && { nextPageToken: last }) } };
  };

  const upload = (bucket: string, request: FakeRequest): FakeAnswer => {
    const { query } = request;
    const key = `${bucket}/${query.get("name") ?? ""}`;
    const condition = query.get("ifGenerationMatch");
    if (query.get("uploadType") === "multipart") {
      const { json, content } = parseMultipart(request);
      return holds(key, condition) ? put(key, content, json as HeldObject["metadata"]) : unmet;
    }
    if (!holds(key, condition)) return unmet;
    const id = String(sessions.size);
    const metadata = JSON.parse(request.body.toString()) as HeldObject["metadata"];
    sessions.set(id, { key, condition, metadata, content: Buffer.alloc(0) });
    return { status: 200, headers: { location: `${url}/session/${id}` }, body: {} };
  };

  const resume = (id: string, { headers, body }: FakeRequest): FakeAnswer => {
    const session = sessions.get(id);
    if (session === undefined) return refusal(404, "notFound");
    const { start, total } =
      /bytes (?:(?<start>\d+)-\d+|\*)\/(?<total>\d+|\*)/u.exec(headers["content-range"] ?? "")?.groups ?? {};
    if (start !== undefined) session.content = Buffer.concat([session.content.subarray(0, Number(start)), body]);
    if (total === String(session.content.length))
      return holds(session.key, session.condition) ? put(session.key, session.content, session.metadata) : unmet;
    const range = session.content.length === 0 ? {} : { range: `bytes=0-${session.content.length - 1}` };
    return { status: 308, headers: range };
  };

  const object = (key: string, { method, query }: FakeRequest): FakeAnswer => {
    const found = held.get(key);
    if (found === undefined) return refusal(404, "notFound");
    if (method === "DELETE") {
      if (!holds(key, query.get("ifGenerationMatch"))) return unmet;
      held.delete(key);
      return { status: 204 };
    }
    if (query.get("alt") !== "media") return { status: 200, body: resourceOf(key, found) };
    const hash = `crc32c=${crc32c(found.content)}`;
    const headers = {
      "content-type": "application/octet-stream",
      "x-goog-hash": hash,
      "x-goog-generation": found.generation,
    };
    return { status: 200, headers, body: found.content };
  };

  const fake = await startFake((request) => {
    const { path } = request;
    const session = /^\/session\/(?<id>\d+)$/u.exec(path)?.groups?.["id"];
    if (session !== undefined) return resume(session, request);
    const {
      upload: isUpload,
      bucket = "",
      name,
    } = /^(?<upload>\/upload)?\/storage\/v1\/b\/(?<bucket>[^/]+)\/o(?:\/(?<name>.+))?$/u.exec(path)?.groups ?? {};
    if (!buckets.includes(bucket)) return refusal(404, "notFound");
    if (isUpload !== undefined) return upload(bucket, request);
    if (name === undefined) return list(bucket, request.query);
    return object(`${bucket}/${decodeURIComponent(name)}`, request);
  });
  ({ url } = fake);
  return {
    ...fake,
    objects: () => Object.fromEntries([...held].map(([key, { content }]) => [key, content.toString()])),
    put: (bucket, name, content) => {
      put(`${bucket}/${name}`, Buffer.from(content));
    },
  };
}
