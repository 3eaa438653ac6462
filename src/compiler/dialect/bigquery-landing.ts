import type { Column } from "../../domain/column.ts";
import type { FileLoad } from "../../domain/file-load.ts";
import type { IngestSettings } from "../../domain/ingest-settings.ts";
import type { Relation } from "../../domain/relation.ts";
import type { StagedObject } from "../../domain/staged-window.ts";
import type { BatchLoad } from "./ledger-dialect.ts";

/** The tables that load jobs fill with a source's files, all as text, before a script takes them from there. */
export interface Landings {
  readonly rows: Relation;
  readonly rejects: Relation;
}

/** The columns of the file that tells what was turned away. */
const rejectedColumns: readonly string[] = ["file", "byte_offset", "kind", "reason", "record"];

/** Where the files of a source land: in the ledger's dataset, a table for each kind of file. */
export function landingsOf(ledger: Relation, { source }: IngestSettings): Landings {
  const name = source.replaceAll(".", "__").replaceAll(/[^\p{L}\p{M}\p{N}_]/gu, "_");
  return {
    rows: { ...ledger, identifier: `landing__${name}` },
    rejects: { ...ledger, identifier: `landing_rejects__${name}` },
  };
}

function asText(names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, type: "STRING" }));
}

/**
 * One load job for the batch's rows, which in steady state is one window, and one for what was turned away, where there is
 * any. A job is told from any other by the versions of its objects, its columns and the ledger's last load time: a content
 * that comes back after another one is loaded again (BIGQUERY §3).
 */
export function fileLoads(ledger: Relation, { settings, windows, after }: BatchLoad): readonly FileLoad[] {
  const landings = landingsOf(ledger, settings);
  const version = `after ${String(after ?? "nothing")}`;
  const loadOf = (target: Relation, objects: readonly StagedObject[], names: readonly string[]): FileLoad => ({
    target,
    columns: asText(names),
    uris: objects.map(({ uri }) => uri),
    key: [
      target.database,
      target.schema,
      target.identifier,
      version,
      JSON.stringify(names),
      ...objects.map((object) => `${object.uri}#${object.version}`),
    ],
  });
  const rows = windows.map(({ staged }) => staged.object);
  const rejects = windows.flatMap(({ staged }) => staged.rejects ?? []);
  return [
    loadOf(
      landings.rows,
      rows,
      settings.columns.map(({ name }) => name),
    ),
    ...(rejects.length === 0 ? [] : [loadOf(landings.rejects, rejects, rejectedColumns)]),
  ];
}
