import type { Random } from "../sample/random.ts";
import { edgeValues } from "./edge-values.ts";
import { expressionShapes } from "./expression-shapes.ts";

/** What expressions are made of. */
export interface Source {
  readonly random: Random;
  /** A column to take for a value of the type, if there is one: it is offered the value that would stand there else. */
  readonly column: (type: string, value: string) => string | undefined;
  /** The expressions within expressions, as they are made. */
  readonly nested: string[];
}

const anyTypes = ["INT64", "FLOAT64", "NUMERIC", "STRING", "BYTES", "BOOL", "DATE", "DATETIME", "TIMESTAMP", "TIME"];

/** How deep expressions stand within expressions. */
const deepest = 3;

/** Puts values, columns and further expressions into the holes of a shape. */
export function fillShape(shape: string, source: Source, depth = 1): string {
  return shape.replaceAll(/\{(?<kind>\w+)\}/gu, (_, kind: string) => generateValue(kind, source, depth));
}

function generateValue(kind: string, source: Source, depth: number): string {
  const { random } = source;
  const type = kind === "ANY" ? random.pick(anyTypes) : kind;
  const literals = edgeValues[type];
  const shapes = expressionShapes[type];
  if (literals === undefined || (shapes !== undefined && depth < deepest && random.chance(0.25))) {
    const expression = fillShape(random.pick(shapes ?? ["NULL"]), source, depth + 1);
    source.nested.push(expression);
    return /^[\w.]+\([^()]*\)$|^[\w.]+$/u.test(expression) ? expression : `(${expression})`;
  }
  const value = random.pick(literals);
  return source.column(type, value) ?? value;
}
