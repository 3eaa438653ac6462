import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { RelationKind } from "../../domain/relation.ts";
import { didYouMean } from "../nearest-name.ts";
import { checkConfig } from "../project/check-config.ts";
import type { ConfigEntry } from "../project/config-entry.ts";
import { type YamlEntry, yamlData } from "../project/parse-yaml.ts";
import { renderYaml } from "../project/render-yaml.ts";
import { configTexts, mergeConfig, type ResolvedConfig } from "../project/resolve-config.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The config of a test. */
export interface TestConfig {
  readonly resolved: ResolvedConfig;
  readonly severity: "error" | "warn";
  /** As dbt has them: those of the source, of the column and of the test sorted, then those of the project file. */
  readonly tags: readonly string[];
  /** What the rows that fail are kept as: a table or a view; `none` where they are not; `undefined` where the call decides. */
  readonly keeps: RelationKind | "none" | undefined;
}

/** The layers of a test's config, the later ones stronger; `near` are tags that it has from what it is declared for. */
export interface TestConfigLayers {
  readonly project: readonly ConfigEntry[];
  /** What the generic test itself says, or the file of a singular one. */
  readonly block: readonly ConfigEntry[];
  readonly own: readonly ConfigEntry[];
  /** What the project says of the tests of a package. */
  readonly overrides?: readonly ConfigEntry[] | undefined;
  readonly near: readonly string[];
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

function keepsOf({ values, spans }: ResolvedConfig, report: Report): TestConfig["keeps"] {
  const as = values["store_failures_as"] ?? undefined;
  const keeps = values["store_failures"] ?? undefined;
  if (as === undefined) return keeps === undefined ? undefined : keeps === true ? "table" : "none";
  if (as === "ephemeral") return "none";
  if (as === "table" || as === "view") return as;
  const kinds = ["table", "view", "ephemeral"];
  report(
    error("config-value", `The failures of a test cannot be stored as ${JSON.stringify(as)}.`, {
      span: spans["store_failures_as"],
      hint: `It is one of ${kinds.map((kind) => `"${kind}"`).join(", ")}.`,
    }),
  );
  return "none";
}

/** The config that a property file gives a test, its templates rendered. */
export function renderTestConfig(
  entries: readonly YamlEntry[],
  environment: Environment,
  report: Report,
): readonly ConfigEntry[] {
  return entries.map(({ key, keySpan, value }) => {
    const rendered = renderYaml(value, { environment, isKept: () => false, report });
    return { key, value: yamlData(rendered), span: rendered.kind === "scalar" ? rendered.span : keySpan };
  });
}

/** Resolves a test's config from its layers. Faults are told. */
export function resolveTestConfig(
  { project, block, own, overrides = [], near }: TestConfigLayers,
  report: Report,
): TestConfig {
  const resolved = mergeConfig([project, block, own, overrides]);
  checkConfig(resolved, "test", report);
  const ownTags = configTexts(mergeConfig([own]).values["tags"]) ?? [];
  const first = [...near, ...ownTags].sort();
  const tags = [...new Set([...first, ...(configTexts(resolved.values["tags"]) ?? [])])];
  return { resolved, severity: severityOf(resolved, report), tags, keeps: keepsOf(resolved, report) };
}
