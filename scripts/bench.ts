import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchBesideDbt } from "./bench/beside-dbt.ts";
import { benchCompiling } from "./bench/compiling.ts";
import { measure, printTimings, runNode } from "./bench/measure.ts";
import { benchStaging } from "./bench/staging.ts";
import { benchTranslating } from "./bench/translating.ts";

const root = join(import.meta.dirname, "..");
const binary = join(root, "dist/cli/main.js");
const scratch = mkdtempSync(join(tmpdir(), "tsdbt-bench-"));

try {
  printTimings(
    "Starting",
    await measure(
      [
        {
          name: "tsdbt --version",
          work: () => {
            runNode([binary, "--version"]);
          },
        },
        {
          name: "empty node",
          work: () => {
            runNode(["-e", "0"]);
          },
        },
      ],
      9,
    ),
  );
  const raw = join(scratch, "raw");
  runNode(
    [
      "--import",
      "tsx",
      join(root, "scripts/sample.ts"),
      "--days",
      "1",
      "--files-per-day",
      "3600",
      "--events-per-file",
      "20",
      "--seed",
      "bench",
      "--out",
      raw,
    ],
    root,
  );
  printTimings("Translating GoogleSQL", await benchTranslating());
  await benchStaging(raw, scratch);
  await benchCompiling(binary, scratch);
  await benchBesideDbt(binary, scratch);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
