import { refuse } from "../refusal.ts";
import type { ColumnMatching } from "../syntax.ts";
import { closeNode, type Node, openNode, take, takeFlag, takeList, takeText } from "./node.ts";
import { claim, readName, type Reading } from "./reading.ts";

/**
 * How the parts of a set operation find each other's columns: `[INNER | LEFT | FULL] … [BY NAME [ON (…)] |
 * [STRICT] CORRESPONDING [BY (…)]]`. Without a mode, BY NAME is strict and CORRESPONDING takes the common columns
 * (GoogleSQL, "Set operators").
 */
export function readColumnMatching(reading: Reading, node: Node): ColumnMatching {
  const isByName = takeFlag(node, "by_name");
  const isCorresponding = takeFlag(node, "corresponding");
  const isStrict = takeFlag(node, "strict");
  const side = takeText(node, "side");
  const kind = takeText(node, "kind");
  const listed = takeList(node, "on_columns").map((item) => {
    const column = openNode(item);
    const name = readName(reading, take(column, "name"));
    closeNode(column, name);
    return name;
  });
  if (side !== undefined) claim(reading, side);
  if (isByName) claim(reading, "NAME");
  if (isCorresponding) claim(reading, "CORRESPONDING");
  if (isStrict) claim(reading, "STRICT");
  if (!isByName && !isCorresponding) {
    if (side !== undefined || kind !== undefined)
      refuse("syntax-error", `${side ?? kind ?? ""} stands before a set operation without BY NAME.`, reading.whole);
    return { by: "position" };
  }
  if (side === "LEFT") return { by: "name", keeps: "left", listed };
  if (side === "FULL") return { by: "name", keeps: "all", listed };
  return { by: "name", keeps: kind === "INNER" ? "common" : "same", listed };
}

/** Whether two operations match their columns alike, so that they may follow each other without brackets. */
export function isSameMatching(left: ColumnMatching, right: ColumnMatching): boolean {
  if (left.by === "position" || right.by === "position") return left.by === right.by;
  const names = (matching: typeof left): string => matching.listed.map(({ text }) => text.toLowerCase()).join(" ");
  return left.keeps === right.keeps && names(left) === names(right);
}
