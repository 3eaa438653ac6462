import { createHash } from "node:crypto";
import type { Data } from "../../../domain/data.ts";
import { printYaml, readYamlText } from "../../project/yaml-text.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { raise, TemplateError } from "../template-error.ts";
import { arrayOf, isTrue, itemsOf } from "../values/collection.ts";
import { describeType } from "../values/describe-type.ts";
import { dict, entryOf, setEntry } from "../values/dict.ts";
import { fromData, toData } from "../values/convert-data.ts";
import { printJson } from "../values/print-json.ts";
import { printValue } from "../values/print-value.ts";
import { setValue } from "../values/set-value.ts";
import { iterator, list, orElse, textOf, tuple, type Value } from "../values/value.ts";

/** What `run` gives, or the default where it fails with a mistake of the author's. */
function orDefault(fallback: Value | undefined, run: () => Value): Value {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof TemplateError) return orElse(fallback, () => null);
    throw cause;
  }
}

function parseJson(text: string): Value {
  let data: Data;
  try {
    data = JSON.parse(text) as Data;
  } catch {
    return raise("template-type", "This text is not JSON.");
  }
  return fromData(data);
}

function fromJson(call: Call): Value {
  const bound = bindArguments(call, { required: ["string"], optional: ["default"] });
  return orDefault(bound.default, () => parseJson(textOf(bound.string) ?? raise("template-type", "JSON is a text.")));
}

function toJson(call: Call): Value {
  const bound = bindArguments(call, { required: ["value"], optional: ["default", "sort_keys"] });
  const isSorted = isTrue(bound.sort_keys ?? false);
  return orDefault(bound.default, () => printJson(bound.value, { indent: undefined, isSorted }));
}

function fromYaml(call: Call): Value {
  const bound = bindArguments(call, { required: ["value"], optional: ["default"] });
  const read = readYamlText(textOf(bound.value) ?? printValue(bound.value));
  return read === undefined ? orElse(bound.default, () => null) : fromData(read);
}

function toYaml(call: Call): Value {
  const bound = bindArguments(call, { required: ["value"], optional: ["default", "sort_keys"] });
  const isSorted = isTrue(bound.sort_keys ?? false);
  return orDefault(bound.default, () => printYaml(toData(bound.value), isSorted ? "sorted" : "as given"));
}

function makeSet(call: Call): Value {
  const bound = bindArguments(call, { required: ["value"], optional: ["default"] });
  return orDefault(bound.default, () => setValue(arrayOf(bound.value)));
}

function zipped(values: readonly Value[]): readonly Value[] {
  const pools = values.map((value) => arrayOf(value));
  const length = pools.length === 0 ? 0 : Math.min(...pools.map((pool) => pool.length));
  return Array.from({ length }, (_, index) => tuple(pools.map((pool) => pool[index] ?? null)));
}

function zip(call: Call): Value {
  if (call.positional.some((value) => itemsOf(value) === undefined))
    return orElse(call.named.get("default"), () => null);
  return iterator("zip object", zipped(call.positional));
}

/** What the values of each key of the first dictionary hold that those of the second do not; case does not count for texts. */
function difference(call: Call): Value {
  const { dict_a, dict_b } = bindArguments(call, { required: ["dict_a", "dict_b"] });
  if (typeof dict_a !== "object" || dict_a?.kind !== "dict" || typeof dict_b !== "object" || dict_b?.kind !== "dict")
    return raise("argument-type", `"diff_of_two_dicts" takes two dictionaries, found ${describeType(dict_a)}.`);
  const lower = (value: Value): string => printValue(value).toLowerCase();
  const other = dict([...dict_b.entries.values()].map(({ key, value }) => [lower(key), value] as const));
  const found = dict();
  for (const { key, value } of dict_a.entries.values()) {
    const known = entryOf(other, lower(key));
    const without = known === undefined ? [] : arrayOf(known).map(lower);
    const left = arrayOf(value).filter((item) => !without.includes(lower(item)));
    if (left.length > 0) setEntry(found, lower(key), list(known === undefined ? arrayOf(value) : left));
  }
  return found;
}

function digest(call: Call): Value {
  const { value } = bindArguments(call, { required: ["value"] });
  return createHash("md5").update(printValue(value)).digest("hex");
}

/** The functions of dbt's context that only make values of values. */
export const dataFunctions: Readonly<Record<string, Value>> = {
  fromjson: callable("fromjson", fromJson),
  tojson: callable("tojson", toJson),
  fromyaml: callable("fromyaml", fromYaml),
  toyaml: callable("toyaml", toYaml),
  set: callable("set", makeSet),
  set_strict: callable("set_strict", (call) => setValue(arrayOf(bindArguments(call, { required: ["value"] }).value))),
  zip: callable("zip", zip),
  zip_strict: callable("zip_strict", (call) => iterator("zip object", zipped(call.positional))),
  local_md5: callable("local_md5", digest),
  diff_of_two_dicts: callable("diff_of_two_dicts", difference),
};
