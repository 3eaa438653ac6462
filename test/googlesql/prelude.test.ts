import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { allNames, prelude, usedNames } from "../../src/compiler/googlesql/prelude/prelude.ts";
import { installPrelude } from "../../src/runner/warehouse/duckdb/install-prelude.ts";

const source = join(import.meta.dirname, "../../src/compiler/googlesql");

/** Every name of the prelude that a file of the translator speaks of, with how often. */
function namesInSource(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const entry of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!entry.endsWith(".ts") || entry.endsWith(".test.ts")) continue;
    for (const [name] of readFileSync(join(source, entry), "utf8").matchAll(/\bgsql_[a-z0-9_]+/gu))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

describe("the prelude", () => {
  it("has every function that translations may call, and none that none calls", () => {
    const names = namesInSource();
    expect([...names.keys()].filter((name) => !prelude.has(name))).toEqual([]);
    expect([...prelude.keys()].filter((name) => (names.get(name) ?? 0) < 2)).toEqual([]);
  });

  it("can be installed as a whole, each function behind those that it rests on", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    expect(new Set(allNames())).toEqual(new Set(prelude.keys()));
    await installPrelude(connection, prelude, allNames());
    const found = await connection.runAndReadAll(
      "SELECT count(DISTINCT function_name) FROM duckdb_functions() WHERE prefix(function_name, 'gsql_')",
    );
    expect(found.getRows()).toEqual([[BigInt(prelude.size)]]);
  });

  it("installs no more than what is used, in order", () => {
    expect(usedNames("SELECT gsql_print_float(x), gsql_print_float(y)")).toEqual([
      "gsql_exact_float_text",
      "gsql_float_text",
      "gsql_print_float",
    ]);
    expect(usedNames("SELECT gsql_of_the_author, 1")).toEqual([]);
  });

  it("gives NULL from each native function that is given one", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await installPrelude(connection, prelude, allNames());
    for (const [name, entry] of prelude) {
      if (entry.kind !== "native" || entry.parameters.length === 0) continue;
      const args = entry.parameters.map((type) => `CAST(NULL AS ${type})`).join(", ");
      const answer = await connection.runAndReadAll(`SELECT ${name}(${args}) IS NULL`);
      expect([name, answer.getRows()]).toEqual([name, [[true]]]);
    }
  });
});
