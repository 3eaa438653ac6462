import { raise } from "../template-error.ts";
import { codePoints } from "../values/code-points.ts";
import { placeIn, rangeLength } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import { entryOf, isHashable } from "../values/dict.ts";
import { formatBraces } from "../values/format-braces.ts";
import { isUnknown, raiseMissing } from "../values/missing-error.ts";
import { reprValue } from "../values/print-value.ts";
import { list, missing, orElse, textOf, type TupleValue, tuple, type Value } from "../values/value.ts";
import { dictMethods, pairsOf } from "./dict-methods.ts";
import { listMethods, tupleMethods } from "./list-methods.ts";
import { boundMethod, method, type Method, type MethodTable } from "./method.ts";
import { floatMethods } from "./number-methods.ts";
import { textMethods } from "./text-methods.ts";

/** `value.name`: the attribute or method, else the item of that name, else undefined. */
export function attributeOf(value: Value, name: string): Value {
  const attribute = ownAttribute(value, name);
  if (attribute !== undefined) return attribute;
  return orElse(ownItem(value, name), () => missingAttribute(value, name));
}

/** `value[key]`: the item, else the attribute of that name, else undefined. */
export function itemOf(value: Value, key: Value): Value {
  const name = textOf(key);
  const item = ownItem(value, key);
  if (item !== undefined) return item;
  const attribute = name === undefined ? undefined : ownAttribute(value, name);
  if (attribute !== undefined) return attribute;
  if (name !== undefined && !(typeof value === "object" && value?.kind === "dict"))
    return missingAttribute(value, name);
  return missing({ what: "item", owner: describeType(value), key: reprValue(key) });
}

/** The attribute or method alone, or JS `undefined`; an attribute of an undefined value is the author's mistake. */
export function ownAttribute(value: Value, name: string): Value | undefined {
  if (value === null) return undefined;
  if (typeof value === "string")
    return boundMethod(textMethods, name, value) ?? boundMethod(formatMethods, name, value);
  if (typeof value !== "object") return undefined;
  switch (value.kind) {
    case "text":
      return boundMethod(textMethods, name, value) ?? boundMethod(formatMethods, name, value.sql.text);
    case "list":
      return boundMethod(listMethods, name, value);
    case "tuple":
      return boundMethod(tupleMethods, name, value) ?? namedPlace(value, name);
    case "dict":
      return boundMethod(dictMethods, name, value);
    case "namespace":
      return value.attributes.get(name);
    case "object":
      return value.attribute?.(name);
    case "undefined":
      return isUnknown(value) ? value : raiseMissing(value);
    case "float":
      return boundMethod(floatMethods, name, value);
    case "callable":
      return value.routine !== undefined && name === "name" ? value.name : undefined;
    case "view":
    case "range":
    case "iterator":
      return undefined;
  }
}

function namedPlace(value: TupleValue, name: string): Value | undefined {
  const place = value.names?.indexOf(name) ?? -1;
  return value.items[place];
}

function ownItem(value: Value, key: Value): Value | undefined {
  const whole = textOf(value);
  if (whole !== undefined) {
    const characters = codePoints(whole);
    const place = placeIn(key, characters.length);
    return place === undefined ? undefined : characters[place];
  }
  if (typeof value !== "object" || value === null) return undefined;
  switch (value.kind) {
    case "list":
    case "tuple": {
      const place = placeIn(key, value.items.length);
      return place === undefined ? undefined : value.items[place];
    }
    case "dict":
      return isHashable(key) ? entryOf(value, key) : undefined;
    case "range": {
      const place = placeIn(key, rangeLength(value));
      return place === undefined ? undefined : value.start + place * value.step;
    }
    case "object":
      return value.item?.(key);
    case "undefined":
      return isUnknown(value) ? value : raiseMissing(value);
    default:
      return undefined;
  }
}

function missingAttribute(value: Value, name: string): Value {
  return missing({ what: "attribute", owner: describeType(value), name, known: () => attributeNames(value) });
}

function* attributeNames(value: Value): Iterable<string> {
  if (textOf(value) !== undefined) yield* textMethods.keys();
  if (typeof value !== "object" || value === null) return;
  if (value.kind === "list") yield* listMethods.keys();
  if (value.kind === "tuple") yield* tupleMethods.keys();
  if (value.kind === "namespace") yield* value.attributes.keys();
  if (value.kind === "object") yield* value.attributeNames?.() ?? [];
  if (value.kind !== "dict") return;
  yield* dictMethods.keys();
  for (const { key } of value.entries.values()) yield textOf(key) ?? "";
}

/** `value[start:stop:step]` of a text, list, tuple or range. */
export function sliceOf(value: Value, slice: SliceBounds): Value {
  const whole = textOf(value);
  if (whole !== undefined) return sliced(codePoints(whole), slice).join("");
  if (typeof value === "object" && value !== null) {
    if (value.kind === "list") return list(sliced(value.items, slice));
    if (value.kind === "tuple") return tuple(sliced(value.items, slice));
    if (value.kind === "range") {
      const length = rangeLength(value);
      return list(
        sliced(
          Array.from({ length }, (_, index) => value.start + index * value.step),
          slice,
        ),
      );
    }
    if (isUnknown(value)) return value;
    if (value.kind === "undefined") raiseMissing(value);
  }
  return raise("template-type", `One cannot slice ${describeType(value)}.`);
}

/** The parts of a slice; JS `undefined` where one was left out. */
export interface SliceBounds {
  readonly start: number | undefined;
  readonly stop: number | undefined;
  readonly step: number | undefined;
}

function sliced<Item>(items: readonly Item[], slice: SliceBounds): readonly Item[] {
  const { start, stop, step = 1 } = slice;
  if (step === 0) raise("template-type", "The step of a slice cannot be zero.");
  const [lowest, highest] = step > 0 ? [0, items.length] : [-1, items.length - 1];
  const bound = (place: number | undefined, otherwise: number): number => {
    if (place === undefined) return otherwise;
    return Math.min(Math.max(place < 0 ? place + items.length : place, lowest), highest);
  };
  const found: Item[] = [];
  const end = bound(stop, step > 0 ? highest : lowest);
  for (let i = bound(start, step > 0 ? lowest : highest); step > 0 ? i < end : i > end; i += step) {
    const item = items[i];
    if (item !== undefined) found.push(item);
  }
  return found;
}

/** The methods of a text that look into other values. */
const formatMethods: MethodTable<string> = new Map<string, Method<string>>([
  ["format", method("any", (self, _args, call) => formatBraces(self, call, { attributeOf, itemOf }))],
  [
    "format_map",
    method(["mapping"], (self, [mapping = null]) => {
      const named = new Map(pairsOf(mapping).map(([key, value]) => [textOf(key) ?? "", value]));
      return formatBraces(self, { positional: [], named }, { attributeOf, itemOf });
    }),
  ],
]);
