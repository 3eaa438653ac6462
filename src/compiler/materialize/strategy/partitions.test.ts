import { describe, expect, it } from "vitest";
import { answerScript } from "../../../../test/answer-script.ts";
import { incrementalOf, modelOf, queryOf } from "../../../../test/literal-resources.ts";
import type { Incremental } from "../../../domain/incremental.ts";
import { trustedSql } from "../../../domain/sql.ts";
import { bigquery } from "../../dialect/bigquery.ts";
import { duckdbLedger } from "../../dialect/duckdb-ledger.ts";
import { addRows } from "../incremental.ts";

const ledger = { database: "p", schema: "_tsdbt", identifier: "" };
const dialect = bigquery({ scratch: ledger, location: undefined });
const sql = { dialect, ledgerDialect: duckdbLedger, ledger, runId: "run", now: 0 };
const partitioning = { kind: "time", field: "day", dataType: "date", granularity: "day" } as const;
const columns = [
  { name: "day", type: "DATE" },
  { name: "n", type: "INT64" },
];
const days = { rows: [{ partition: 1_709_164_800 }, { partition: 1_709_251_200 }] };

/** What a run of the model asks, and the one statement among those of its last unit that writes to the table. */
function run(
  materialization: Incremental,
  ...answers: Parameters<typeof answerScript>[1][]
): { readonly asked: readonly unknown[]; readonly written: string | undefined } {
  const model = modelOf("dau", {
    materialization,
    dialect: "bigquery",
    full: queryOf("all"),
    layout: { partitioning },
  });
  const script = addRows({ model, materialization, record: undefined }, columns, sql);
  const { asked } = answerScript(script, undefined, { columns }, ...answers, 1);
  const last: string | readonly string[] = asked.at(-1) ?? [];
  const written =
    typeof last === "string" ? undefined : last.find((each) => /^(?:merge|insert into `p`.`(?!_))/u.test(each));
  return { asked: asked.slice(2, -1), written };
}

describe("a table that is divided by days", () => {
  const overwrite = { kind: "insert_overwrite", partitioning, listed: [] } as const;

  it("has those days replaced that rows are in, by literals that were asked for first", () => {
    const { asked, written } = run(incrementalOf({ strategy: overwrite }), days);
    expect(asked).toEqual([expect.stringMatching(/^select distinct unix_seconds/u)]);
    expect(written).toContain(
      "when not matched by source and ((DBT_INTERNAL_DEST.`day` >= date '2024-02-29' and DBT_INTERNAL_DEST.`day` < date '2024-03-02')) then delete",
    );
  });

  it("is left alone where there are no rows", () => {
    expect(run(incrementalOf({ strategy: overwrite }), { rows: [] }).written).toBeUndefined();
  });

  it("has those days replaced that the author names, without a question", () => {
    const listed = [trustedSql("current_date()")];
    const { asked, written } = run(incrementalOf({ strategy: { ...overwrite, listed } }));
    expect(asked).toEqual([]);
    expect(written).toContain(
      "when not matched by source and (DBT_INTERNAL_DEST.`day` in (current_date())) then delete",
    );
  });

  it("is merged into within the days of its rows, where the day is in the key", () => {
    const { written } = run(incrementalOf({ uniqueKey: ["DAY"] }), { rows: [] }, days);
    expect(written).toContain("and ((DBT_INTERNAL_DEST.`day` >= date '2024-02-29'");
  });

  it("is merged into whole where the day is not in the key: a row may have moved to another one", () => {
    const { asked, written } = run(incrementalOf({ uniqueKey: ["n"] }), { rows: [] });
    expect(asked).toEqual([expect.stringContaining("as `key`")]);
    expect(written).toContain("on DBT_INTERNAL_DEST.`n` = DBT_INTERNAL_SOURCE.`n`\n");
  });
});
