import { type Checked, passed } from "../../domain/diagnostic.ts";
import type { CompiledTest } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import type { DialectName } from "../../domain/settings.ts";
import type { Span } from "../../domain/source-file.ts";
import { sql, type Sql, sqlFrom, trustedSql } from "../../domain/sql.ts";
import type { CompileContext } from "../compile-model.ts";
import { checkQuery, compileQuery } from "../compile-query.ts";
import { collectEphemeral } from "../collect-ephemeral.ts";
import { testQueryTemplate } from "../parse-macros.ts";
import { withTable } from "../project-catalog.ts";
import type { ResolvedConfig } from "../project/resolve-config.ts";
import { callable } from "../template/call.ts";
import { quotedName } from "../template/context/relation-value.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { withNames } from "../template/context/with-names.ts";
import { injectEphemeral } from "../template/inject-ephemeral.ts";
import { renderTemplate } from "../template/render-template.ts";
import { type CallableValue, text, type Value } from "../template/values/value.ts";
import type { TestConfig } from "./test-config.ts";

/** A test whose rows are rendered: what is needed to count them. */
export interface RenderedTest {
  readonly config: TestConfig;
  readonly dialect: DialectName;
  /** Where its failures are kept, if they are. */
  readonly relation: Relation;
  /** Ids of the resources that it reads. */
  readonly reads: readonly string[];
  readonly place: Span;
  readonly environment: Environment;
}

/** What the rows that fail a test are kept as, if they are: the config says so, or the call. */
function storageOf({ keeps }: TestConfig, { inputs }: Pick<CompileContext, "inputs">): "table" | "view" | undefined {
  const kind = keeps ?? (inputs.storesFailures === true ? "table" : "none");
  return kind === "none" ? undefined : kind;
}

/** `should_store_failures()`. */
export function shouldStoreFailures(config: TestConfig, context: Pick<CompileContext, "inputs">): CallableValue {
  return callable("should_store_failures", () => storageOf(config, context) !== undefined);
}

/** What of the config goes into the query, from where it was written. */
function configText({ values, spans }: ResolvedConfig, key: string, fallback: string): Value {
  const value = values[key];
  const span = spans[key];
  return typeof value === "string" && span !== undefined ? text(sqlFrom(span, value)) : fallback;
}

/** `limit`: as many rows are counted, and kept. */
function limitOf({ resolved }: TestConfig): number | undefined {
  const limit = resolved.values["limit"];
  return typeof limit === "number" ? limit : undefined;
}

function countQuery(rows: Sql, { config, environment }: RenderedTest, limit: number | null): Checked<Sql> {
  const { resolved } = config;
  return renderTemplate(
    testQueryTemplate,
    withNames(environment, {
      rows: text(rows),
      limit,
      fail_calc: configText(resolved, "fail_calc", "count(*)"),
      warn_if: configText(resolved, "warn_if", "!= 0"),
      error_if: configText(resolved, "error_if", "!= 0"),
    }),
  );
}

/** Makes the rows that fail a test queries for the warehouse: one that counts them, and one that is stored where they are kept. */
export function countFailures(
  rendered: Sql,
  test: RenderedTest,
  context: CompileContext,
): Checked<Pick<CompiledTest, "rows" | "stored" | "query">> {
  const { dialect, place, relation, reads } = test;
  const ephemeral = collectEphemeral(reads, { dialect, place, ephemeral: context.ephemeral });
  if (!ephemeral.ok) return ephemeral;
  const rows = checkQuery(injectEphemeral(rendered, ephemeral.value), { dialect, place });
  if (!rows.ok) return rows;
  const as = storageOf(test.config, context);
  const how = { dialect, place, translate: context.translate };
  const limit = limitOf(test.config);
  const shown = limit !== undefined ? sql`${rows.value}\nlimit ${trustedSql(String(limit))}` : rows.value;
  const kept = as === undefined ? undefined : compileQuery(shown, { ...how, catalog: context.catalog });
  if (kept?.ok === false) return kept;
  const counted = countQuery(
    kept === undefined ? rows.value : sql`select * from ${trustedSql(quotedName(relation, dialect))}`,
    test,
    kept === undefined ? (limit ?? null) : null,
  );
  if (!counted.ok) return counted;
  const catalog =
    kept === undefined ? context.catalog : withTable(context.catalog, { relation, columns: kept.value.columns });
  const query = compileQuery(counted.value, { ...how, catalog });
  if (!query.ok) return query;
  return passed({
    rows: rows.value,
    stored: as === undefined || kept === undefined ? undefined : { relation, as, rows: kept.value.query },
    query: query.value.query,
  });
}
