import { macro, type PreludeTable } from "./prelude-entry.ts";

/** Choosing among values, and truth values from texts. */
export const conditionalPrelude: PreludeTable = {
  gsql_bool: macro(
    "x",
    "CASE lower(x) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE ELSE CAST(gsql_fail('Bad bool value: ' || x) AS BOOLEAN) END",
  ),
};
