import { readFileSync } from "node:fs";
import { openTranslator } from "../src/compiler/googlesql/translator.ts";
import { parseCorpus } from "../test/googlesql/corpus-case.ts";
import { judgeCase, type Verdict } from "../test/googlesql/judge-case.ts";

const help = `Usage: npm run corpus -- FILE.json [PREFIX]

Translates the cases of FILE.json (only those whose id starts with PREFIX), runs them on DuckDB, and prints per category
how many are right, right but of another type (drift), wrong, failing (error) and refused, then all that are not right.
The exit code is 1 if a case is wrong.
`;

const verdicts: readonly Verdict[] = ["right", "drift", "wrong", "error", "refused"];

type Tally = Readonly<Record<Verdict, number>>;

const none: Tally = { right: 0, drift: 0, wrong: 0, error: 0, refused: 0 };

function row(name: string, tally: Tally): string {
  return `${name.padEnd(12)}${verdicts.map((verdict) => String(tally[verdict]).padStart(9)).join("")}\n`;
}

async function judgeCorpus(path: string, prefix: string): Promise<void> {
  const translator = await openTranslator();
  const tallies = new Map<string, Tally>();
  const remarks: string[] = [];
  let total = none;
  for (const item of parseCorpus(readFileSync(path, "utf8"))) {
    if (!item.id.startsWith(prefix)) continue;
    const { verdict, detail } = await judgeCase(translator, item);
    const tally = tallies.get(item.category) ?? none;
    tallies.set(item.category, { ...tally, [verdict]: tally[verdict] + 1 });
    total = { ...total, [verdict]: total[verdict] + 1 };
    if (verdict !== "right") remarks.push(`${verdict} ${item.id}: ${item.sql}\n    ${detail}\n`);
  }
  process.stdout.write(`${"category".padEnd(12)}${verdicts.map((verdict) => verdict.padStart(9)).join("")}\n`);
  for (const [category, tally] of [...tallies].sort()) process.stdout.write(row(category, tally));
  process.stdout.write(row("total", total));
  if (remarks.length > 0) process.stdout.write(`\n${remarks.join("")}`);
  if (total.wrong > 0) process.exitCode = 1;
}

const [path, prefix = ""] = process.argv.slice(2);
if (path === undefined || path.startsWith("-")) {
  process.stderr.write(help);
  process.exitCode = 2;
} else {
  await judgeCorpus(path, prefix);
}
