import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { Inputs, Settings, Target } from "../../domain/settings.ts";
import { inputEnvironment, targetEnvironment } from "../template/context/yaml-environment.ts";
import { chooseTarget, parseTarget } from "./parse-target.ts";
import { type YamlNode, yamlEntry } from "./parse-yaml.ts";
import { renderYaml } from "./render-yaml.ts";
import {
  anyMapping,
  anything,
  asNode,
  listOf,
  mapping,
  mappingEntries,
  oneOf,
  type Placed,
  placed,
  type Shape,
  text,
} from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

/** A folder below the project's, without `./` before it and `/` behind it. */
const folder: Shape<string> = (node, report) => {
  const path = text(node, report);
  if (path === undefined) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (!path.startsWith("/") && !parts.includes("..")) return parts.join("/");
  report(error("project-path", `The folder "${path}" is not below the project's own.`, { span: node.span }));
  return undefined;
};

const projectFile = mapping(
  {
    name: placed(text),
    version: text,
    dialect: oneOf("bigquery", "duckdb"),
    target: asNode,
    targets: asNode,
    "model-paths": listOf(folder),
    "macro-paths": listOf(folder),
    "seed-paths": listOf(folder),
    "test-paths": listOf(folder),
    "target-path": text,
    "clean-targets": listOf(text),
    "ledger-schema": text,
    vars: anyMapping,
    models: asNode,
    seeds: asNode,
    sources: asNode,
    data_tests: asNode,
    tests: asNode,
    "config-version": anything,
  },
  {
    what: "a project file",
    needs: ["name"],
    ignored: ["require-dbt-version", "log-path", "packages-install-path", "asset-paths", "docs-paths", "dbt-cloud"],
    unsupported: [
      "profile",
      "analysis-paths",
      "snapshot-paths",
      "function-paths",
      "quoting",
      "on-run-start",
      "on-run-end",
      "dispatch",
      "query-comment",
      "restrict-access",
      "flags",
      "analyses",
      "snapshots",
      "exposures",
      "metrics",
      "semantic-models",
      "saved-queries",
      "functions",
      "unit_tests",
      "schedule",
    ],
  },
);

/** Names that no project may have, for they mean something else. */
export const reservedNames: readonly string[] = ["sql", "dbt", "tsdbt", "this", "target", "config", "ref", "source"];

function checkName({ value, span }: Placed<string>, report: Report): void {
  if (reservedNames.includes(value)) report(error("project-name", `The name "${value}" is reserved.`, { span }));
  else if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(value))
    report(
      error("project-name", `A project's name is made of letters, digits and "_", found "${value}".`, {
        span,
        hint: /^\p{N}/u.test(value) ? "It begins with a letter." : undefined,
      }),
    );
}

/** The settings, and the nested configs of each resource type as the file has them. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly configs: Readonly<Record<"model" | "seed" | "source" | "test", YamlNode | undefined>>;
}

/** Rendered already, or when they are used: vars with what the model knows, hooks when they run. */
const keptAtRoot: ReadonlySet<string> = new Set([
  "target",
  "targets",
  "vars",
  "on-run-start",
  "on-run-end",
  "query-comment",
]);

const hooks: ReadonlySet<string> = new Set(["pre-hook", "post-hook", "pre_hook", "post_hook"]);

function isKept(key: string, above: readonly string[]): boolean {
  return (above.length === 0 && keptAtRoot.has(key)) || hooks.has(key.replace(/^\+\s*/u, ""));
}

interface RenderedFile {
  readonly root: YamlNode;
  readonly target: Target | undefined;
}

/** The target comes first: whatever else the file says may depend on it (`+enabled: "{{ target.name == 'prod' }}"`). */
function renderFile(root: YamlNode, inputs: Inputs, report: Report): RenderedFile {
  if (root.kind !== "map") return { root, target: undefined };
  const target = findTarget(root, inputs, report);
  if (target === undefined) return { root, target };
  return { root: renderYaml(root, { environment: targetEnvironment(target, inputs), isKept, report }), target };
}

/** Only what leads to the target is rendered, and the target itself: the others may ask for what is not set here. */
function findTarget(root: YamlNode, inputs: Inputs, report: Report): Target | undefined {
  const render = (node: YamlNode): YamlNode =>
    renderYaml(node, { environment: inputEnvironment(inputs), isKept: () => false, report });
  const { targetName } = inputs;
  const named = targetName === undefined ? yamlEntry(root, "target") : undefined;
  const wanted = named === undefined ? undefined : placed(text)(render(named.value), report);
  if (named !== undefined && wanted === undefined) return undefined;
  const all = yamlEntry(root, "targets");
  const targets = all === undefined ? [] : mappingEntries(all.value, report);
  if (targets === undefined) return undefined;
  const span = { ...root.span, end: root.span.start };
  const choice = { targets, span, wanted: targetName ?? wanted?.value, wantedSpan: wanted?.span };
  const entry = chooseTarget(choice, report);
  return entry && parseTarget(entry.key, render(entry.value), report);
}

/**
 * The settings of a project, from its project file (`project.yml`, in `dbt_project.yml`'s grammar with `dialect`,
 * `target` and `targets`; DESIGN §1).
 */
export function parseSettings(root: YamlNode, inputs: Inputs, report: Report): Checked<ParsedSettings> {
  const faults: Diagnostic[] = [];
  const note = (diagnostic: Diagnostic): void => {
    if (diagnostic.severity === "error") faults.push(diagnostic);
    else report(diagnostic);
  };
  const rendered = renderFile(root, inputs, note);
  const value = projectFile(rendered.root, note)?.value;
  if (value?.name !== undefined) checkName(value.name, note);
  const { target } = rendered;
  if (faults.length > 0 || value?.name === undefined || target === undefined) return failed(...faults);
  const targetPath = value["target-path"] ?? "target";
  const settings: Settings = {
    name: value.name.value,
    version: value.version,
    dialect: value.dialect ?? "bigquery",
    modelPaths: value["model-paths"] ?? ["models"],
    macroPaths: value["macro-paths"] ?? ["macros"],
    seedPaths: value["seed-paths"] ?? ["seeds"],
    testPaths: value["test-paths"] ?? ["tests"],
    targetPath,
    cleanTargets: value["clean-targets"] ?? [targetPath],
    vars: value.vars ?? {},
    target,
    ledgerSchema: value["ledger-schema"] ?? "_tsdbt",
  };
  const { models: model, seeds: seed, sources: source } = value;
  return passed({ settings, configs: { model, seed, source, test: value.data_tests ?? value.tests } });
}
