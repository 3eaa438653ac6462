import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openTranslator, type Translator } from "../src/compiler/googlesql/translator.ts";
import { parseCorpus } from "../test/googlesql/corpus-case.ts";
import { installAnalyzer } from "./gsqlcheck/analyzer.ts";
import { checkTypes } from "./oracle/check-types.ts";
import { compareAll, type Question } from "./oracle/compare.ts";
import { generateClauses } from "./oracle/generate-clauses.ts";
import { generateQuery } from "./oracle/generate-queries.ts";
import { installReference, referenceFolder } from "./oracle/install-reference.ts";
import { openReference } from "./oracle/reference.ts";
import { openRandom } from "./sample/random.ts";

const help = `Usage: npm run oracle -- [--seed TEXT] [--count N] [--refused]

Compares the rows and types of translated queries with those of GoogleSQL's reference implementation: the corpora's, and N
(2000) generated ones, of which four in five are expressions of functions, types and edge values and the others queries with
clauses over small tables. GoogleSQL's analyzer is asked too, for types and for what it accepts. Both are installed on
demand outside of this folder: the reference with npm (TSDBT_ORACLE names another place), the analyzer with Go in some five
minutes (GSQLCHECK names a program that is there). --refused also shows what is refused though the reference answers. The
exit code is 1 if an answer differs and the difference is not known.
`;

const corpora = ["corpus.json", "functions.json", "everyday.json"];

/** The corpora's cases but for those that change tables, which the reference is not asked for. */
function corpusQuestions(name: string): readonly Question[] {
  const text = readFileSync(join(import.meta.dirname, "../test/googlesql", name), "utf8");
  return parseCorpus(text)
    .filter(({ category }) => !["ddl", "dml", "script"].includes(category))
    .map((item) => ({ ...item, parts: [] }))
    .toSorted((left, right) => (left.setup < right.setup ? -1 : left.setup > right.setup ? 1 : 0));
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

function write(text: string): void {
  process.stdout.write(text);
}

/** Compares what GoogleSQL's analyzer says of all questions, or says why it is not asked. */
async function askTypes(translator: Translator, generated: readonly Question[]): Promise<number> {
  const analyzer = installAnalyzer(process.env);
  if (analyzer.kind === "absent") {
    process.stderr.write(`SKIPPED: the analyzer is not asked.\n${analyzer.reason}\n`);
    return 0;
  }
  const options = { program: analyzer.program, translator, write };
  let differences = 0;
  for (const name of corpora) differences += await checkTypes(name, corpusQuestions(name), options);
  return differences + (await checkTypes("generated", generated, options));
}

async function main(): Promise<void> {
  if (process.argv.includes("--help")) {
    write(help);
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
  const generated = Array.from({ length: count }, (_, index): Question => {
    const query = index % 5 === 4 ? generateClauses(random) : generateQuery(random);
    return { ...query, setup: "", tables: {}, order: "unordered" };
  });
  const translator = await openTranslator();
  const reference = await openReference(folder).catch((failure: unknown) => String(failure));
  if (typeof reference === "string") {
    process.stderr.write(`SKIPPED: the reference implementation cannot be started.\n${reference}\n`);
    return;
  }
  const options = { translator, reference, write, showsRefused: process.argv.includes("--refused") };
  write(`seed: ${seed}\n`);
  let differences = 0;
  for (const name of corpora) differences += await compareAll(name, corpusQuestions(name), options);
  differences += await compareAll("generated", generated, options);
  reference.close();
  differences += await askTypes(translator, generated);
  if (differences > 0) process.exitCode = 1;
}

await main();
