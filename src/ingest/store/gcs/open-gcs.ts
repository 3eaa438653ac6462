import { type File, Storage } from "@google-cloud/storage";
import type { ReadObject, Store, StoredObject } from "../../store.ts";
import { type GcsAddress, parseGcsAddress } from "./gcs-address.ts";
import { answerCode, gcsError, type GcsAttempt } from "./gcs-error.ts";
import { attempt, patienceOf } from "./patience.ts";
import { writeObject } from "./write-object.ts";

/** How Cloud Storage is reached. */
export interface GcsOptions {
  /** The address of an emulator, `http://…`; Google's own where there is none. */
  readonly endpoint: string | undefined;
}

/** Objects that are asked for ahead of the one that is looked at. */
const ahead = 8;

/**
 * A prefix of a bucket, `gs://bucket/prefix`, as a store. Credentials are those of the environment (Application Default
 * Credentials). What may be repeated is repeated, with growing pauses; contents are checked by their CRC32C.
 */
export function openGcs(uri: string, { endpoint }: GcsOptions): Store {
  const address = parseGcsAddress(uri);
  const patience = patienceOf(endpoint);
  const connection = endpoint === undefined ? {} : { projectId: "emulator", apiEndpoint: endpoint };
  const bucket = new Storage({ ...connection, retryOptions: { autoRetry: false } }).bucket(address.bucket);
  // A large object goes in parts, and only the client knows from which on they have to be sent again.
  const large = new Storage({ ...connection, retryOptions: patience.parts }).bucket(address.bucket);
  const uriOf = (name: string): string => `gs://${address.bucket}/${keyOf(address, name)}`;
  const tried = async <T>(doing: GcsAttempt["doing"], name: string | undefined, run: () => Promise<T>): Promise<T> =>
    attempt({ doing, uri: name === undefined ? uri : uriOf(name) }, { patience, run });
  return {
    list: async () => {
      const [files] = await tried("list", undefined, async () => bucket.getFiles({ prefix: address.prefix }));
      const objects = files.filter(({ name }) => !name.endsWith("/")).map((file) => listed(file, address));
      return objects.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    read: (names) =>
      readAhead(names, async (name) => tried("read", name, async () => download(bucket.file(keyOf(address, name))))),
    write: async (name, chunks, condition) => {
      const key = keyOf(address, name);
      const files = { whole: bucket.file(key), inParts: large.file(key) };
      const written = await writeObject(files, chunks, {
        ...condition,
        tried: async (run) => tried("write", name, run),
        told: (error) => gcsError(error, { doing: "write", uri: uriOf(name) }),
      });
      return { name, ...written };
    },
    remove: async (name) => {
      await tried("remove", name, async () => bucket.file(keyOf(address, name)).delete({ ignoreNotFound: true }));
    },
    uri: uriOf,
  };
}

function keyOf({ prefix }: GcsAddress, name: string): string {
  if (name === "" || name.split("/").some((part) => part === "" || part === "." || part === ".."))
    throw new Error(`"${name}" is no name of an object`);
  return prefix + name;
}

function listed({ name, metadata }: File, { prefix }: GcsAddress): StoredObject {
  return { name: name.slice(prefix.length), version: String(metadata.generation), size: Number(metadata.size) };
}

async function download(file: File): Promise<Buffer | undefined> {
  try {
    const [content] = await file.download({ validation: "crc32c" });
    return content;
  } catch (error) {
    if (answerCode(error) === 404) return undefined;
    throw error;
  }
}

/** A few objects are under way at any time, so that the way there is not waited for at each one. */
async function* readAhead(
  names: readonly string[],
  contentOf: (name: string) => Promise<Buffer | undefined>,
): AsyncGenerator<ReadObject> {
  const coming: Promise<Buffer | undefined>[] = [];
  for (const [index, name] of names.entries()) {
    for (const next of names.slice(index + coming.length, index + ahead)) {
      const content = contentOf(next);
      // A failure comes up where the object is waited for.
      content.catch(() => undefined);
      coming.push(content);
    }
    yield { name, content: await coming.shift() };
  }
}
