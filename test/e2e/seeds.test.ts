import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf, query } from "./example-project.ts";

const settings = "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n";

async function columnsOf(project: string, table: string): Promise<string> {
  const rows = await query(
    project,
    `select string_agg(column_name || ' ' || data_type, ', ' order by column_index) as "all" from duckdb_columns() where table_name = '${table}'`,
    "shop",
  );
  return String(rows[0]?.["all"]);
}

/** A seed's file and config, and the columns and rows that dbt-duckdb makes of it. */
const loaded: readonly {
  readonly what: string;
  readonly csv: string;
  readonly config?: string;
  readonly columns: string;
  readonly rows: readonly unknown[];
}[] = [
  {
    what: "columns of every type",
    csv: "i,w,f,d,t,b,s\n1,3000000000,1.5,2024-01-05,2024-01-05 10:00:00,true,x\n,,,,,,\n",
    columns: "i INTEGER, w BIGINT, f DOUBLE, d DATE, t TIMESTAMP, b BOOLEAN, s VARCHAR",
    rows: [
      { i: 1, w: 3000000000, f: 1.5, d: "2024-01-05", t: "2024-01-05 10:00:00", b: "true", s: "x" },
      { i: null, w: null, f: null, d: null, t: null, b: null, s: null },
    ],
  },
  {
    what: "types that the author gives",
    csv: "id,at,n\n007,2024-01-05 10:00:00.25,1\n",
    config: "column_types: { ID: varchar, at: timestamp, n: 'decimal(10,2)' }",
    columns: "id VARCHAR, at TIMESTAMP, n DECIMAL(10,2)",
    rows: [{ id: "007", at: "2024-01-05 10:00:00.25", n: "1.00" }],
  },
  {
    what: "another delimiter",
    csv: 'a|b\n1|"x|y, z"\n',
    config: 'delimiter: "|"',
    columns: "a INTEGER, b VARCHAR",
    rows: [{ a: 1, b: "x|y, z" }],
  },
  {
    what: "the wrong delimiter",
    csv: "a,b\n1,x\n",
    config: 'delimiter: ";"',
    columns: "a,b VARCHAR",
    rows: [{ "a,b": "1,x" }],
  },
  { what: "a byte order mark", csv: "\uFEFFa,b\n1,x\n", columns: "a INTEGER, b VARCHAR", rows: [{ a: 1, b: "x" }] },
  {
    what: "other alphabets",
    csv: "größe,b\n1,日本 😀 it's\n",
    columns: "größe INTEGER, b VARCHAR",
    rows: [{ größe: 1, b: "日本 😀 it's" }],
  },
  { what: "a header only", csv: "a,b\n", columns: "a INTEGER, b INTEGER", rows: [] },
  {
    what: "names that need quotes",
    csv: "a b,Order\n1,2\n",
    columns: "a b INTEGER, Order INTEGER",
    rows: [{ "a b": 1, Order: 2 }],
  },
  {
    what: "names without quotes",
    csv: "Id,name\n1,x\n",
    config: "quote_columns: false",
    columns: "Id INTEGER, name VARCHAR",
    rows: [{ Id: 1, name: "x" }],
  },
];

describe("a seed of a project", () => {
  const named = loaded.map((each, index) => ({ ...each, name: `s${String(index)}` }));
  let project = "";

  beforeAll(async () => {
    const configs = named.flatMap(({ name, config }) => (config === undefined ? [] : [`${name}: { +${config} }`]));
    project = projectOf({
      "project.yml": `${settings}seeds: { shop: { ${configs.join(", ")} } }\n`,
      ...Object.fromEntries(named.map(({ name, csv }) => [`seeds/${name}.csv`, csv])),
    });
    await succeed(project, "seed");
    await succeed(project, "seed", "--full-refresh");
  });

  it.each(named)("with $what is loaded as by dbt", async ({ name, columns, rows }) => {
    expect(await columnsOf(project, name)).toBe(columns);
    expect(await query(project, `select * from ${name}`, "shop")).toEqual(rows);
  });
});

describe("a seed", () => {
  it("of twenty thousand rows is loaded whole, and again with other columns", async () => {
    const rows = Array.from({ length: 20_001 }, (_, index) => `${String(index)},row ${String(index)}\n`);
    const project = projectOf({ "project.yml": settings, "seeds/big.csv": `id,name\n${rows.join("")}` });
    const { out } = await succeed(project, "seed");
    expect(out).toContain("[INSERT 20001 in ");
    const counted = { n: 20_001, distinct: 20_001, last: 20_000 };
    const text = 'select count(*) as n, count(distinct name) as "distinct", max(id) as "last" from big';
    expect(await query(project, text, "shop")).toEqual([counted]);
    writeFileSync(join(project, "seeds/big.csv"), "id\n1\n");
    await succeed(project, "seed");
    expect(await query(project, "select * from big", "shop")).toEqual([{ id: 1 }]);
  });

  it("is a table of its columns without rows where none are to be read", async () => {
    const project = projectOf({ "project.yml": settings, "seeds/s.csv": "id,at\n1,2024-01-05\n" });
    const { out } = await succeed(project, "seed", "--empty");
    expect(out).toContain("INSERT 0");
    expect(await columnsOf(project, "s")).toBe("id INTEGER, at DATE");
    expect(await query(project, "select count(*)::integer as n from s", "shop")).toEqual([{ n: 0 }]);
  });

  it("goes where its config says, under its alias, unless it is switched off", async () => {
    const project = projectOf({
      "project.yml": `${settings}seeds: { shop: { off: { +enabled: false }, on: { +schema: raw, +alias: renamed } } }\n`,
      "seeds/off.csv": 'a\n"broken\n',
      "seeds/on.csv": "a\n1\n",
    });
    const { out } = await succeed(project, "seed");
    expect(out).toContain("1 of 1 OK loaded seed file main_raw.renamed");
    expect(await query(project, "select a from main_raw.renamed", "shop")).toEqual([{ a: 1 }]);
  });

  it("leaves what reads it in place when it is loaded anew, and is read by it", async () => {
    const project = projectOf({
      "project.yml": settings,
      "seeds/s.csv": "a\n1\n",
      "seeds/kept.yml": "seeds: [{ name: s, config: { full_refresh: false } }]\n",
      "models/below.sql": "select a + 1 as b from {{ ref('s') }}",
    });
    await succeed(project, "build");
    writeFileSync(join(project, "seeds/s.csv"), "a\n2\n");
    await succeed(project, "seed", "--full-refresh");
    expect(await query(project, "select * from below", "shop")).toEqual([{ b: 3 }]);
    rmSync(join(project, "seeds/s.csv"));
    expect((await tsdbt(project, "build")).code).toBe(2);
  });

  it("with a cell that its type cannot read is refused at the cell, and the table stays as it was", async () => {
    const project = projectOf({
      "project.yml": `${settings}seeds: { +column_types: { n: integer, d: date } }\n`,
      "seeds/s.csv": "n,d\n1,2024-01-05\n",
    });
    await succeed(project, "seed");
    writeFileSync(join(project, "seeds/s.csv"), 'n,d\n1,2024-01-05\n"x, y",\n3,2024-02-30\n');
    const { code, err } = await tsdbt(project, "seed");
    expect(code).toBe(1);
    expect(err).toContain(
      'seeds/s.csv:3:1  error  seed-cell\n  The type integer of the column "n" cannot read "x, y".',
    );
    expect(err).toContain(
      'seeds/s.csv:4:3  error  seed-cell\n  The type date of the column "d" cannot read "2024-02-30".',
    );
    expect(await query(project, "select n from s", "shop")).toEqual([{ n: 1 }]);
  });
});
