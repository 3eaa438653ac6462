import { Storage } from "@google-cloud/storage";
import { parseGcsAddress } from "./gcs-address.ts";
import { answerCode } from "./gcs-error.ts";
import { attempt, patienceOf } from "./patience.ts";

/** Where a bucket is made, and the project that it belongs to. */
export interface BucketPlace {
  readonly project: string;
  readonly location: string | undefined;
  readonly endpoint: string | undefined;
}

/** Makes the bucket of an address, unless it is there. Throws a `WorldError` where Cloud Storage refuses. */
export async function makeBucket(uri: string, { project, location, endpoint }: BucketPlace): Promise<"made" | "there"> {
  const { bucket } = parseGcsAddress(uri);
  const connection = endpoint === undefined ? {} : { apiEndpoint: endpoint };
  const storage = new Storage({ projectId: project, ...connection, retryOptions: { autoRetry: false } });
  const what = { doing: "write", uri: `gs://${bucket}` } as const;
  return attempt(what, {
    patience: patienceOf(endpoint),
    run: async () => {
      const [isThere] = await storage.bucket(bucket).exists();
      if (isThere) return "there";
      try {
        await storage.createBucket(bucket, location === undefined ? {} : { location });
        return "made";
      } catch (error) {
        // An answer was lost, or somebody else made it meanwhile; one of another account refuses the first write.
        if (answerCode(error) === 409) return "there";
        throw error;
      }
    },
  });
}
