import { WorldError } from "../../../domain/world-error.ts";

/** A place in Cloud Storage: a bucket, and what the names of its objects start with, which is empty or ends in `/`. */
export interface GcsAddress {
  readonly bucket: string;
  readonly prefix: string;
}

const uri = /^gs:\/\/(?<bucket>[a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/(?<path>.*))?$/u;

/**
 * Reads `gs://bucket/prefix`. Throws a `WorldError` for what is no such address
 * (https://cloud.google.com/storage/docs/buckets#naming).
 */
export function parseGcsAddress(text: string): GcsAddress {
  const { bucket, path = "" } = uri.exec(text)?.groups ?? {};
  if (bucket === undefined || path.split("/").slice(0, -1).includes(""))
    throw new WorldError("bad-address", `"${text}" is no address in Cloud Storage.`, {
      hint: "It has the form gs://bucket/prefix; the bucket is of lower-case letters, digits, dots, dashes and underscores.",
    });
  return { bucket, prefix: path === "" || path.endsWith("/") ? path : `${path}/` };
}
