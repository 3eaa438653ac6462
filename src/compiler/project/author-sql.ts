import { isDataMap } from "../../domain/data.ts";
import { sqlFrom, type Sql, trustedSql } from "../../domain/sql.ts";
import { configTexts, type ResolvedConfig } from "./resolve-config.ts";

/** SQL that stands in a config, which is where a refusal of it is told. */
export function authorSql(text: string, config: ResolvedConfig, key: string): Sql {
  const span = config.spans[key];
  return span === undefined ? trustedSql(text) : sqlFrom(span, text);
}

/** The texts of a config as SQL; none where it holds something else, which is told elsewhere. */
export function authorSqls(config: ResolvedConfig, key: string): readonly Sql[] {
  return (configTexts(config.values[key]) ?? []).map((text) => authorSql(text, config, key));
}

/** Whether a config asks for something: an empty text, list or mapping does not. */
export function isConfigSet(config: ResolvedConfig, key: string): boolean {
  const value = config.values[key];
  if (value === undefined || value === null || value === "") return false;
  if (isDataMap(value)) return Object.keys(value).length > 0;
  return !(Array.isArray(value) && value.length === 0);
}
