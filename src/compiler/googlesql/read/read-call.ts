import { placeAround, type Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import type { Argument, Expression } from "../syntax.ts";
import type { CallForm } from "./form.ts";
import { closeNode, type Node, nodeKind, openNode, take, takeList, takeText } from "./node.ts";
import { readExpression } from "./read-expression.ts";
import { readQuery } from "./read-query.ts";
import { formOf, readName, type Reading, returnToken } from "./reading.ts";

/** Reads a `f_7(…)` of the canonical text: a call, or one of the special forms that were written as calls. */
export function readCall(reading: Reading, node: Node): Expression {
  const name = takeText(node, "name");
  const { index, token } = returnToken(reading, name);
  const form = formOf(reading, index);
  const args = takeList(node, "args");
  closeNode(node, token);
  if (form?.kind === "call") return readPlainCall(reading, { form, args, token });
  if (form?.kind === "array subquery") {
    const query = readQuery(reading, args[0]);
    return { kind: "array subquery", query, ...placeAround(token, query) };
  }
  const values = args.map((arg) => readExpression(reading, arg));
  const [first, second, third] = values;
  const place = around(token, values);
  switch (form?.kind) {
    case "cast":
      if (first === undefined) refuse("syntax-error", "A CAST has nothing to convert.", token);
      return {
        kind: "cast",
        operand: first,
        type: form.type,
        isSafe: form.isSafe,
        format: form.hasFormat ? second : undefined,
        zone: third,
        ...placeAround(place, form.type),
      };
    case "extract":
      if (first === undefined) refuse("syntax-error", "An EXTRACT has nothing to read from.", token);
      return { kind: "extract", part: form.part, operand: first, zone: second, ...place };
    case "interval":
      if (first === undefined) refuse("syntax-error", "An INTERVAL has no value.", token);
      return { kind: "interval", value: first, from: form.from, to: form.to, ...place };
    case "array":
      return { kind: "array", type: form.type, elements: values, ...place };
    case "struct":
      return {
        kind: "struct",
        type: form.type,
        isTuple: form.isTuple,
        fields: values.map((value, position) => ({ name: form.names[position], value })),
        ...place,
      };
    default:
      refuse("lost-syntax", "A part of this query was misread.", token);
  }
}

function around(first: Place, rest: readonly Place[]): Place {
  const place = rest.reduce<Place>(placeAround, first);
  return { start: place.start, end: place.end };
}

interface PlainCall {
  readonly form: CallForm;
  readonly args: readonly unknown[];
  readonly token: Place;
}

function readPlainCall(reading: Reading, { form, args }: PlainCall): Expression {
  const { argumentCount } = form;
  const hasStar = argumentCount === 1 && nodeKind(args[0]) === "star";
  const values = args.slice(0, argumentCount).map((arg) => readArgument(reading, arg, hasStar));
  const rest = args.slice(argumentCount).map((arg) => readExpression(reading, arg));
  const havingValue = form.having === undefined ? undefined : rest.shift();
  const limit = form.hasLimit ? rest.pop() : undefined;
  const orderBy = rest.map((value, position) => ({
    value,
    isDescending: form.orderBy[position]?.isDescending ?? false,
    nulls: form.orderBy[position]?.nulls,
    start: value.start,
    end: value.end,
  }));
  if (orderBy.length !== form.orderBy.length)
    refuse("lost-syntax", "A part of this query was misread.", form.namePlace);
  const written = values.filter((value) => value !== undefined);
  return {
    kind: "call",
    name: form.name,
    namePlace: form.namePlace,
    isSafe: form.isSafe,
    hasStar,
    arguments: written,
    isDistinct: form.isDistinct,
    nulls: form.nulls,
    having:
      form.having === undefined || havingValue === undefined ? undefined : { which: form.having, value: havingValue },
    orderBy,
    limit,
    over: undefined,
    ...around(
      form.namePlace,
      written.map(({ value }) => value),
    ),
  };
}

function readArgument(reading: Reading, value: unknown, isStar: boolean): Argument | undefined {
  if (isStar) return undefined;
  if (nodeKind(value) !== "named_argument") return { name: undefined, value: readExpression(reading, value) };
  const node = openNode(value);
  const name = readName(reading, take(node, "name"));
  const argument = { name, value: readExpression(reading, take(node, "value")) };
  closeNode(node, name);
  return argument;
}
