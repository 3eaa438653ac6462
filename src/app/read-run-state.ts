import type { WarehouseSql } from "../compiler/materialize/warehouse-sql.ts";
import { type RunState, runState } from "../compiler/plan/run-state.ts";
import type { CompiledProject } from "../domain/compiled-project.ts";
import { isDataList } from "../domain/data.ts";
import type { Departure, KnownTable } from "../domain/ledger.ts";
import type { Relation } from "../domain/relation.ts";
import type { Row } from "../domain/script.ts";
import { numberField, textField } from "./row-fields.ts";
import type { Warehouse } from "../runner/warehouse.ts";

function knownTable(row: Row): KnownTable {
  const relation = {
    database: textField(row, "database"),
    schema: textField(row, "schema"),
    identifier: textField(row, "identifier"),
  };
  return { uniqueId: textField(row, "unique_id"), relation };
}

function departure(row: Row): Departure {
  const files = row["files"];
  return {
    table: knownTable(row),
    source: textField(row, "source"),
    kind: row["kind"] === "left" ? "left" : "moved",
    day: textField(row, "day"),
    files: files !== undefined && isDataList(files) ? files.map(String) : [],
    events: numberField(row, "events"),
  };
}

/** Reads once what stands in the warehouse and what the ledger knows, before anything is planned. */
export async function readRunState(
  project: CompiledProject,
  warehouse: Warehouse,
  { ledger, ledgerDialect }: WarehouseSql,
): Promise<RunState> {
  const ours: readonly Relation[] = [...project.models, ...project.seeds, ...project.sources, ...project.tests].map(
    ({ relation }) => relation,
  );
  const relations = await warehouse.inspect([...ours, ledger]);
  const isLedger = ({ relation }: { readonly relation: Relation }): boolean =>
    relation.schema === ledger.schema && relation.database === ledger.database;
  if (!relations.some(isLedger)) return runState({ relations, knownTables: [], departures: [] });
  const session = await warehouse.session();
  try {
    const known = await session.rows(ledgerDialect.knownTables(ledger));
    const departed = await session.rows(ledgerDialect.departures(ledger));
    return runState({
      relations,
      knownTables: known.rows.map(knownTable),
      departures: departed.rows.map(departure),
    });
  } finally {
    session.close();
  }
}
