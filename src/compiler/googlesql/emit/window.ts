import { type Code, joinCode, quoteName } from "../code.ts";
import { didYouMean } from "../../nearest-name.ts";
import { refuse, refuseUnsupported } from "../refusal.ts";
import type { Frame, FrameBound, WindowSyntax } from "../syntax.ts";
import { typeText } from "../type/data-type.ts";
import type { Context } from "./context.ts";
import { orderCode, plainOrderCode, refuseUnorderable } from "./order-by.ts";

/** What stands after OVER: the name of a window, or `(…)`. */
export function windowCode(window: WindowSyntax, context: Context): Code {
  if (!context.allows.windows)
    refuse(
      "window-not-allowed",
      `A window function is not allowed in ${context.clause}.`,
      window,
      "Use QUALIFY, or compute it in a WITH query first.",
    );
  const isName = window.partitionBy.length === 0 && window.orderBy.length === 0 && window.frame === undefined;
  return isName && window.base !== undefined ? nameCode(window, context) : ["(", windowBody(window, context), ")"];
}

function nameCode(window: WindowSyntax, context: Context): Code {
  const { base } = window;
  if (base === undefined) return "";
  if (!context.windows.has(base.text.toLowerCase()))
    refuse("unknown-alias", `There is no window "${base.text}".`, base, didYouMean(base.text, context.windows.keys()));
  return quoteName(base.text);
}

/** The body of a window: its base, PARTITION BY, ORDER BY and frame. */
export function windowBody(window: WindowSyntax, context: Context): Code {
  const inner: Context = {
    ...context,
    clause: "a window",
    allows: { aggregates: context.allows.aggregates, windows: false },
  };
  const { translateExpression } = context.translation;
  const partition = window.partitionBy.map((part) => {
    const value = translateExpression(part, inner);
    refuseUnorderable(value);
    return value.code;
  });
  const parts: readonly Code[] = [
    ...(window.base === undefined ? [] : [nameCode(window, context)]),
    ...(partition.length === 0 ? [] : [["PARTITION BY ", joinCode(partition, ", ")]]),
    ...(window.orderBy.length === 0 ? [] : [["ORDER BY ", windowOrder(window, inner)]]),
    ...(window.frame === undefined ? [] : [frameCode(window.frame, inner)]),
  ];
  return joinCode(parts, " ");
}

/** RANGE with a distance takes one key. There NaN keeps DuckDB's place, so a FLOAT64 is refused. */
function windowOrder(window: WindowSyntax, context: Context): Code {
  const { frame, orderBy } = window;
  const bounds = frame === undefined ? [] : [frame.start, frame.end ?? frame.start];
  const hasDistance = frame?.unit === "range" && bounds.some((bound) => "value" in bound);
  const [item, ...others] = orderBy;
  if (!hasDistance || item === undefined) return orderCode(orderBy, context);
  const value = context.translation.translateExpression(item.value, context);
  if (others.length > 0) refuse("syntax-error", "RANGE with a distance takes one key of ORDER BY.", window);
  if (value.type.kind === "FLOAT64")
    refuseUnsupported("RANGE with a distance over a FLOAT64", value.place, "Cast the key to NUMERIC.");
  if (!["INT64", "NUMERIC", "BIGNUMERIC"].includes(value.type.kind))
    refuse("argument-type", `RANGE with a distance takes a number as key, not ${typeText(value.type)}.`, value.place);
  return plainOrderCode(value, item);
}

function frameCode(frame: Frame, context: Context): Code {
  const unit = frame.unit.toUpperCase();
  const start = boundCode(frame.start, context);
  if (frame.end === undefined) return [unit, " ", start];
  return [unit, " BETWEEN ", start, " AND ", boundCode(frame.end, context)];
}

function boundCode(bound: FrameBound, context: Context): Code {
  if (!("value" in bound)) return bound.kind.toUpperCase();
  const value = context.translation.translateExpression(bound.value, context);
  const { constant } = value;
  const isNumber = constant?.kind === "integer" || constant?.kind === "float" || constant?.kind === "decimal";
  if (!isNumber) refuseUnsupported("A bound of a window frame that is no literal", value.place);
  if (constant.text.startsWith("-"))
    refuse("argument-type", "A bound of a window frame cannot be negative.", value.place);
  return [constant.text, ` ${bound.kind.toUpperCase()}`];
}
