import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openTranslator, type Translator } from "../src/compiler/googlesql/translator.ts";
import { parseCorpus } from "../test/googlesql/corpus-case.ts";
import { translateText } from "../test/googlesql/judge-case.ts";
import { areSameRows } from "../test/googlesql/plain-rows.ts";
import { openWarehouse, type Warehouse } from "../test/googlesql/warehouse.ts";
import { generateQuery } from "./oracle/generate-queries.ts";
import { installReference, referenceFolder } from "./oracle/install-reference.ts";
import { knownDifferences } from "./oracle/known-differences.ts";
import { openReference, type Reference } from "./oracle/reference.ts";
import { openRandom } from "./sample/random.ts";

const help = `Usage: npm run oracle -- [--seed TEXT] [--count N]

Compares translated queries with GoogleSQL's reference implementation, and their types with its analyzer: the corpus, and
N (2000) expressions made of functions, types and edge values. The reference is installed on demand outside of this folder
(TSDBT_ORACLE names another place); GSQLCHECK names an analyzer's program, if there is one. The exit code is 1 if an answer
differs and the difference is not known.
`;

/** A query with what is needed to run it on both sides. */
interface Question {
  readonly sql: string;
  readonly setup: string;
  readonly tables: Readonly<Record<string, string>>;
  readonly order: "ordered" | "unordered";
}

type Finding =
  | { readonly kind: "same" | "refused" | "unable" | "both fail" }
  | { readonly kind: "known"; readonly reason: string }
  | { readonly kind: "different"; readonly detail: string };

interface Sides {
  readonly translator: Translator;
  readonly reference: Reference;
  readonly warehouse: Warehouse;
}

async function compare(question: Question, { translator, reference, warehouse }: Sides): Promise<Finding> {
  const expected = await reference.evaluate(question.sql, question.tables);
  const result = translateText(translator, question.sql, await warehouse.catalog());
  if (expected.kind === "unable") return { kind: "unable" };
  if (!result.ok) return { kind: expected.kind === "failure" ? "both fail" : "refused" };
  const { statements, types, uses } = result.value;
  let detail: string;
  try {
    const answer = await warehouse.answer(statements, uses);
    if (expected.kind === "failure") detail = `${JSON.stringify(answer.rows)} and not the failure ${expected.message}`;
    else if (!areSameRows(answer.rows, expected.result.rows, question.order))
      detail = `${JSON.stringify(answer.rows)} and not ${JSON.stringify(expected.result.rows)}`;
    else if (types.join(", ") !== expected.result.types.join(", "))
      detail = `the type ${types.join(", ")} and not ${expected.result.types.join(", ")}`;
    else return { kind: "same" };
  } catch (failure) {
    if (expected.kind === "failure") return { kind: "both fail" };
    const message = failure instanceof Error ? (failure.message.split("\n")[0] ?? "") : String(failure);
    detail = `the failure ${message} and not ${JSON.stringify(expected.result.rows)}`;
  }
  const known = knownDifferences.find(({ query }) => query.test(question.sql));
  return known === undefined ? { kind: "different", detail } : { kind: "known", reason: known.reason };
}

async function compareAll(
  name: string,
  questions: readonly Question[],
  sides: Omit<Sides, "warehouse">,
): Promise<number> {
  const counts = new Map<string, number>();
  let warehouse = await openWarehouse();
  for (const question of questions) {
    if (question.setup !== "") {
      warehouse.close();
      warehouse = await openWarehouse();
      await warehouse.run(question.setup);
    }
    const finding = await compare(question, { ...sides, warehouse });
    counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
    if (finding.kind === "different") process.stdout.write(`${question.sql}\n    ${finding.detail}\n`);
  }
  warehouse.close();
  process.stdout.write(`${name}: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(", ")}\n`);
  return counts.get("different") ?? 0;
}

/** Asks an analyzer for the types of queries: one JSON object a line, `{id, sql, tables}` in, `{id, ok, columns}` out. */
function checkTypes(program: string, questions: readonly Question[], translator: Translator): number {
  const asked = questions.filter(({ setup }) => setup === "");
  const input = asked.map(({ sql }, id) => JSON.stringify({ id: String(id), sql, tables: {} })).join("\n");
  const run = spawnSync(program, { input, encoding: "utf8", maxBuffer: 1e9 });
  let differences = 0;
  for (const line of run.stdout.split("\n").filter((text) => text !== "")) {
    const answer: unknown = JSON.parse(line);
    const { id, types } = readTypes(answer);
    const question = asked[Number(id)];
    if (question === undefined) continue;
    const result = translateText(translator, question.sql, { find: () => undefined, names: () => [] });
    const own = result.ok ? result.value.types.join(", ") : undefined;
    if (own === undefined || own === types) continue;
    differences++;
    process.stdout.write(`${question.sql}\n    the type ${own} and not ${types ?? "a failure"}\n`);
  }
  process.stdout.write(`types: ${asked.length} asked, ${differences} different\n`);
  return differences;
}

function readTypes(answer: unknown): { readonly id: string; readonly types: string | undefined } {
  if (typeof answer !== "object" || answer === null || !("id" in answer)) throw new Error("The analyzer says nothing.");
  const isAccepted = "ok" in answer && answer.ok === true && "columns" in answer && Array.isArray(answer.columns);
  const columns: readonly unknown[] = isAccepted && Array.isArray(answer.columns) ? answer.columns : [];
  const types = columns.map((column) => (Array.isArray(column) ? String(column[1]) : ""));
  return { id: String(answer.id), types: isAccepted ? types.join(", ") : undefined };
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function main(): Promise<void> {
  if (process.argv.includes("--help")) {
    process.stdout.write(help);
    return;
  }
  const seed = option("--seed") ?? String(Date.now());
  const count = Number(option("--count") ?? 2000);
  const folder = referenceFolder(process.env);
  const obstacle = installReference(folder);
  if (obstacle !== undefined) {
    process.stderr.write(`SKIPPED: the reference implementation cannot be installed.\n${obstacle}\n`);
    return;
  }
  const random = openRandom(seed);
  const generated = Array.from({ length: count }, (): Question => {
    return { sql: generateQuery(random), setup: "", tables: {}, order: "unordered" };
  });
  const text = readFileSync(join(import.meta.dirname, "../test/googlesql/corpus.json"), "utf8");
  const corpus = parseCorpus(text).filter(({ category }) => !["ddl", "dml", "script"].includes(category));
  const translator = await openTranslator();
  const reference = await openReference(folder);
  process.stdout.write(`seed: ${seed}\n`);
  let differences = await compareAll("corpus", corpus, { translator, reference });
  differences += await compareAll("generated", generated, { translator, reference });
  reference.close();
  const program = process.env["GSQLCHECK"];
  if (program === undefined)
    process.stderr.write("SKIPPED: types are not compared, for GSQLCHECK names no analyzer.\n");
  else differences += checkTypes(program, [...corpus, ...generated], translator);
  if (differences > 0) process.exitCode = 1;
}

await main();
