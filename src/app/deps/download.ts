import { WorldError } from "../../domain/world-error.ts";

/** What an address answers, whole. Throws a `WorldError` where it cannot be reached or answers with an error. */
export async function download(url: string, signal: AbortSignal): Promise<Buffer> {
  let answer: Response;
  try {
    answer = await fetch(url, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new WorldError("no-network", `"${url}" cannot be reached.`, {
      hint: "Without a network, packages come from local folders and repositories on this machine.",
      isRetryable: true,
      cause,
    });
  }
  if (!answer.ok) throw new WorldError("download", `"${url}" answers ${answer.status} ${answer.statusText}.`);
  return Buffer.from(await answer.arrayBuffer());
}
