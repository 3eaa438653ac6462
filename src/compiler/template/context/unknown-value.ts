import type { UndefinedValue } from "../values/value.ts";

/** What only the warehouse knows, while a template is parsed: nothing, whose parts are nothing too, as in dbt. */
export const unknownValue: UndefinedValue = { kind: "undefined", missing: { what: "unknown" } };
