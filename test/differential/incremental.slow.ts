import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installDbt } from "../../scripts/dbt/install-dbt.ts";
import { openRandom } from "../../scripts/sample/random.ts";
import { openComparedProject } from "./compared-project.ts";
import { batchCount, drawCases } from "./incremental-case.ts";
import { knownDeviations } from "./known-deviations.ts";

const dbt = installDbt(process.env);
if (dbt.kind === "absent") process.stderr.write(`SKIPPED: dbt is not there to compare with.\n${dbt.reason}\n`);

const seed = process.env["TSDBT_SEED"] ?? "ci";

describe("incremental models beside dbt's", () => {
  it("has every known deviation in the document", () => {
    const text = readFileSync(join(import.meta.dirname, "../../docs/deviations-from-dbt.md"), "utf8");
    for (const { told } of knownDeviations) expect(text).toContain(`| ${told} `);
  });

  it.skipIf(dbt.kind === "absent")(
    "leaves the same tables and statuses after each batch and after a full refresh",
    async () => {
      if (dbt.kind === "absent") return;
      process.stderr.write(`seed: ${seed}\n`);
      const cases = drawCases(openRandom(seed));
      const files = Object.fromEntries(cases.map(({ name, text }) => [`models/${name}.sql`, text]));
      const project = openComparedProject(dbt.program, files);
      for (let run = 1; run <= batchCount + 1; run++) {
        const refresh = run > batchCount ? ["--full-refresh"] : [];
        const outcome = await project.call("run", "--vars", `{batch: ${Math.min(run, batchCount)}}`, ...refresh);
        for (const item of cases) {
          const { name } = item;
          const [theirs, own] = [outcome.dbt, outcome.tsdbt].map(({ statuses, messages, tables }) => {
            const status = statuses[name];
            return {
              run,
              name,
              status,
              table: tables[name],
              ...(status === "error" ? { message: messages[name] } : {}),
            };
          });
          const isKnown = knownDeviations.some(({ touches }) => touches(item));
          if (isKnown && theirs?.status === "error" && own?.status === "success") continue;
          // Each has words of its own for a failure.
          expect({ ...own, message: theirs?.message }).toEqual({ ...theirs, message: theirs?.message });
        }
      }
    },
    600_000,
  );
});
