import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { attempt, systemCode } from "./folder-error.ts";

const largestRead = 1 << 30;

/** Reads a whole file into `buffer`, or into new memory where it does not fit; `undefined` where there is no such file. */
export function readFile(path: string, buffer: Buffer): Buffer | undefined {
  return attempt({ doing: "read", path }, () => {
    const file = openFile(path);
    if (file === undefined) return undefined;
    try {
      let target = buffer;
      let length = 0;
      for (;;) {
        if (length === target.length) target = enlarged(target, fstatSync(file).size + 1);
        const count = readSync(file, target, length, Math.min(target.length - length, largestRead), null);
        length += count;
        if (count === 0 || (target === buffer && length < target.length)) return target.subarray(0, length);
      }
    } finally {
      closeSync(file);
    }
  });
}

function enlarged(bytes: Buffer, size: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.max(size, bytes.length + (1 << 20)));
  bytes.copy(larger);
  return larger;
}

function openFile(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
