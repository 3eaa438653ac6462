import type { ColumnLineage } from "../../domain/column.ts";
import { type Diagnostic, type Checked, error, failed, passed } from "../../domain/diagnostic.ts";
import type { Sql } from "../../domain/sql.ts";
import { renderCode } from "./code.ts";
import { attempt, type Catalog, type Context, type Translation } from "./emit/context.ts";
import { translateExpression } from "./emit/expression.ts";
import { translateQuery as translateNested, translateTopQuery } from "./emit/query.ts";
import { indexOrigins, type OriginIndex } from "./origin-index.ts";
import type { Parse } from "./parser.ts";
import { usedNames } from "./prelude/prelude.ts";
import { parseType } from "./read/parse-type.ts";
import { openSource, readQueryAt } from "./read/read-text.ts";
import type { Problem } from "./refusal.ts";
import { openScope } from "./scope/scope.ts";
import { type DataType, typeText } from "./type/data-type.ts";

/** What a query is translated with. Parameters have the text of their types: `{ day: "DATE" }`. */
export interface TranslateOptions {
  readonly catalog: Catalog;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** A column of a translated query. `isNullable` is `false` only where it is certain that no value is NULL. */
export interface TranslatedColumn {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
}

/** A query in DuckDB's SQL, and what is known of it without running it. */
export interface TranslatedQuery {
  /** The statement; its origins lead from DuckDB's error positions back to the author's text. */
  readonly statement: Sql;
  readonly columns: readonly TranslatedColumn[];
  readonly lineage: readonly ColumnLineage[];
  /** The names of the prelude that the statement calls, each behind those that it rests on. */
  readonly uses: readonly string[];
}

/** The state of a new translation. */
export function openTranslation(options: TranslateOptions): Translation {
  const parameters = new Map<string, DataType>();
  for (const [name, type] of Object.entries(options.parameters ?? {}))
    parameters.set(name.toLowerCase(), parseType(type));
  return {
    catalog: options.catalog,
    parameters,
    problems: [],
    functions: new Map(),
    translateExpression,
    translateQuery: translateNested,
  };
}

/** Where an expression of a statement's outermost level stands. */
export function outermostContext(translation: Translation): Context {
  return {
    translation,
    scope: openScope(undefined),
    clause: "this statement",
    allows: { aggregates: false, windows: false },
    windows: new Map(),
    filter: undefined,
  };
}

/** Translates one query, or finds everything in it that is wrong or has no equal on DuckDB. */
export function translateQuery(parse: Parse, text: Sql, options: TranslateOptions): Checked<TranslatedQuery> {
  const translation = openTranslation(options);
  const origins = indexOrigins(text);
  const result = attempt(translation, () => {
    const source = openSource(text.text, parse);
    const query = readQueryAt(source, { from: 0, to: source.outline.tokens.length });
    return translateTopQuery(query, outermostContext(translation));
  });
  if (result === undefined || translation.problems.length > 0)
    return failed(...diagnosticsOf(translation.problems, origins));
  const statement = renderCode(result.code, origins.originOf);
  return passed({
    statement,
    columns: result.columns.map(({ emitted, type, isNullable }) => ({
      name: emitted,
      type: typeText(type),
      isNullable,
    })),
    lineage: result.columns.map(({ emitted, sources }) => ({ column: emitted, sources })),
    uses: usedNames(statement.text),
  });
}

/**
 * The problems as diagnostics with the author's spans and the macro calls that led there, in the order of the text; one
 * that is told of a place already is not told again, however often a template repeats the place.
 */
export function diagnosticsOf(problems: readonly Problem[], origins: OriginIndex): readonly Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const { code, message, hint, place } of [...problems].sort((a, b) => a.place.start - b.place.start)) {
    const origin = origins.originOf(place);
    const related = origin?.via?.map((span) => ({ message: "It was called here.", span }));
    const { span } = origin ?? {};
    const key = JSON.stringify([code, message, span?.file.path, span?.start ?? place.start]);
    if (!told.has(key)) told.set(key, error(code, message, { span, related, hint }));
  }
  return [...told.values()];
}
