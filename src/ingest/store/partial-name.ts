import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** Tells the writes of this process from those of an earlier one that had the same process id. */
const token = randomBytes(4).toString("hex");
let count = 0;

const partialName = /^\..*\.(?<pid>\d+)-(?<token>[0-9a-f]{8})-\d+\.partial$/u;

/** A path beside a file's, under which it is written until it is whole. */
export function newPartialName(path: string): string {
  count++;
  return join(dirname(path), `.${basename(path)}.${process.pid}-${token}-${count}.partial`);
}

/** Whether a file's base name is one under which something is being written, or was when its process was killed. */
export function isPartialName(baseName: string): boolean {
  return partialName.test(baseName);
}

/** Whether nobody writes any more under a partial name: its process is gone. */
export function isAbandoned(baseName: string): boolean {
  const parts = partialName.exec(baseName)?.groups;
  if (parts === undefined) return false;
  const pid = Number(parts["pid"]);
  if (pid === process.pid) return parts["token"] !== token;
  return !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
