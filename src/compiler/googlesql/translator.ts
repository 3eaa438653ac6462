import type { Checked } from "../../domain/diagnostic.ts";
import type { Sql } from "../../domain/sql.ts";
import { loadParser } from "./parser.ts";
import { type TranslatedQuery, type TranslateOptions, translateQuery } from "./translate-query.ts";
import { type TranslatedScript, translateScript } from "./translate-script.ts";

/** Translates GoogleSQL into DuckDB's SQL, synchronously, once the parser is loaded. */
export interface Translator {
  /** Translates one query, or finds everything in it that is wrong or has no equal on DuckDB. */
  readonly translateQuery: (source: Sql, options: TranslateOptions) => Checked<TranslatedQuery>;
  /** Translates statements divided by semicolons; each sees the tables that those before it made. */
  readonly translateScript: (source: Sql, options: TranslateOptions) => Checked<TranslatedScript>;
}

/** Loads the parser, which takes about a quarter of a second the first time, and gives the translator. */
export async function openTranslator(): Promise<Translator> {
  const parse = await loadParser();
  return {
    translateQuery: (source, options) => translateQuery(parse, source, options),
    translateScript: (source, options) => translateScript(parse, source, options),
  };
}
