import type { ColumnLineage } from "../../domain/column.ts";
import { type Checked, failed, passed } from "../../domain/diagnostic.ts";
import { emptySql, type Sql } from "../../domain/sql.ts";
import { type Code, renderCode } from "./code.ts";
import { attempt } from "./emit/context.ts";
import { translateTopQuery } from "./emit/query.ts";
import type { QueryResult } from "./emit/query-result.ts";
import { indexOrigins } from "./origin-index.ts";
import type { Parse } from "./parser.ts";
import { usedNames } from "./prelude/prelude.ts";
import type { Range } from "./read/outline.ts";
import { openSource, readQueryAt, type Source } from "./read/read-text.ts";
import { refuse, refuseUnsupported } from "./refusal.ts";
import {
  translateAlterTable,
  translateCreateSchema,
  translateDrop,
  translateTruncate,
} from "./statement/change-table.ts";
import { translateCreateFunction } from "./statement/create-function.ts";
import { translateCreateTable } from "./statement/create-table.ts";
import { translateCreateView } from "./statement/create-view.ts";
import { accept, type Cursor, here, openCursor, peek } from "./statement/cursor.ts";
import { translateInsert } from "./statement/insert.ts";
import { translateMerge } from "./statement/merge.ts";
import { openScriptCatalog, type ScriptContext } from "./statement/script-context.ts";
import { translateDelete, translateUpdate } from "./statement/update.ts";
import {
  diagnosticsOf,
  openTranslation,
  outermostContext,
  type TranslatedColumn,
  type TranslateOptions,
} from "./translate-query.ts";
import { typeText } from "./type/data-type.ts";
import type { Value } from "./value.ts";
import { translateDeclare, translateSet } from "./statement/variable.ts";

/** A script in DuckDB's SQL. Columns and lineage are those of its last statement, if that is a query. */
export interface TranslatedScript {
  readonly statements: readonly Sql[];
  readonly columns: readonly TranslatedColumn[];
  readonly lineage: readonly ColumnLineage[];
  readonly uses: readonly string[];
}

/** Translates statements divided by semicolons; each sees the tables that those before it made. */
export function translateScript(parse: Parse, text: Sql, options: TranslateOptions): Checked<TranslatedScript> {
  const tables = openScriptCatalog(options.catalog);
  const translation = openTranslation({ ...options, catalog: tables });
  const origins = indexOrigins(text);
  const codes: Code[] = [];
  let last: QueryResult | undefined;
  attempt(translation, () => {
    const source = openSource(text.text, parse);
    const variables = new Map<string, Value>();
    const outermost = outermostContext(translation);
    const context = { ...outermost, scope: { ...outermost.scope, names: variables } };
    const script: ScriptContext = { source, translation, context, tables, variables };
    for (const range of splitStatements(source)) {
      if (translation.problems.length > 0) return;
      const result = attempt(translation, () => translateStatement(range, script));
      last = result?.query;
      codes.push(...(result?.codes ?? []));
    }
  });
  if (translation.problems.length > 0) return failed(...diagnosticsOf(translation.problems, origins));
  const statements = codes
    .map((code) => renderCode(code, origins.originOf))
    .filter((statement) => statement !== emptySql);
  const columns = last?.columns ?? [];
  return passed({
    statements,
    columns: columns.map(({ emitted, type, isNullable }) => ({ name: emitted, type: typeText(type), isNullable })),
    lineage: columns.map(({ emitted, sources }) => ({ column: emitted, sources })),
    uses: usedNames(statements.map((statement) => statement.text).join("\n")),
  });
}

function splitStatements({ outline }: Source): readonly Range[] {
  const ranges: Range[] = [];
  let from = 0;
  outline.tokens.forEach((token, index) => {
    if (token.kind !== "symbol" || token.text !== ";") return;
    if (index > from) ranges.push({ from, to: index });
    from = index + 1;
  });
  if (from < outline.tokens.length) ranges.push({ from, to: outline.tokens.length });
  return ranges;
}

interface StatementResult {
  readonly codes: readonly Code[];
  readonly query: QueryResult | undefined;
}

function translateStatement(range: Range, script: ScriptContext): StatementResult {
  const cursor = openCursor(script.source, range);
  const first = peek(cursor);
  if (first?.text === "(" || first?.upper === "SELECT" || first?.upper === "WITH") {
    const query = translateTopQuery(readQueryAt(script.source, range), script.context);
    return { codes: [query.code], query };
  }
  return { codes: translateCommand(cursor, script), query: undefined };
}

function translateCommand(cursor: Cursor, script: ScriptContext): readonly Code[] {
  if (accept(cursor, "DECLARE")) {
    translateDeclare(cursor, script);
    return [];
  }
  if (accept(cursor, "SET")) {
    translateSet(cursor, script);
    return [];
  }
  if (accept(cursor, "CREATE")) return translateCreate(cursor, script);
  if (accept(cursor, "INSERT")) return translateInsert(cursor, script);
  if (accept(cursor, "UPDATE")) return translateUpdate(cursor, script);
  if (accept(cursor, "DELETE")) return translateDelete(cursor, script);
  if (accept(cursor, "MERGE")) return translateMerge(cursor, script);
  if (accept(cursor, "DROP")) return translateDrop(cursor, script);
  if (accept(cursor, "TRUNCATE", "TABLE")) return translateTruncate(cursor, script);
  if (accept(cursor, "ALTER", "TABLE")) return translateAlterTable(cursor, script);
  if (accept(cursor, "BEGIN", "TRANSACTION")) return ["BEGIN TRANSACTION"];
  if (accept(cursor, "COMMIT")) return ["COMMIT"];
  if (accept(cursor, "ROLLBACK")) return ["ROLLBACK"];
  const word = peek(cursor)?.upper ?? "";
  if (word === "") refuse("syntax-error", "A statement was expected here.", here(cursor));
  return refuseUnsupported(
    `The statement ${word}`,
    here(cursor),
    scripting.has(word) ? "Compute the value in the query itself, or pass a query parameter." : undefined,
  );
}

const scripting: ReadonlySet<string> = new Set(["IF", "LOOP", "WHILE", "FOR", "REPEAT", "CASE"]);

function translateCreate(cursor: Cursor, script: ScriptContext): readonly Code[] {
  const isReplacing = accept(cursor, "OR", "REPLACE");
  const isTemporary = accept(cursor, "TEMP") || accept(cursor, "TEMPORARY");
  if (accept(cursor, "TABLE") && peek(cursor)?.upper !== "FUNCTION")
    return translateCreateTable(cursor, { isReplacing, isTemporary }, script);
  if (accept(cursor, "VIEW")) return translateCreateView(cursor, { isReplacing, isMaterialized: false }, script);
  if (accept(cursor, "MATERIALIZED", "VIEW"))
    return translateCreateView(cursor, { isReplacing, isMaterialized: true }, script);
  if (accept(cursor, "SCHEMA")) return translateCreateSchema(cursor);
  if (accept(cursor, "FUNCTION")) return translateCreateFunction(cursor, script);
  return refuseUnsupported(`CREATE ${peek(cursor)?.upper ?? ""}`, here(cursor));
}
