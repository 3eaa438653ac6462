import type { PreludeConnection } from "../runner/warehouse/duckdb/install-prelude.ts";
import type { Column, ColumnLineage } from "../domain/column.ts";
import { sqlFrom } from "../domain/sql.ts";
import type { Catalog } from "../compiler/googlesql/emit/context.ts";
import type { TranslatedColumn } from "../compiler/googlesql/translate-query.ts";
import type { Translator } from "../compiler/googlesql/translator.ts";

/** What a text is translated with. */
export interface TranslateOptions {
  /** The columns of each table that may be read, by `table`, `dataset.table` or `project.dataset.table`; types as GoogleSQL writes them. */
  readonly tables?: Readonly<Record<string, readonly Column[]>> | undefined;
  /** The project that names of two parts belong to. */
  readonly defaultProject?: string | undefined;
  /** The types of query parameters, by name without `@`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** A thing that is wrong with the text or has no equal on DuckDB. Offsets count UTF-16 code units, `end` is exclusive. */
export interface TranslationProblem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
}

/** A translation: every statement in DuckDB's SQL, or everything that stands in its way. */
export type TranslationResult =
  | {
      readonly ok: true;
      readonly statements: readonly string[];
      /** The columns of the last statement, if it is a query. */
      readonly columns: readonly TranslatedColumn[];
      readonly lineage: readonly ColumnLineage[];
      /** The functions of the prelude that the statements call, for `installPrelude`. */
      readonly uses: readonly string[];
    }
  | { readonly ok: false; readonly diagnostics: readonly TranslationProblem[] };

let opening: Promise<Translator> | undefined;

/**
 * Translates GoogleSQL (one query, or a script without branches) into DuckDB's SQL that gives BigQuery's answer; what has
 * no exact equal is refused. The statements run on a connection that `installPrelude` has prepared.
 */
export async function translate(text: string, options: TranslateOptions = {}): Promise<TranslationResult> {
  opening ??= import("../compiler/googlesql/translator.ts").then(({ openTranslator }) => openTranslator());
  const translator = await opening;
  const file = { path: "query.sql", text };
  const source = sqlFrom({ file, start: 0, end: text.length }, text);
  const result = translator.translateScript(source, { catalog: catalogOf(options), parameters: options.parameters });
  if (!result.ok) {
    const diagnostics = result.diagnostics.map(({ code, message, hint, span }): TranslationProblem => {
      const place = { start: span?.start ?? 0, end: span?.end ?? text.length };
      return hint === undefined ? { code, message, ...place } : { code, message, hint, ...place };
    });
    return { ok: false, diagnostics };
  }
  const { statements, columns, lineage, uses } = result.value;
  return { ok: true, statements: statements.map((statement) => statement.text), columns, lineage, uses };
}

/** Tables by every name that a query may have for them, without regard to case. */
function catalogOf({ tables = {}, defaultProject }: TranslateOptions): Catalog {
  const prefix = defaultProject === undefined ? undefined : `${defaultProject.toLowerCase()}.`;
  const known = new Map(
    Object.entries(tables).flatMap(([name, columns]) => {
      const key = name.toLowerCase();
      const table = { relation: name.split("."), columns };
      const isShort = prefix !== undefined && key.split(".").length === 2;
      const isLong = prefix !== undefined && key.startsWith(prefix);
      const other = isShort ? [prefix + key] : isLong ? [key.slice(prefix.length)] : [];
      return [key, ...other].map((each) => [each, table] as const);
    }),
  );
  return { find: (path) => known.get(path.join(".").toLowerCase()), names: () => Object.keys(tables) };
}

/**
 * Prepares a connection of `@duckdb/node-api` for translated statements: sets its time zone to UTC and installs the
 * functions that they call, all of them or those of a translation's `uses`.
 */
export async function installPrelude(connection: PreludeConnection, uses?: readonly string[]): Promise<void> {
  const [{ allNames, prelude, sessionSettings }, { installPrelude: install }] = await Promise.all([
    import("../compiler/googlesql/prelude/prelude.ts"),
    import("../runner/warehouse/duckdb/install-prelude.ts"),
  ]);
  for (const setting of sessionSettings) await connection.run(setting);
  await install(connection, prelude, uses ?? allNames());
}
