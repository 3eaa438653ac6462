import { isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Snapshot, SnapshotColumns, SnapshotStrategy } from "../../domain/snapshot.ts";
import type { Span } from "../../domain/source-file.ts";
import { trustedSql } from "../../domain/sql.ts";
import { didYouMean } from "../nearest-name.ts";
import { authorSqls, isConfigSet } from "./author-sql.ts";
import { chooseConfig } from "./config-choice.ts";
import type { WrittenFor } from "./link-incremental.ts";
import { configTexts, type ResolvedConfig } from "./resolve-config.ts";

interface Reading {
  readonly config: ResolvedConfig;
  readonly name: string;
  readonly report: (message: string, key: string, hint?: string) => void;
}

function linkStrategy({ config, name, report }: Reading): SnapshotStrategy {
  const [updatedAt] = authorSqls(config, "updated_at");
  const kind = config.values["strategy"];
  switch (kind) {
    case "timestamp":
      if (updatedAt === undefined) report(`The snapshot "${name}" needs the config "updated_at".`, "strategy");
      return { kind, updatedAt: updatedAt ?? trustedSql("null") };
    case "check": {
      const columns = config.values["check_cols"];
      const names = configTexts(columns);
      if (columns === "all") return { kind, columns, updatedAt };
      if (names === undefined || names.length === 0 || typeof columns === "string")
        report(
          `The config "check_cols" is "all" or a list of columns, found ${JSON.stringify(columns ?? null)}.`,
          "check_cols",
        );
      return { kind, columns: names ?? [], updatedAt };
    }
    default:
      report(
        `The strategy of a snapshot cannot be ${JSON.stringify(kind ?? null)}.`,
        "strategy",
        'It is "timestamp" or "check".',
      );
      return { kind: "check", columns: "all", updatedAt };
  }
}

const defaultColumns = {
  dbt_valid_from: "validFrom",
  dbt_valid_to: "validTo",
  dbt_scd_id: "scdId",
  dbt_updated_at: "updatedAt",
  dbt_is_deleted: "isDeleted",
} as const satisfies Readonly<Record<string, keyof SnapshotColumns>>;

function linkColumns({ config, report }: Reading): SnapshotColumns {
  const key = "snapshot_meta_column_names";
  const given = config.values[key] ?? {};
  if (!isDataMap(given)) report(`The config "${key}" is a mapping, found ${JSON.stringify(given)}.`, key);
  const names = isDataMap(given) ? given : {};
  for (const each of Object.keys(names))
    if (!(each in defaultColumns))
      report(`A snapshot has no column "${each}" of its own.`, key, didYouMean(each, Object.keys(defaultColumns)));
  const named = (column: keyof typeof defaultColumns): string => {
    const name = names[column];
    return typeof name === "string" && name !== "" ? name : column;
  };
  return {
    validFrom: named("dbt_valid_from"),
    validTo: named("dbt_valid_to"),
    scdId: named("dbt_scd_id"),
    updatedAt: named("dbt_updated_at"),
    isDeleted: named("dbt_is_deleted"),
  };
}

/** What a snapshot keeps and how, from its config; what it lacks is told. */
export function linkSnapshot(
  config: ResolvedConfig,
  { name, span, dialect, warehouse }: WrittenFor & { readonly name: string; readonly span: Span },
  tell: (diagnostic: Diagnostic) => void,
): Snapshot {
  const reading: Reading = {
    config,
    name,
    report: (message, key, hint) => {
      tell(error("snapshot", message, { span: config.spans[key] ?? span, hint }));
    },
  };
  if (dialect === "bigquery" && warehouse === "duckdb")
    reading.report(
      `tsdbt does not take snapshots of queries in GoogleSQL yet.`,
      "strategy",
      'A snapshot can be had in a project, or with the config, "dialect: duckdb".',
    );
  const uniqueKey = authorSqls(config, "unique_key").filter(({ text }) => text !== "");
  if (uniqueKey.length === 0) reading.report(`The snapshot "${name}" needs the config "unique_key".`, "unique_key");
  const fallback = config.values["invalidate_hard_deletes"] === true ? "invalidate" : "ignore";
  if (isConfigSet(config, "hard_deletes") && isConfigSet(config, "invalidate_hard_deletes"))
    reading.report('"hard_deletes" and "invalidate_hard_deletes" cannot both be given.', "hard_deletes");
  const words = ["ignore", "invalidate", "new_record"] as const;
  return {
    kind: "snapshot",
    strategy: linkStrategy(reading),
    uniqueKey,
    hardDeletes: chooseConfig(config, { key: "hard_deletes", words, fallback }, tell),
    validToCurrent: authorSqls(config, "dbt_valid_to_current")[0],
    columns: linkColumns(reading),
  };
}
