import { parseYaml, yamlData } from "../compiler/project/parse-yaml.ts";
import { type DataMap, isDataMap } from "../domain/data.ts";
import { type Checked, error, failed, passed } from "../domain/diagnostic.ts";

/** The mapping that an option such as `--vars` gives, in YAML or JSON. */
export function parseVars(text: string, option: "--vars" | "--args" = "--vars"): Checked<DataMap> {
  const file = { path: option, text };
  const parsed = parseYaml(file);
  if (!parsed.ok) return parsed;
  const data = yamlData(parsed.value);
  if (isDataMap(data)) return passed(data);
  return failed(
    error(option === "--vars" ? "vars" : "args", `The value of ${option} is one mapping from names to values.`, {
      span: { file, start: 0, end: text.length },
      hint: `Write ${option} '{name: value}'.`,
    }),
  );
}
