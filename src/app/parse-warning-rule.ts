import { parseYaml } from "../compiler/project/parse-yaml.ts";
import { listOf, mapping, text } from "../compiler/project/yaml-shape.ts";
import { type Checked, type Diagnostic, failed, passed } from "../domain/diagnostic.ts";
import { keepWarnings, type WarningRule } from "../domain/warning-rule.ts";

const options = mapping(
  {
    error: listOf(text),
    include: listOf(text),
    warn: listOf(text),
    exclude: listOf(text),
    silence: listOf(text),
  },
  { what: "the value of --warn-error-options" },
);

/** What `--warn-error` and `--warn-error-options` ask for together; the options are one YAML or JSON mapping. */
export function parseWarningRule(given: string | undefined, raisesAll: boolean): Checked<WarningRule> {
  const base: WarningRule = raisesAll ? { ...keepWarnings, raised: "all" } : keepWarnings;
  if (given === undefined) return passed(base);
  const parsed = parseYaml({ path: "--warn-error-options", text: given });
  if (!parsed.ok) return parsed;
  const faults: Diagnostic[] = [];
  const value = options(parsed.value, (diagnostic) => faults.push(diagnostic))?.value;
  if (faults.length > 0 || value === undefined) return failed(...faults);
  return passed({
    raised: raisesAll ? "all" : [...(value.error ?? []), ...(value.include ?? [])],
    spared: [...(value.warn ?? []), ...(value.exclude ?? [])],
    silenced: value.silence ?? [],
  });
}
