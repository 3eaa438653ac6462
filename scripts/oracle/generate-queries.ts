import { signaturesOf } from "../../src/compiler/googlesql/functions/function-table.ts";
import { allFunctions } from "../../src/compiler/googlesql/functions/registry.ts";
import { patternText, type TypePattern } from "../../src/compiler/googlesql/signature/signature.ts";
import type { Random } from "../sample/random.ts";
import { expressionShapes } from "./expression-shapes.ts";
import { fillShape } from "./generate-expression.ts";

/** A query, and the expressions within its expressions as queries of their own. */
export interface GeneratedQuery {
  readonly sql: string;
  readonly parts: readonly string[];
}

/** Functions that give something else each time, never come back, or take the machine's memory. */
const left = new Set([
  "RAND",
  "GENERATE_UUID",
  "CURRENT_TIMESTAMP",
  "ERROR",
  "REPEAT",
  "GENERATE_ARRAY",
  "LPAD",
  "RPAD",
]);

const columnTypes =
  "INT64 FLOAT64 NUMERIC STRING BYTES BOOL DATE DATETIME TIMESTAMP TIME INTERVAL JSON BIGNUMERIC".split(" ");

const everyShape = Object.values(expressionShapes).flat();

/** A query of one expression over edge values, many of them in columns so that nothing is known of them before. */
export function generateQuery(random: Random): GeneratedQuery {
  const definitions: string[] = [];
  const nested: string[] = [];
  const column = (type: string, value: string): string | undefined => {
    if (!columnTypes.includes(type) || random.chance(0.4)) return undefined;
    definitions.push(`${random.chance(0.15) ? `CAST(NULL AS ${type})` : value} AS c${definitions.length}`);
    return `c${definitions.length - 1}`;
  };
  const shape = random.chance(0.25) ? random.pick(signatureCalls()) : random.pick(everyShape);
  const isSafe = /^[A-Z_0-9]+\(/u.test(shape) && random.chance(0.06);
  const expression = `${isSafe ? "SAFE." : ""}${fillShape(shape, { random, column, nested })}`;
  const query = (text: string): string =>
    definitions.length === 0 ? `SELECT ${text} AS x` : `SELECT ${text} AS x FROM (SELECT ${definitions.join(", ")})`;
  return { sql: query(expression), parts: nested.filter((text) => !/\b[xo]\b/u.test(text)).map(query) };
}

let calls: readonly string[] | undefined;

/** A shape for every line of the tables of scalar functions. */
function signatureCalls(): readonly string[] {
  calls ??= [...allFunctions()].flatMap(([name, entry]) => {
    if (entry.kind !== "scalar" || left.has(name)) return [];
    return signaturesOf(entry.lines).flatMap(({ parameters, template }) => {
      if (template === undefined) return [];
      const needed = parameters.filter(({ isRepeated }) => !isRepeated);
      return [`${name}(${needed.map(({ pattern }) => hole(pattern)).join(", ")})`];
    });
  });
  return calls;
}

function hole(pattern: TypePattern): string {
  switch (pattern.kind) {
    case "type":
      return pattern.type.kind === "ARRAY"
        ? `[{${patternText({ kind: "type", type: pattern.type.element })}}, NULL]`
        : `{${pattern.type.kind}}`;
    case "array":
      return "[{SMALL}, {SMALL}]";
    case "variable":
      return "{SMALL}";
    case "anything":
      return "{ANY}";
  }
}
