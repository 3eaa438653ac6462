import { nearestName } from "../../nearest-name.ts";
import { aggregateFunctions } from "./aggregate-functions.ts";
import { arrayFunctions } from "./array-functions.ts";
import { bytesFunctions } from "./bytes-functions.ts";
import { conditionalFunctions } from "./conditional-functions.ts";
import { dateFunctions } from "./date-functions.ts";
import { formatFunctions } from "./format-functions.ts";
import type { FunctionEntry, FunctionTable } from "./function-table.ts";
import { jsonFunctions } from "./json-functions.ts";
import { numericFunctions } from "./numeric-functions.ts";
import { regexpFunctions } from "./regexp-functions.ts";
import { stringFunctions } from "./string-functions.ts";
import { textFunctions } from "./text-functions.ts";
import { windowFunctions } from "./window-functions.ts";

let known: ReadonlyMap<string, FunctionEntry> | undefined;

/** All functions by name. The tables and the emitter know each other, so they are put together at the first call. */
export function allFunctions(): ReadonlyMap<string, FunctionEntry> {
  const tables: readonly FunctionTable[] = [
    aggregateFunctions,
    arrayFunctions,
    bytesFunctions,
    conditionalFunctions,
    dateFunctions,
    formatFunctions,
    jsonFunctions,
    numericFunctions,
    regexpFunctions,
    stringFunctions,
    textFunctions,
    windowFunctions,
  ];
  known ??= new Map(tables.flatMap((table) => Object.entries(table)));
  return known;
}

/** The function of this upper-case name. */
export function findFunction(name: string): FunctionEntry | undefined {
  return allFunctions().get(name);
}

/** BigQuery's functions that have no equal on DuckDB, with what to write instead where there is something. */
const refused: Readonly<Record<string, string | undefined>> = {
  "HLL_COUNT.INIT": "Write COUNT(DISTINCT …).",
  "HLL_COUNT.MERGE": "Write COUNT(DISTINCT …).",
  "HLL_COUNT.MERGE_PARTIAL": "Write COUNT(DISTINCT …).",
  "HLL_COUNT.EXTRACT": "Write COUNT(DISTINCT …).",
  SEARCH: "Write CONTAINS_SUBSTR or REGEXP_CONTAINS.",
  SESSION_USER: undefined,
  COLLATE: undefined,
  RANGE: undefined,
  GENERATE_RANGE_ARRAY: undefined,
  RANGE_CONTAINS: undefined,
  JSON_CONTAINS: undefined,
  COSINE_DISTANCE: undefined,
  EUCLIDEAN_DISTANCE: undefined,
  DOT_PRODUCT: undefined,
  "NET.REG_DOMAIN": "Write NET.HOST.",
  "NET.PUBLIC_SUFFIX": "Write NET.HOST.",
  RANDOM: undefined,
};

const refusedFamilies =
  /^(?:ST_|HLL_COUNT\.|KLL_QUANTILES\.|NET\.|KEYS\.|AEAD\.|ML\.|AI\.|VECTOR_|BAG_OF_WORDS|S2_|OBJ\.|DLP_|DETERMINISTIC_)/u;

/** What to say of a function that is not in the tables: whether BigQuery has it, and the remedy. */
export function suggestFunction(name: string): { readonly isKnown: boolean; readonly hint: string | undefined } {
  if (name in refused || refusedFamilies.test(name)) return { isKnown: true, hint: refused[name] };
  const nearest = nearestName(name, allFunctions().keys());
  return { isKnown: false, hint: nearest === undefined ? undefined : `Did you mean ${nearest}?` };
}
