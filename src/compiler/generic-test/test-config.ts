import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import { didYouMean } from "../nearest-name.ts";
import { checkConfig } from "../project/check-config.ts";
import { type YamlNode, yamlData } from "../project/parse-yaml.ts";
import { renderYaml } from "../project/render-yaml.ts";
import { configTexts, mergeConfig, projectConfig, type ResolvedConfig } from "../project/resolve-config.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import type { AttachedTest } from "./attach-tests.ts";

type Report = (diagnostic: Diagnostic) => void;

/** What a test's config is resolved with. */
export interface TestConfigContext {
  readonly fqn: readonly string[];
  /** `data_tests:` of the project file. */
  readonly configs: YamlNode | undefined;
  /** What templates in a test's config see. */
  readonly environment: Environment;
  readonly report: Report;
}

/** The config of a test. */
export interface TestConfig {
  readonly resolved: ResolvedConfig;
  readonly severity: "error" | "warn";
  /** As dbt has them: those of the source, of the column and of the test sorted, then those of the project file. */
  readonly tags: readonly string[];
}

function severityOf({ values, spans }: ResolvedConfig, report: Report): "error" | "warn" {
  const value = values["severity"] ?? "error";
  const severity = typeof value === "string" ? value.toLowerCase() : undefined;
  if (severity === "error" || severity === "warn") return severity;
  const hint = severity === undefined ? undefined : didYouMean(severity, ["error", "warn"]);
  const message = `The severity of a test is "error" or "warn", found ${JSON.stringify(value)}.`;
  report(error("config-value", message, { span: spans["severity"], hint }));
  return "error";
}

/** Resolves a test's config: the project file's for its place, its own over it, templates rendered. Faults are told. */
export function resolveTestConfig(
  { declaration, attached }: AttachedTest,
  { fqn, configs, environment, report }: TestConfigContext,
): TestConfig {
  const own = declaration.config.map(({ key, keySpan, value }) => {
    const rendered = renderYaml(value, { environment, isKept: () => false, report });
    return { key, value: yamlData(rendered), span: rendered.kind === "scalar" ? rendered.span : keySpan };
  });
  const resolved = mergeConfig([projectConfig(configs, fqn), own]);
  checkConfig(resolved, "test", report);
  const ownTags = configTexts(mergeConfig([own]).values["tags"]) ?? [];
  const near = [...attached.tags, ...(declaration.column?.tags ?? []), ...ownTags].sort();
  const tags = [...new Set([...near, ...(configTexts(resolved.values["tags"]) ?? [])])];
  return { resolved, severity: severityOf(resolved, report), tags };
}
