import type { Prelude } from "../../../domain/prelude.ts";
import { arrayPrelude } from "./array-prelude.ts";
import { bytesPrelude } from "./bytes-prelude.ts";
import { conditionalPrelude } from "./conditional-prelude.ts";
import { corePrelude } from "./core-prelude.ts";
import { datePrelude } from "./date-prelude.ts";
import { formatPrelude } from "./format-prelude.ts";
import { jsonPrelude } from "./json-prelude.ts";
import { numericPrelude } from "./numeric-prelude.ts";
import { regexpPrelude } from "./regexp-prelude.ts";
import { stringPrelude } from "./string-prelude.ts";

/** Everything that translated SQL may call beside DuckDB's own functions, by name. */
export const prelude: Prelude = new Map(
  [
    corePrelude,
    conditionalPrelude,
    numericPrelude,
    stringPrelude,
    regexpPrelude,
    bytesPrelude,
    datePrelude,
    formatPrelude,
    arrayPrelude,
    jsonPrelude,
  ].flatMap((table) => Object.entries(table)),
);

/** Every name of the prelude, each behind those that it rests on. */
export function allNames(): readonly string[] {
  return usedNames([...prelude.keys()].join(" "));
}

/** What a connection must be told before any translated statement: instants are UTC, and nothing is downloaded. */
export const sessionSettings: readonly string[] = [
  "SET TimeZone = 'UTC'",
  "SET autoinstall_known_extensions = false",
  "SET autoload_known_extensions = false",
];

const names = /\bgsql_\w+/gu;

/** The names of the prelude that SQL calls, each behind those that it calls itself. */
export function usedNames(sql: string): readonly string[] {
  const ordered = new Set<string>();
  const visit = (text: string): void => {
    for (const [name] of text.matchAll(names)) {
      const entry = prelude.get(name);
      if (entry === undefined || ordered.has(name)) continue;
      if (entry.kind === "macro") visit(entry.body);
      ordered.add(name);
    }
  };
  visit(sql);
  return [...ordered];
}
