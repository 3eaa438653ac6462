import { beforeAll, describe, expect, it } from "vitest";
import type { Column } from "../../domain/column.ts";
import type { Checked } from "../../domain/diagnostic.ts";
import { spanText } from "../../domain/source-file.ts";
import { originalPlace, sqlFrom } from "../../domain/sql.ts";
import type { Catalog } from "./emit/context.ts";
import type { TranslatedQuery } from "./translate-query.ts";
import { openTranslator, type Translator } from "./translator.ts";

function columns(...parts: readonly string[]): readonly Column[] {
  return parts.map((part) => {
    const [name = "", ...type] = part.split(" ");
    return { name, type: type.join(" ") };
  });
}

const tables: Readonly<Record<string, readonly Column[]>> = {
  events: columns(
    "id STRING",
    "user_id INT64",
    "name STRING",
    "seen TIMESTAMP",
    "payload STRING",
    "tags ARRAY<STRING>",
  ),
  users: columns("user_id INT64", "country STRING", "score FLOAT64"),
};

const catalog: Catalog = {
  find: (path) => {
    const found = tables[path.at(-1) ?? ""];
    return found === undefined ? undefined : { relation: ["db", "main", path.at(-1) ?? ""], columns: found };
  },
  names: () => Object.keys(tables),
};

let translator: Translator;

beforeAll(async () => {
  translator = await openTranslator();
});

function translate(text: string): Checked<TranslatedQuery> {
  const file = { path: "models/m.sql", text };
  return translator.translateQuery(sqlFrom({ file, start: 0, end: text.length }, text), { catalog });
}

function translated(text: string): TranslatedQuery {
  const result = translate(text);
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
  return result.value;
}

/** Every diagnostic as `code "span": message hint`. */
function complaints(text: string): readonly string[] {
  const result = translate(text);
  if (result.ok) return [];
  return result.diagnostics.map(({ code, message, span, hint }) => {
    const marked = span === undefined ? "" : ` "${spanText(span)}"`;
    return `${code}${marked}: ${message}${hint === undefined ? "" : ` ${hint}`}`;
  });
}

describe("a translated query", () => {
  it("knows its columns, their types and where they come from", () => {
    const { columns: found, lineage } = translated(
      "with d as (select date(seen) as day, user_id from events) select day, count(distinct user_id) as users from d group by day",
    );
    expect(found).toEqual([
      { name: "day", type: "DATE", isNullable: true },
      { name: "users", type: "INT64", isNullable: false },
    ]);
    expect(lineage).toEqual([
      { column: "day", sources: [{ table: ["events"], column: "seen" }] },
      { column: "users", sources: [{ table: ["events"], column: "user_id" }] },
    ]);
  });

  it("leads from its text back to the author's", () => {
    const text = "select u.score / 2 as half\nfrom users as u";
    const { statement } = translated(text);
    const at = statement.text.indexOf('"score"');
    const place = originalPlace(statement, at, at + 7);
    expect(place === undefined ? "" : spanText(place.span)).toBe("u.score");
  });

  it("names what it needs of the prelude, each behind what it rests on", () => {
    expect(translated("select upper(name) as n from events").uses).toEqual(["gsql_unicode_upper", "gsql_upper"]);
  });

  it("finds a table by its name in backticks and emits the name that the catalog gives", () => {
    expect(translated("select user_id from `p.d.users`").statement.text).toBe(
      'SELECT "users"."user_id"\nFROM "db"."main"."users"',
    );
  });
});

describe("what is wrong with a query", () => {
  it.each([
    ["select nam from events", 'unknown-column "nam": There is no column "nam" in "events". Did you mean "name"?'],
    ["select e.nam from events as e", 'unknown-column "nam": There is no column "nam" in "e". Did you mean "name"?'],
    ["select ev.name from events as e", 'unknown-alias "ev": There is no table or column "ev" here. In scope is "e".'],
    ["select 1 as a from event", 'unknown-table "event": There is no table "event". Did you mean "events"?'],
    ["select uper(name) from events", 'unknown-function "uper": There is no function UPER. Did you mean UPPER?'],
    [
      "select upper(name, 1) from events",
      'argument-count "upper": UPPER does not take 2 arguments. It is called as UPPER(STRING), UPPER(BYTES).',
    ],
    [
      "select upper(user_id) from events",
      'argument-type "upper": UPPER does not take an argument of type INT64. It is called as UPPER(STRING), UPPER(BYTES).',
    ],
    [
      "select name, user_id from events group by name",
      'ungrouped-column "user_id": The column "user_id" is neither grouped nor aggregated. Add it to GROUP BY, or take ANY_VALUE(user_id).',
    ],
    [
      "select user_id from events join users on true",
      'ambiguous-column "user_id": The column "user_id" is ambiguous. Write "events.user_id" or "users.user_id".',
    ],
    [
      "select name from events where seen > 5",
      'comparison-type "seen > 5": TIMESTAMP and INT64 cannot be compared by ">". Cast one of them to the type of the other.',
    ],
    [
      "select name from events union all select user_id, score from users",
      'set-operation-width "name from events union all select user_id, score from users": The parts of UNION have 1 and 2 columns. Every part must have the same number of columns.',
    ],
    [
      "select hll_count.init(name) from events",
      'unsupported "hll_count.init": The function HLL_COUNT.INIT is not supported on DuckDB. Write COUNT(DISTINCT …).',
    ],
    [
      "select events.name from events full join users on events.user_id = users.user_id and events.user_id in (select 1)",
      'unsupported "events.user_id in (select 1": A subquery in the condition of FULL JOIN is not supported on DuckDB. Compute it as a column in a subquery of its side, and name that column in the condition.',
    ],
    ["select at from events", 'syntax-error "at": "at" is a reserved word. Put it into backticks if it is a name.'],
    ["select name from events where", 'syntax-error "where": The query cannot be read at "where".'],
  ])("%s", (text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });

  it("is all told at once, and nothing that only follows from it", () => {
    expect(complaints("with a as (select nam as n, score from events) select n, scor from a where n > 'x'")).toEqual([
      'unknown-column "nam": There is no column "nam" in "events". Did you mean "name"?',
      'unknown-column "score": There is no column "score" in "events".',
      'unknown-column "scor": There is no column "scor" in "a". Did you mean "score"?',
    ]);
  });
});
