import { writeManifest } from "./artifacts/write-artifacts.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { openSoundProject } from "./open-project.ts";

/** Reads a whole project, tells what is wrong with it, and writes its manifest if nothing is. */
export async function parseWholeProject(invocation: Invocation): Promise<Ending> {
  const opened = await openSoundProject(invocation);
  if (opened === undefined) return "refusal";
  writeManifest(opened, invocation);
  return "success";
}
