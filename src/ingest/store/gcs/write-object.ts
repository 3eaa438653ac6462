import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { File } from "@google-cloud/storage";
import { WorldError } from "../../../domain/world-error.ts";
import type { WriteCondition } from "../../store.ts";
import { answerCode } from "./gcs-error.ts";

/** An object as Cloud Storage knows it. The version is its generation. */
export interface WrittenObject {
  readonly version: string;
  readonly size: number;
}

/** Up to this size, in bytes, an object goes in one request that can be repeated; a larger one goes in parts of this size. */
const partSize = 8 << 20;

/** The key of an object's metadata that tells whose write it is. */
const writeKey = "tsdbt-write";

/** The object to be written, as a client sends it whole, and as one sends it in parts. */
export interface TargetFiles {
  readonly whole: File;
  readonly inParts: File;
}

/** What the write relies on, how a request is tried until it is done, and what a refusal is called. */
export interface WriteOptions extends WriteCondition {
  readonly tried: <T>(run: () => Promise<T>) => Promise<T>;
  readonly told: (error: unknown) => unknown;
}

/**
 * Writes an object whole or not at all, under the condition that its generation is the one given, or that there is none
 * (https://cloud.google.com/storage/docs/request-preconditions). A write whose answer got lost on the way is known by the
 * mark that it left.
 */
export async function writeObject(
  { whole, inParts }: TargetFiles,
  chunks: AsyncIterable<Buffer>,
  { replacing, tried, told }: WriteOptions,
): Promise<WrittenObject> {
  const generation = replacing ?? "0";
  if (!/^\d+$/u.test(generation)) throw lostRace(whole);
  const mark = randomUUID();
  const options = {
    metadata: { contentType: "text/csv; charset=utf-8", metadata: { [writeKey]: mark } },
    preconditionOpts: { ifGenerationMatch: generation },
    validation: "crc32c",
  } as const;
  const source = chunks[Symbol.asyncIterator]();
  const { parts, isWhole } = await firstPart(source);
  if (isWhole) {
    const content = Buffer.concat(parts);
    return tried(async () => marked(whole, mark, async () => whole.save(content, { ...options, resumable: false })));
  }
  const ownFailures: unknown[] = [];
  const rest = allParts(parts, { source, fail: (error) => ownFailures.push(error) });
  const send = async (): Promise<void> =>
    pipeline(Readable.from(rest), inParts.createWriteStream({ ...options, resumable: true, chunkSize: partSize }));
  try {
    return await marked(inParts, mark, send);
  } catch (error) {
    const [own = told(error)] = ownFailures;
    throw own;
  }
}

/** Runs the upload of a file; where its condition does not hold, for it was done already, that is as good. */
async function marked(file: File, mark: string, upload: () => Promise<void>): Promise<WrittenObject> {
  try {
    await upload();
    return written(file.metadata);
  } catch (error) {
    if (answerCode(error) !== 412) throw error;
    const [held] = await file.getMetadata();
    if (held.metadata?.[writeKey] !== mark) throw lostRace(file, error);
    return written(held);
  }
}

function written({ generation, size }: File["metadata"]): WrittenObject {
  if (generation === undefined || size === undefined) throw new Error("Cloud Storage tells no generation of a write");
  return { version: String(generation), size: Number(size) };
}

function lostRace(file: File, cause?: unknown): WorldError {
  return new WorldError("lost-race", `Something else has written ${file.cloudStorageURI.href} meanwhile.`, {
    hint: "Run it again when no other run is under way.",
    cause,
  });
}

/** Copies chunks until they are one part, or all there are: a chunk is the writer's again when the next one is asked for. */
async function firstPart(
  source: AsyncIterator<Buffer>,
): Promise<{ readonly parts: readonly Buffer[]; readonly isWhole: boolean }> {
  const parts: Buffer[] = [];
  for (let size = 0; size <= partSize;) {
    const next = await source.next();
    if (next.done === true) return { parts, isWhole: true };
    parts.push(Buffer.from(next.value));
    size += next.value.length;
  }
  return { parts, isWhole: false };
}

interface Rest {
  readonly source: AsyncIterator<Buffer>;
  /** Gets the error of the chunks, whatever the client makes of it. */
  readonly fail: (error: unknown) => void;
}

async function* allParts(first: readonly Buffer[], { source, fail }: Rest): AsyncGenerator<Buffer> {
  yield* first;
  try {
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield Buffer.from(next.value);
  } catch (error) {
    fail(error);
    throw error;
  }
}
