import type { DataMap } from "../../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { DuckdbTarget, Inputs, Settings, Target } from "../../domain/settings.ts";
import type { Span } from "../../domain/source-file.ts";
import { nearestName } from "../nearest-name.ts";
import type { YamlNode } from "./parse-yaml.ts";
import {
  anyMapping,
  anything,
  asNode,
  listOf,
  mapOf,
  mapping,
  oneOf,
  placed,
  positiveInteger,
  required,
  text,
} from "./yaml-shape.ts";

const projectFile = mapping(
  {
    name: placed(text),
    version: text,
    dialect: oneOf("bigquery", "duckdb"),
    target: placed(text),
    targets: mapOf(asNode),
    "model-paths": listOf(text),
    "macro-paths": listOf(text),
    "seed-paths": listOf(text),
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
    ignored: ["require-dbt-version", "log-path", "packages-install-path", "asset-paths", "docs-paths", "dbt-cloud"],
    unsupported: [
      "profile",
      "test-paths",
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
      "snapshots",
      "exposures",
      "unit_tests",
      "schedule",
    ],
  },
);

const targetType = mapping({ type: placed(text) }, { what: "a target", others: () => undefined });

const duckdbTarget = mapping(
  {
    type: text,
    path: text,
    schema: text,
    threads: positiveInteger,
  },
  {
    what: "a DuckDB target",
    unsupported: ["database", "extensions", "settings", "secrets", "attach", "external_root", "config_options"],
  },
);

const reservedNames: readonly string[] = ["sql", "dbt", "tsdbt", "this", "target", "config", "ref", "source"];

function isProjectName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !reservedNames.includes(name);
}

/** The name that DuckDB gives a database file: the file's name without folders and without what follows the first dot. */
function databaseName(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1);
  return path === ":memory:" ? "memory" : base.replace(/\..*$/u, "");
}

function parseTarget(name: string, node: YamlNode, report: (diagnostic: Diagnostic) => void): Target | undefined {
  const head = targetType(node, report);
  const type = required(head?.value.type, { key: "type", what: "target", span: node.span }, report);
  if (type === undefined) return undefined;
  if (type.value !== "duckdb") {
    const hint = type.value === "bigquery" ? "tsdbt does not run on BigQuery yet." : undefined;
    report(error("target-type", `A target has the type "duckdb", found "${type.value}".`, { span: type.span, hint }));
    return undefined;
  }
  const read = duckdbTarget(node, report);
  const path = required(read?.value.path, { key: "path", what: "target", span: node.span }, report);
  if (read === undefined || path === undefined) return undefined;
  const target: DuckdbTarget = {
    type: "duckdb",
    name,
    path,
    database: databaseName(path),
    schema: read.value.schema ?? "main",
    threads: read.value.threads ?? 1,
  };
  return target;
}

/** The settings, and the nested configs of each resource type as the file has them. */
export interface ParsedSettings {
  readonly settings: Settings;
  readonly configs: Readonly<Record<"model" | "seed" | "source" | "test", YamlNode | undefined>>;
}

interface NamedTargets {
  readonly targets: Readonly<Record<string, YamlNode>>;
  readonly span: Span;
  /** The target that the file names, or the command line; the only one there is, if neither does. */
  readonly wanted: string | undefined;
  readonly wantedSpan: Span | undefined;
}

function chooseTarget(named: NamedTargets, report: (diagnostic: Diagnostic) => void): Target | undefined {
  const names = Object.keys(named.targets);
  const wanted = named.wanted ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) {
    const message =
      names.length === 0
        ? "The project has no targets."
        : "The project has several targets and names none as its default.";
    const hint = names.length === 0 ? 'Add one under "targets".' : `Add "target: ${names[0] ?? ""}" or pass --target.`;
    report(error("no-target", message, { span: named.span, hint }));
    return undefined;
  }
  const node = named.targets[wanted];
  if (node !== undefined) return parseTarget(wanted, node, report);
  const near = nearestName(wanted, names);
  report(
    error("unknown-target", `There is no target "${wanted}" in the project.`, {
      span: named.wantedSpan,
      hint:
        near === undefined
          ? `The targets are ${names.map((name) => `"${name}"`).join(", ")}.`
          : `Did you mean "${near}"?`,
    }),
  );
  return undefined;
}

/**
 * The settings of a project, from its project file (`project.yml`, in `dbt_project.yml`'s grammar with `dialect`,
 * `target` and `targets`; DESIGN §1). `root` is the file's YAML with its templates already rendered.
 */
export function parseSettings(
  root: YamlNode,
  inputs: Inputs,
  report: (diagnostic: Diagnostic) => void,
): Checked<ParsedSettings> {
  const found: Diagnostic[] = [];
  const note = (diagnostic: Diagnostic): void => {
    if (diagnostic.severity === "error") found.push(diagnostic);
    else report(diagnostic);
  };
  const file = projectFile(root, note);
  if (file === undefined) return failed(...found);
  const { value, span } = file;
  const start = { ...span, end: span.start };
  const name = required(value.name, { key: "name", what: "project file", span: start }, note);
  if (name !== undefined && !isProjectName(name.value))
    note(
      error("project-name", `A project's name is made of letters, digits and "_", found "${name.value}".`, {
        span: name.span,
        hint: reservedNames.includes(name.value) ? "This name is reserved." : undefined,
      }),
    );
  const target = chooseTarget(
    {
      targets: value.targets ?? {},
      span: start,
      wanted: inputs.targetName ?? value.target?.value,
      wantedSpan: inputs.targetName === undefined ? value.target?.span : undefined,
    },
    note,
  );
  if (found.length > 0 || name === undefined || target === undefined) return failed(...found);
  const targetPath = value["target-path"] ?? "target";
  const none: DataMap = {};
  const settings: Settings = {
    name: name.value,
    version: value.version,
    dialect: value.dialect ?? "bigquery",
    modelPaths: value["model-paths"] ?? ["models"],
    macroPaths: value["macro-paths"] ?? ["macros"],
    seedPaths: value["seed-paths"] ?? ["seeds"],
    targetPath,
    cleanTargets: value["clean-targets"] ?? [targetPath],
    vars: value.vars ?? none,
    target,
    ledgerSchema: value["ledger-schema"] ?? "_tsdbt",
  };
  const configs = {
    model: value.models,
    seed: value.seeds,
    source: value.sources,
    test: value.data_tests ?? value.tests,
  };
  return passed({ settings, configs });
}
