import { type Data, isDataList, isDataMap } from "../../domain/data.ts";
import { parseYaml, yamlData } from "./parse-yaml.ts";
import { readPlainScalar } from "./read-plain-scalar.ts";

/** The data of a YAML text; JS `undefined` where it is none. */
export function readYamlText(text: string): Data | undefined {
  if (text.trim() === "") return null;
  const parsed = parseYaml({ path: "fromyaml", text });
  return parsed.ok ? yamlData(parsed.value) : undefined;
}

/** Whether a text would be read as something else, or not at all, if it stood there without quotes. */
function needsQuotes(text: string): boolean {
  return (
    text === "" ||
    text !== text.trim() ||
    readPlainScalar(text) !== text ||
    /^[-?:,[\]{}#&*!|>'"%@`]|: |:$| #|^(?:---|\.\.\.)|[\n\r\t]/u.test(text) ||
    /^(?:y|n|yes|no|on|off|~|null|true|false)$/iu.test(text) ||
    /^[-+]?[.\d]/u.test(text)
  );
}

function scalarText(data: Data): string {
  if (data === null) return "null";
  if (typeof data !== "string") return typeof data === "number" ? String(data) : String(data === true);
  if (!needsQuotes(data)) return data;
  return /[\n\r\t\\]/u.test(data) ? JSON.stringify(data) : `'${data.replaceAll("'", "''")}'`;
}

function isInline(data: Data): boolean {
  if (isDataList(data)) return data.length === 0;
  return isDataMap(data) ? Object.keys(data).length === 0 : true;
}

function lines(data: Data, indent: string, order: YamlOrder): string {
  if (isDataList(data)) {
    if (data.length === 0) return `${indent}[]\n`;
    return data
      .map((item) => {
        if (isInline(item)) return `${indent}- ${inlineText(item)}\n`;
        const inner = lines(item, `${indent}  `, order);
        return `${indent}- ${inner.slice(indent.length + 2)}`;
      })
      .join("");
  }
  if (!isDataMap(data)) return `${indent}${scalarText(data)}\n`;
  const entries = Object.entries(data);
  if (entries.length === 0) return `${indent}{}\n`;
  if (order === "sorted") entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries
    .map(([key, value]) => {
      const head = `${indent}${scalarText(key)}:`;
      if (isInline(value)) return `${head} ${inlineText(value)}\n`;
      return `${head}\n${lines(value, isDataList(value) ? indent : `${indent}  `, order)}`;
    })
    .join("");
}

function inlineText(data: Data): string {
  if (isDataList(data)) return "[]";
  return isDataMap(data) ? "{}" : scalarText(data);
}

/** Whether the keys of mappings are put in order. */
export type YamlOrder = "sorted" | "as given";

/** Data as YAML text, in the style of PyYAML, which dbt prints with. */
export function printYaml(data: Data, order: YamlOrder): string {
  if (isDataList(data) || isDataMap(data)) return lines(data, "", order);
  return `${scalarText(data)}\n...\n`;
}
