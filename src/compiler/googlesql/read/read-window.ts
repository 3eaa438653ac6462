import { placeAround, type Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import type { Frame, FrameBound, OrderItem, WindowSyntax } from "../syntax.ts";
import { closeNode, type Node, openFields, take, takeFlag, takeList, takeOptional, takeText } from "./node.ts";
import { readExpression } from "./read-expression.ts";
import { claim, readName, type Reading } from "./reading.ts";

/** Reads what stands after OVER or behind a name in WINDOW; `beside` is a place near it. */
export function readWindow(reading: Reading, value: unknown, beside: Place): WindowSyntax {
  const node = openFields("window", value);
  const baseNode = takeOptional(node, "window_name");
  const base = baseNode === undefined ? undefined : readName(reading, baseNode);
  const partitionBy = takeList(node, "partition_by").map((part) => readExpression(reading, part));
  if (partitionBy.length > 0) claim(reading, "PARTITION");
  const orderBy = readOrderBy(reading, takeList(node, "order_by"));
  const frameNode = takeOptional(node, "frame");
  const frame = frameNode === undefined ? undefined : readFrame(reading, frameNode, beside);
  closeNode(node, beside);
  const parts: readonly Place[] = [...(base === undefined ? [] : [base]), ...partitionBy, ...orderBy];
  const place = parts.reduce<Place>(placeAround, beside);
  return { base, partitionBy, orderBy, frame, start: place.start, end: place.end };
}

/** Reads the items of an ORDER BY. */
export function readOrderBy(reading: Reading, items: readonly unknown[]): readonly OrderItem[] {
  if (items.length > 0) claim(reading, "ORDER");
  return items.map((item) => {
    const node = openFields("order", item);
    const value = readExpression(reading, take(node, "this"));
    const isDescending = takeFlag(node, "desc");
    if (isDescending) claim(reading, "DESC");
    node.taken.add("nulls_first");
    const nullsFirst = node.fields["nulls_first"];
    const nulls = nullsFirst === true ? "first" : nullsFirst === false ? "last" : undefined;
    if (nulls !== undefined) claim(reading, "NULLS", nulls.toUpperCase());
    closeNode(node, value);
    return { value, isDescending, nulls, start: value.start, end: value.end };
  });
}

function readFrame(reading: Reading, value: unknown, beside: Place): Frame {
  const node: Node = openFields("frame", value);
  const unit = takeText(node, "kind")?.toLowerCase();
  if (unit !== "rows" && unit !== "range") refuse("syntax-error", "A window frame begins with ROWS or RANGE.", beside);
  claim(reading, unit.toUpperCase());
  const start = readBound(reading, take(node, "start"), beside);
  const endNode = takeOptional(node, "end");
  if (endNode !== undefined) claim(reading, "BETWEEN", "AND");
  const end = endNode === undefined ? undefined : readBound(reading, endNode, beside);
  closeNode(node, beside);
  return { unit, start, end };
}

function readBound(reading: Reading, value: unknown, beside: Place): FrameBound {
  switch (value) {
    case "CurrentRow":
      claim(reading, "CURRENT", "ROW");
      return { kind: "current row" };
    case "UnboundedPreceding":
      claim(reading, "UNBOUNDED", "PRECEDING");
      return { kind: "unbounded preceding" };
    case "UnboundedFollowing":
      claim(reading, "UNBOUNDED", "FOLLOWING");
      return { kind: "unbounded following" };
  }
  const node = openFields("bound", value);
  const preceding = takeOptional(node, "Preceding");
  const following = takeOptional(node, "Following");
  closeNode(node, beside);
  if (preceding !== undefined) {
    claim(reading, "PRECEDING");
    return { kind: "preceding", value: readExpression(reading, preceding) };
  }
  if (following !== undefined) {
    claim(reading, "FOLLOWING");
    return { kind: "following", value: readExpression(reading, following) };
  }
  refuse("syntax-error", "A bound of a window frame cannot be read.", beside);
}
