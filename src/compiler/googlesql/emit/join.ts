import { type Code, codeText, newLine } from "../code.ts";
import { didYouMean } from "../../nearest-name.ts";
import { refuse, refuseSilently, refuseUnsupported } from "../refusal.ts";
import { columnValue } from "../scope/resolve.ts";
import { isMerged, type MergedColumn, type Scope } from "../scope/scope.ts";
import type { FromItem, Name } from "../syntax.ts";
import type { ScopeColumn, Value } from "../value.ts";
import { alignOperands, compare } from "./comparison.ts";
import { type Context, placeIn } from "./context.ts";
import { refuseJoinQuery } from "./outer-join-query.ts";
import { connect, requireCondition } from "./operators.ts";

type Join = Extract<FromItem, { readonly kind: "join" }>;

/** What translating a part of FROM needs, for the parts that hold other parts. */
export interface FromSetting {
  readonly context: Context;
  readonly translateFrom: (item: FromItem, context: Context) => Code;
}

const words: Readonly<Record<Join["type"], string>> = {
  inner: "JOIN",
  left: "LEFT JOIN",
  right: "RIGHT JOIN",
  full: "FULL JOIN",
  cross: "CROSS JOIN",
};

/** Translates a join. USING becomes a condition, and its columns are merged as GoogleSQL says. */
export function translateJoin(join: Join, { context, translateFrom }: FromSetting): Code {
  const { scope } = context;
  const start = scope.relations.length;
  const left = translateFrom(join.left, context);
  const middle = scope.relations.length;
  const right = translateFrom(join.right, context);
  const rightCode: Code = join.right.kind === "join" ? ["(", right, ")"] : right;
  const { array } = scope.relations[middle] ?? {};
  const isLateral = array !== undefined;
  if (join.type === "right" || join.type === "full") {
    const isBound = array === "row" || scope.relations.slice(start).some((relation) => relation.array === "outer");
    if (isBound) refuseUnsupported(`${words[join.type]} of an array of another row`, placeIn(join.right));
  }
  const condition = conditionOf(join, { context, start, middle });
  const type = join.type === "inner" && condition === undefined ? "cross" : join.type;
  const needsCondition = type !== "cross" && condition === undefined;
  if (needsCondition && !isLateral)
    refuse(
      "syntax-error",
      `${words[join.type]} needs ON or USING.`,
      placeIn(join.right),
      "Add ON with the condition that joins.",
    );
  const on: Code = condition === undefined ? (needsCondition ? " ON TRUE" : "") : [" ON ", condition.code];
  return [left, newLine, words[type], array === "row" || array === "outer" ? " LATERAL " : " ", rightCode, on];
}

function conditionOf(
  join: Join,
  { context, start, middle }: { readonly context: Context; readonly start: number; readonly middle: number },
): Value | undefined {
  if (join.using.length > 0) return mergeColumns(join, { context, start, middle });
  if (join.on === undefined) return undefined;
  const inner: Context = { ...context, clause: "ON", allows: { aggregates: false, windows: false } };
  const value = context.translation.translateExpression(join.on, inner);
  requireCondition(value, "ON");
  const { relations } = context.scope;
  if (value.hasQuery)
    refuseJoinQuery(join, { left: relations.slice(start, middle), right: relations.slice(middle) }, inner);
  return value;
}

/** The condition of USING; puts the merged columns into the scope. */
function mergeColumns(
  join: Join,
  { context, start, middle }: { readonly context: Context; readonly start: number; readonly middle: number },
): Value {
  const { scope } = context;
  const equalities = join.using.map((name) => {
    const left = sideColumn(scope, name, { from: start, to: middle, side: "left" });
    const right = sideColumn(scope, name, { from: middle, to: scope.relations.length, side: "right" });
    const [leftValue, rightValue] = [columnValue(left, name), columnValue(right, name)];
    const merged = mergedColumn(join, name, [leftValue, rightValue]);
    const parts = [left, right].flatMap((column) => (isMerged(column) ? [...column.parts, column] : [column]));
    const column: MergedColumn = { ...merged, parts, owner: scope.owner, sources: [...left.sources, ...right.sources] };
    const known = scope.merged.findIndex((other) => other.name.toLowerCase() === name.text.toLowerCase());
    if (known === -1) scope.merged.push(column);
    else scope.merged[known] = column;
    return compare("=", leftValue, rightValue);
  });
  const [only, ...others] = equalities;
  if (only === undefined) throw new Error("USING names columns.");
  return others.length === 0 ? only : connect("and", equalities);
}

function mergedColumn(join: Join, name: Name, values: readonly Value[]): Pick<ScopeColumn, "name" | "type" | "code"> {
  const [left, right] = alignOperands("USING", values);
  if (left === undefined || right === undefined) throw new Error("USING compares two columns.");
  const text = name.text;
  const sides = { left: codeText(left.code), right: codeText(right.code) };
  switch (join.type) {
    case "right":
      return { name: text, type: right.type, code: sides.right };
    case "full":
      return { name: text, type: left.type, code: `coalesce(${sides.left}, ${sides.right})` };
    default:
      return { name: text, type: left.type, code: sides.left };
  }
}

function sideColumn(
  scope: Scope,
  name: Name,
  side: { readonly from: number; readonly to: number; readonly side: "left" | "right" },
): ScopeColumn {
  const key = name.text.toLowerCase();
  const relations = scope.relations.slice(side.from, side.to);
  if (relations.some((relation) => relation.isBroken)) refuseSilently();
  const columns = relations.flatMap((relation) => relation.columns);
  const merged = scope.merged.find(
    (column) =>
      isMerged(column) && column.name.toLowerCase() === key && column.parts.some((part) => columns.includes(part)),
  );
  if (merged !== undefined) return merged;
  const [found, other] = columns.filter((column) => column.name.toLowerCase() === key);
  if (found === undefined)
    refuse(
      "unknown-column",
      `USING names "${name.text}", which the ${side.side} side does not have.`,
      name,
      didYouMean(
        name.text,
        columns.map((column) => column.name),
      ),
    );
  if (other !== undefined)
    refuse("ambiguous-column", `The column "${name.text}" of USING is ambiguous on the ${side.side} side.`, name);
  return found;
}
