import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import { dbtVersion } from "../../domain/dbt-version.ts";
import type { DataMap } from "../../domain/data.ts";
import type { QueryCommentSetting } from "../../domain/query-comment.ts";
import type { Inputs, Settings } from "../../domain/settings.ts";
import { targetEnvironment } from "../template/context/yaml-environment.ts";
import { type FoundTarget, findTarget, type TargetPlace } from "./find-target.ts";
import { defaultQueryComment } from "./query-comment-setting.ts";
import type { RunHookTexts } from "./run-hook-texts.ts";
import { type YamlNode, yamlEntry } from "./parse-yaml.ts";
import { checkRequiredVersion } from "./required-version.ts";
import { renderYaml } from "./render-yaml.ts";
import { type ConfigBlocks, configBlocks, dbtFile, ownFile, resourcePaths, runHookTexts } from "./project-file.ts";
import { anyMapping, mapping, type Placed } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

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
  /** `dispatch:`: the packages in which the macros of a namespace are looked for, in order. */
  readonly searchOrders: ReadonlyMap<string, readonly string[]>;
  readonly runHooks: RunHookTexts;
  readonly configs: ConfigBlocks;
  /** The installed packages by their names. */
  readonly packages?: ReadonlyMap<string, ParsedSettings> | undefined;
  /** `undefined`: statements carry none. */
  readonly queryComment: QueryCommentSetting | undefined;
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

/** Whether the value of a key of a project file is rendered when it is used, and not with the file. */
export function isKeptKey(key: string, above: readonly string[]): boolean {
  return (above.length === 0 && keptAtRoot.has(key)) || hooks.has(key.replace(/^\+\s*/u, ""));
}

/** A project's own file, read, and where its targets stand. */
export interface SettingsFile {
  readonly root: YamlNode;
  readonly targets: TargetPlace;
  /** `vars.yml`. */
  readonly vars?: YamlNode | undefined;
}

interface RenderedFile {
  readonly root: YamlNode;
  readonly found: FoundTarget | undefined;
}

const varsFile = mapping({ vars: anyMapping }, { what: "vars.yml" });

/** The vars of a project: those of its own file, or of `vars.yml`; that both have some is told. */
function varsOf(own: DataMap | undefined, file: YamlNode | undefined, report: Report): DataMap {
  const other = file === undefined ? undefined : varsFile(file, report)?.value.vars;
  if (own !== undefined && other !== undefined && file !== undefined)
    report(
      error("vars-twice", "The project file and vars.yml both have vars.", {
        span: yamlEntry(file, "vars")?.keySpan,
        hint: "Keep them in one of the two.",
      }),
    );
  return own ?? other ?? {};
}

/** The target comes first: whatever else the file says may depend on it (`+enabled: "{{ target.name == 'prod' }}"`). */
function renderFile({ root, targets }: SettingsFile, inputs: Inputs, report: Report): RenderedFile {
  if (root.kind !== "map") return { root, found: undefined };
  const found = findTarget(root, targets, { inputs, report });
  if (found === undefined) return { root, found };
  const environment = targetEnvironment(found.target, { inputs, profileName: found.profileName });
  return { root: renderYaml(root, { environment, isKept: isKeptKey, report }), found };
}

/**
 * The settings of a project, from its project file: `project.yml`, in `dbt_project.yml`'s grammar with `dialect`, `target`
 * and `targets`, or `dbt_project.yml` itself, whose target is one of a profile and gives the dialect too (DESIGN §1).
 */
export function parseSettings(file: SettingsFile, inputs: Inputs, report: Report): Checked<ParsedSettings> {
  const faults: Diagnostic[] = [];
  const note = (diagnostic: Diagnostic): void => {
    if (diagnostic.severity === "error") faults.push(diagnostic);
    else report(diagnostic);
  };
  const isDbt = file.targets.kind === "profiles";
  const { root, found } = renderFile(file, inputs, note);
  const value = (isDbt ? dbtFile : ownFile)(root, note)?.value;
  if (value?.name !== undefined) checkName(value.name, note);
  if (inputs.ignoresVersion !== true) checkRequiredVersion(value?.["require-dbt-version"] ?? [], dbtVersion, note);
  const vars = varsOf(value?.vars, file.vars, note);
  if (faults.length > 0 || value?.name === undefined || found === undefined) return failed(...faults);
  const { target } = found;
  const targetPath = value["target-path"] ?? "target";
  const settings: Settings = {
    name: value.name.value,
    profileName: found.profileName ?? value.name.value,
    version: value.version,
    dialect: value.dialect ?? (isDbt ? target.type : "bigquery"),
    ...resourcePaths(value),
    packagesPath: value["packages-install-path"] ?? "dbt_packages",
    targetPath,
    cleanTargets: value["clean-targets"] ?? [targetPath],
    vars,
    target,
    ledgerSchema: value["ledger-schema"] ?? "_tsdbt",
  };
  const comment = value["query-comment"] ?? defaultQueryComment;
  return passed({
    settings,
    searchOrders: new Map(
      (value.dispatch ?? []).flatMap((entry) =>
        entry.value.macro_namespace === undefined
          ? []
          : [[entry.value.macro_namespace, entry.value.search_order ?? []] as const],
      ),
    ),
    runHooks: runHookTexts(root.span.file, value),
    configs: configBlocks(value),
    queryComment: comment === "none" ? undefined : comment,
  });
}
