import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { allFunctions } from "../../src/compiler/googlesql/functions/registry.ts";
import { openTranslator, type Translator } from "../../src/compiler/googlesql/translator.ts";
import { type CorpusCase, parseCorpus } from "./corpus-case.ts";
import { judgeCase } from "./judge-case.ts";

function read(name: string): readonly CorpusCase[] {
  return parseCorpus(readFileSync(join(import.meta.dirname, name), "utf8"));
}

/** What is not right, and why that is accepted: refused without an exact equal, or typed otherwise on purpose. */
const accepted: Readonly<Record<string, string>> = {
  "struct-05": "drift: the columns of a SELECT AS STRUCT at the top are the struct's fields",
  "approx-06": "refused: sketches of HyperLogLog",
  "path-11": "refused: INFORMATION_SCHEMA",
  "ddl-22": "refused: a function in JavaScript",
  "ddl-24": "refused: the past of a table",
  "ddl-25": "refused: EXPORT DATA",
  "script-04": "refused: a script with branches",
  "script-05": "refused: SQL made at run time",
};

let translator: Translator;

beforeAll(async () => {
  translator = await openTranslator();
});

describe.each(["corpus.json", "functions.json", "everyday.json"])("the cases of %s", (name) => {
  const cases = read(name);

  it.each([...new Set(cases.map((item) => item.category))])("gives BigQuery's answers: %s", async (category) => {
    const remarks: string[] = [];
    for (const item of cases.filter((candidate) => candidate.category === category)) {
      const { verdict, detail } = await judgeCase(translator, item);
      const expected = accepted[item.id]?.split(":")[0] ?? "right";
      if (verdict !== expected) remarks.push(`${item.id} is ${verdict}: ${item.sql}\n${detail}`);
    }
    expect(remarks).toEqual([]);
  });
});

describe("the tables of functions", () => {
  it("have a case for every function", () => {
    const texts = [...read("corpus.json"), ...read("functions.json")].map((item) => item.sql.toUpperCase()).join("\n");
    const called = (name: string): boolean =>
      new RegExp(String.raw`(?<![\w.])(?:SAFE\.)?${name.replace(".", String.raw`\.`)}\s*\(`, "u").test(texts);
    expect([...allFunctions().keys()].filter((name) => !called(name))).toEqual([]);
  });
});
