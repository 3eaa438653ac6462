import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { succeed, tsdbt } from "./binary.ts";
import { projectOf } from "./example-project.ts";

/** The clock of these tests stands at 2022-11-02T00:00:00Z. */
const files = {
  "project.yml": "name: shop\ndialect: duckdb\ntargets:\n  dev: { type: duckdb, path: data/shop.duckdb }\n",
  "seeds/fresh.csv": "id,loaded,kind\n1,2022-11-01 23:00:00,a\n2,2022-10-01 00:00:00,b\n",
  "seeds/empty.csv": "id,loaded\n",
  "models/sources.yml": `
sources:
  - name: raw
    schema: main
    freshness: { warn_after: { count: 2, period: hour }, error_after: { count: 1, period: day } }
    loaded_at_field: loaded
    tables:
      - name: fresh
      - { name: filtered, identifier: fresh, freshness: { filter: "kind = 'b'" } }
      - { name: warned, identifier: fresh, config: { freshness: { warn_after: { count: 30, period: minute } } } }
      - { name: asked, identifier: fresh, config: { loaded_at_query: "select min(loaded) from main.fresh", freshness: { error_after: { count: 40, period: day } } } }
      - { name: never, identifier: fresh, freshness: null }
      - { name: none, identifier: empty, loaded_at_field: "cast(loaded as timestamp)" }
      - name: absent
`,
};

function answers(project: string, path = "target/sources.json"): Readonly<Record<string, string>> {
  const text = readFileSync(join(project, path), "utf8");
  const found = [...text.matchAll(/"unique_id":"source\.shop\.raw\.(\w+)".*?"status":"([\w ]+)"/gu)];
  return Object.fromEntries(found.map(([, name = "", status = ""]) => [name, status]));
}

describe("the freshness of sources", () => {
  it("is judged by the newest row, its query or filter, and the limits of source and table", async () => {
    const project = projectOf(files);
    await succeed(project, "seed");
    const { code, out } = await tsdbt(project, "source", "freshness");
    expect(code).toBe(1);
    expect(answers(project)).toEqual({
      fresh: "pass",
      filtered: "error",
      warned: "warn",
      asked: "warn",
      none: "error",
      absent: "runtime error",
    });
    expect(out).toContain("PASS freshness of raw.fresh");
    expect(out).toContain("WARN freshness of raw.warned");
    expect(out).toContain("ERROR STALE freshness of raw.filtered");
    expect(out).toMatch(/ERROR freshness of raw\.absent/u);
    const written = readFileSync(join(project, "target/sources.json"), "utf8");
    expect(written).toContain("https://schemas.getdbt.com/dbt/sources/v3.json");
    expect(written).toContain('"max_loaded_at":"2022-11-01T23:00:00.000000Z"');
    expect(written).toContain('"max_loaded_at_time_ago_in_s":3600');
  });

  it("is asked of the sources that are selected, and goes where it is wanted", async () => {
    const project = projectOf(files);
    await succeed(project, "seed");
    await succeed(project, "source", "freshness", "-s", "source:raw.fresh", "source:raw.never", "-o", "elsewhere.json");
    expect(answers(project, "elsewhere.json")).toEqual({ fresh: "pass" });
    const later = { folder: project, environment: { TSDBT_NOW: "2022-11-09T00:00:00Z" } };
    expect((await tsdbt(later, "source", "freshness", "--select", "source:raw.fresh")).code).toBe(1);
    expect(answers(project)).toEqual({ fresh: "error" });
  });

  it("needs limits that can be read", async () => {
    const project = projectOf({
      ...files,
      "models/sources.yml":
        "sources: [{ name: raw, freshness: { warn_after: { count: 2, period: week } }, tables: [{ name: t }] }]\n",
    });
    const { code, err } = await tsdbt(project, "source", "freshness");
    expect(code).toBe(2);
    expect(err).toContain('"warn_after" is a count and a period, found {"count":2,"period":"week"}.');
  });
});
