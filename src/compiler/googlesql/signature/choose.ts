import { didYouMean } from "../../nearest-name.ts";
import type { Place } from "../place.ts";
import { refuse } from "../refusal.ts";
import type { Name } from "../syntax.ts";
import { coerce } from "../type/cast.ts";
import { coercionCost, commonType } from "../type/coercion.ts";
import { arrayOf, containsType, type DataType, scalar, typeText } from "../type/data-type.ts";
import { makeValue, type Value } from "../value.ts";
import { type Parameter, patternType, type Signature, signatureText, type TypePattern } from "./signature.ts";

/** An argument of a call, translated. */
export interface GivenArgument {
  readonly name: Name | undefined;
  readonly value: Value;
}

/** A call that is to be matched with the signatures of its function. `shown` is the function as the author knows it. */
export interface GivenCall {
  readonly shown: string;
  readonly place: Place;
  readonly arguments: readonly GivenArgument[];
}

/** The signature that fits best, its arguments with the types that it wants, and what it gives. */
export interface Chosen {
  readonly signature: Signature;
  readonly arguments: readonly Value[];
  readonly type: DataType;
}

type Variables = ReadonlyMap<string, DataType>;

/** Picks the signature whose types are nearest to the arguments', or refuses with what the function takes. */
export function chooseSignature(call: GivenCall, signatures: readonly Signature[]): Chosen {
  let best:
    | {
        readonly signature: Signature;
        readonly slots: readonly Slot[];
        readonly variables: Variables;
        readonly cost: number;
      }
    | undefined;
  let hasArity = false;
  for (const signature of signatures) {
    const slots = arrange(call, signature);
    if (slots === undefined) continue;
    hasArity = true;
    const variables = bindVariables(slots);
    const cost = variables === undefined ? undefined : totalCost(slots, variables);
    if (variables === undefined || cost === undefined || (best !== undefined && best.cost <= cost)) continue;
    best = { signature, slots, variables, cost };
  }
  if (best === undefined) return hasArity ? refuseTypes(call, signatures) : refuseArity(call, signatures);
  const { signature, slots, variables } = best;
  const type = patternType(signature.returns, variables) ?? scalar("INT64");
  return { signature, arguments: slots.map((slot) => fitted(slot, variables, call.place)), type };
}

interface Slot {
  readonly parameter: Parameter;
  readonly value: Value | undefined;
}

/** Puts the arguments into the places of the parameters; `undefined` if there are too many, too few or unknown ones. */
function arrange(call: GivenCall, signature: Signature): readonly Slot[] | undefined {
  const positional = call.arguments.filter((argument) => argument.name === undefined);
  const named = new Map(
    call.arguments.flatMap(({ name, value }) => (name === undefined ? [] : [[name.text.toLowerCase(), value]])),
  );
  const slots: Slot[] = [];
  let next = 0;
  for (const parameter of signature.parameters) {
    if (parameter.isRepeated) {
      for (; next < positional.length; next++) slots.push({ parameter, value: positional[next]?.value });
      continue;
    }
    const given = parameter.name === undefined ? undefined : named.get(parameter.name);
    const value = given ?? (parameter.isNamedOnly ? undefined : positional[next]?.value);
    if (given !== undefined) named.delete(parameter.name ?? "");
    else if (value !== undefined) next++;
    else if (parameter.fallback === undefined) return undefined;
    slots.push({ parameter, value });
  }
  return next < positional.length || named.size > 0 ? undefined : slots;
}

function bindVariables(slots: readonly Slot[]): Variables | undefined {
  const found = new Map<string, Pick<Value, "type" | "constant" | "parts">[]>();
  for (const { parameter, value } of slots) {
    if (value === undefined) continue;
    const bound = bindOne(parameter.pattern, value);
    if (bound === undefined) continue;
    found.set(bound.letter, [...(found.get(bound.letter) ?? []), ...bound.values]);
  }
  const variables = new Map<string, DataType>();
  for (const [letter, values] of found) {
    const type = commonType(values.length === 0 ? [nullLike] : values);
    if (type === undefined) return undefined;
    variables.set(letter, type);
  }
  return variables;
}

const nullLike: Pick<Value, "type" | "constant" | "parts"> = {
  type: scalar("INT64"),
  constant: { kind: "null" },
  parts: undefined,
};

function bindOne(
  pattern: TypePattern,
  value: Value,
): { readonly letter: string; readonly values: readonly Pick<Value, "type" | "constant" | "parts">[] } | undefined {
  if (pattern.kind === "variable") return { letter: pattern.letter, values: [value] };
  if (pattern.kind !== "array" || pattern.element.kind !== "variable") return undefined;
  const { letter } = pattern.element;
  if (value.type.kind !== "ARRAY" || value.constant?.kind === "empty array") return { letter, values: [] };
  if (value.parts !== undefined) return { letter, values: value.parts };
  return { letter, values: [{ type: value.type.element, constant: undefined, parts: undefined }] };
}

function wantedType(pattern: TypePattern, variables: Variables): DataType | undefined {
  if (pattern.kind === "array" && patternType(pattern, variables) === undefined) return arrayOf(scalar("INT64"));
  return patternType(pattern, variables);
}

function totalCost(slots: readonly Slot[], variables: Variables): number | undefined {
  let total = 0;
  for (const { parameter, value } of slots) {
    if (value === undefined || parameter.pattern.kind === "anything") continue;
    const type = wantedType(parameter.pattern, variables);
    const cost = type === undefined ? undefined : coercionCost(value, type);
    if (cost === undefined) return undefined;
    total += cost;
  }
  return total;
}

function fitted({ parameter, value }: Slot, variables: Variables, place: Place): Value {
  if (value === undefined) return makeValue({ code: parameter.fallback ?? "NULL", type: scalar("INT64"), place });
  const type = wantedType(parameter.pattern, variables);
  return type === undefined ? value : (coerce(value, type) ?? value);
}

function refuseArity(call: GivenCall, signatures: readonly Signature[]): never {
  const known = signatures.flatMap(({ parameters }) => parameters.flatMap(({ name }) => name ?? []));
  for (const { name } of call.arguments)
    if (name !== undefined && !known.includes(name.text.toLowerCase()))
      refuse("unknown-argument", `${call.shown} has no argument "${name.text}".`, name, didYouMean(name.text, known));
  const count = call.arguments.length;
  refuse(
    "argument-count",
    `${call.shown} does not take ${count} ${count === 1 ? "argument" : "arguments"}.`,
    call.place,
    formsOf(call, signatures),
  );
}

function refuseTypes(call: GivenCall, signatures: readonly Signature[]): never {
  const values = call.arguments.map(({ value }) => value);
  const untyped = values.find((value) => containsType(value.type, (type) => type.kind === "UNKNOWN"));
  if (untyped !== undefined)
    refuse(
      "untyped",
      `The type of ${untyped.name === undefined ? "this value" : `"${untyped.name}"`} is not known, and ${call.shown} depends on it.`,
      untyped.place,
      "Declare the column's data_type where its table is described.",
    );
  const types = values.map((value) => (value.constant?.kind === "null" ? "NULL" : typeText(value.type)));
  refuse(
    "argument-type",
    `${call.shown} does not take ${types.length === 1 ? "an argument" : "arguments"} of type ${types.join(", ")}.`,
    call.place,
    formsOf(call, signatures),
  );
}

function formsOf(call: GivenCall, signatures: readonly Signature[]): string {
  const forms = [...new Set(signatures.map((signature) => `${call.shown}${signatureText(signature)}`))];
  const shown = forms.slice(0, 6).join(", ");
  return `It is called as ${shown}${forms.length > 6 ? ", …" : ""}.`;
}
