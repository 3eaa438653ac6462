import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "vitest";

/** Set to anything, this variable has goldens rewritten in place of compared: then read what changed. */
const writesGoldens = process.env["WRITE_GOLDENS"] !== undefined;

/** Expects a text to be that of a golden file. A golden that is not there is no match. */
export function expectGolden(path: string, text: string): void {
  if (writesGoldens) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const golden = existsSync(path)
    ? readFileSync(path, "utf8")
    : `There is no golden; run with WRITE_GOLDENS=1 to write ${path}`;
  expect(text).toBe(golden);
}
