import { builtins } from "../builtins.ts";
import type { Name } from "../syntax.ts";
import { missing, type Value } from "../values/value.ts";
import type { Frame } from "./evaluation.ts";

/** A block within a block: it sees the outer variables, and what it sets stays inside. */
export function childFrame(parent: Frame): Frame {
  return { ...parent, names: new Map(), parent };
}

/** The value of a variable: the innermost block's, the environment's, or a builtin; missing if there is none. */
export function findName(node: Name, frame: Frame): Value {
  const { name } = node;
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    const value = at.names.get(name);
    if (value !== undefined) return value;
  }
  const global = frame.environment.find(name);
  if (global !== undefined) return global;
  return builtins.get(name) ?? missing({ what: "name", name, span: node.span, known: () => knownNames(frame) });
}

function* knownNames(frame: Frame): Iterable<string> {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) yield* at.names.keys();
  yield* frame.environment.names();
  yield* builtins.keys();
}
