import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bigquery } from "../../src/compiler/dialect/bigquery.ts";
import { bigqueryLedger } from "../../src/compiler/dialect/bigquery-ledger.ts";
import { literal, relationText } from "../../src/compiler/dialect/bigquery-text.ts";
import { goldenName } from "../../src/compiler/dialect/dialect.contract.ts";
import { ledgerCases, stagedObjects } from "../../src/compiler/dialect/ledger-cases.contract.ts";
import type { BatchLoad } from "../../src/compiler/dialect/ledger-dialect.ts";
import { joinSql, type Sql, sql, trustedSql } from "../../src/domain/sql.ts";
import { openBigquery } from "../../src/runner/warehouse/bigquery/open-bigquery.ts";
import { bigqueryOptions } from "./bigquery-options.ts";
import { absenceOf, type RunningEmulator, startBigquery } from "./start-emulator.ts";

const absence = absenceOf("bqemulator");
const ledger = { database: "test", schema: "_tsdbt", identifier: "" };
const dialect = bigquery({ scratch: ledger, location: undefined });
const ledgerDialect = bigqueryLedger(dialect);

/** The tables that load jobs would make of a batch's files; the jobs themselves are proved by the example (aquatech.cloud.ts). */
function land(batch: BatchLoad): readonly Sql[] {
  return ledgerDialect.fileLoads(ledger, batch).map(({ target, columns, uris }) => {
    const rows = uris.flatMap((uri) => {
      const lines = parse(stagedObjects[uri.slice(uri.lastIndexOf("/") + 1)] ?? "").slice(1);
      return lines.map((cells, index) => [...cells.map((cell) => (cell === "" ? null : cell)), String(index + 1)]);
    });
    const positions = new Map<string, number>();
    const selects = rows.map((cells) => {
      const file = cells[2] ?? "";
      const position = (positions.get(file) ?? 0) + 1;
      positions.set(file, position);
      const all = columns.map(({ name }, index) =>
        name === "tsdbt_position" ? String(position) : (cells[index] ?? null),
      );
      return sql`select ${joinSql(
        all.map(
          (cell, index) => sql`cast(${literal(cell)} as string) as \`${trustedSql(columns[index]?.name ?? "")}\``,
        ),
        ", ",
      )}`;
    });
    const none = columns.map(({ name }) => sql`cast(null as string) as \`${trustedSql(name)}\``);
    const query = selects.length > 0 ? joinSql(selects, "\nunion all ") : sql`select ${joinSql(none, ", ")} limit 0`;
    return sql`create or replace table ${relationText(target)} as\n${query}`;
  });
}

const cases = ledgerCases({ dialect, ledgerDialect, database: "test", store: "gs://stage/", land });

describe.skipIf(absence !== undefined)(
  `the ledger on BigQuery's emulator${absence === undefined ? "" : ` (${absence})`}`,
  () => {
    let root: string;
    let emulator: RunningEmulator;
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "tsdbt-buckets-"));
      emulator = await startBigquery(root);
    });
    afterAll(async () => {
      await emulator.stop();
      rmSync(root, { recursive: true, force: true });
    });

    it.each(cases.map((each) => [goldenName(each), each] as const))("does what %s says", async (_, each) => {
      const warehouse = openBigquery(bigqueryOptions(emulator.url));
      const session = await warehouse.session();
      try {
        for (const schema of ["_tsdbt", "staging"])
          await session.answer({
            kind: "execute",
            statements: [trustedSql(`drop schema if exists test.${schema} cascade`)],
          });
        if (each.before.length > 0) await session.answer({ kind: "execute", statements: each.before });
        await session.answer({ kind: "execute", statements: each.statements });
        expect((await session.rows(each.shows.query)).rows).toEqual(each.shows.rows);
      } finally {
        session.close();
      }
    });
  },
);
