import { readFileSync } from "node:fs";
import { keepWarnings } from "../../src/domain/warning-rule.ts";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { openProject } from "../../src/app/open-project.ts";
import { openTranslator, type Translator } from "../../src/compiler/googlesql/translator.ts";
import { expectGolden } from "../expect-golden.ts";
import { parseCorpus } from "./corpus-case.ts";
import { translateText } from "./judge-case.ts";
import { openWarehouse } from "./warehouse.ts";

const goldens = join(import.meta.dirname, "goldens");

/** Cases whose SQL is worth reading: two or so of each kind. */
const chosen = `date-05 date-11 datetime-09 timestamp-06 timestamp-24 format-03 format-12 string-10 string-21 regex-09
  bytes-03 json-06 json-14 array-10 array-21 struct-06 struct-12 window-05 window-12 agg-04 agg-15 group-06 group-08
  pivot-01 pivot-06 setop-03 setop-07 join-04 join-09 star-02 null-04 numeric-13 cast-09 interval-03 generate-05 name-12
  path-04 ddl-06 dml-04 script-02`.split(/\s+/u);

let translator: Translator;

beforeAll(async () => {
  translator = await openTranslator();
});

it("writes SQL for the corpus that a person can read", async () => {
  const cases = parseCorpus(readFileSync(join(import.meta.dirname, "corpus.json"), "utf8"));
  const parts: string[] = [];
  for (const id of chosen) {
    const item = cases.find((candidate) => candidate.id === id);
    if (item === undefined) throw new Error(`There is no case "${id}".`);
    const warehouse = await openWarehouse();
    if (item.setup !== "") await warehouse.run(item.setup);
    const result = translateText(translator, item.sql, await warehouse.catalog());
    warehouse.close();
    const given = item.sql
      .split("\n")
      .map((line) => `-- ${line}`)
      .join("\n");
    const made = result.ok
      ? result.value.statements.map((statement) => `${statement};`).join("\n")
      : result.diagnostics.map(({ code, message }) => `-- ${code}: ${message}`).join("\n");
    parts.push(`-- ${id}\n${given}\n${made}\n`);
  }
  expectGolden(join(goldens, "corpus.sql"), parts.join("\n"));
});

it("writes the same SQL whatever was translated before", async () => {
  const query =
    "select date_trunc(date(ts), week) as w, sum(x) as s from (select timestamp '2024-01-01' as ts, 1 as x) group by w";
  const warehouse = await openWarehouse();
  const catalog = await warehouse.catalog();
  warehouse.close();
  const first = translateText(translator, query, catalog);
  translateText(await openTranslator(), "select unknown from nowhere", catalog);
  expect(translateText(translator, query, catalog)).toEqual(first);
});

it("writes the example project's SQL", async () => {
  const root = join(import.meta.dirname, "../..");
  const opened = await openProject({
    id: "golden",
    folder: root,
    projectDir: root,
    profilesDir: undefined,
    profileName: undefined,
    targetName: undefined,
    vars: {},
    environment: {},
    targetPath: undefined,
    threads: undefined,
    checksVersion: true,
    warningRule: keepWarnings,
    writesArtifacts: true,
    now: 1_700_000_000_000_000,
    startedMs: 0,
    command: "compile",
    arguments: {},
    signal: new AbortController().signal,
    emit: () => undefined,
    clock: () => 0,
  });
  expect(opened.diagnostics).toEqual([]);
  const parts = (opened.project?.models ?? []).flatMap(({ name, full, incremental, columns = [] }) => [
    `-- ${name}: ${columns.map((column) => `${column.name} ${column.type}`).join(", ")}`,
    `${full.statement.text};\n`,
    ...(incremental === undefined ? [] : [`-- ${name}, incremental`, `${incremental.statement.text};\n`]),
  ]);
  expectGolden(join(goldens, "example.sql"), parts.join("\n"));
});
