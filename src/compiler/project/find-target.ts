import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Inputs, Target } from "../../domain/settings.ts";
import type { Span } from "../../domain/source-file.ts";
import { inputEnvironment } from "../template/context/yaml-environment.ts";
import { chooseTarget } from "./choose-target.ts";
import { parseTarget } from "./parse-target.ts";
import { type YamlEntry, type YamlNode, yamlEntry } from "./parse-yaml.ts";
import { renderYaml } from "./render-yaml.ts";
import { mappingEntries, type Placed, placed, text } from "./yaml-shape.ts";
import { didYouMean } from "../nearest-name.ts";

type Report = (diagnostic: Diagnostic) => void;

/** Where the targets of a project stand: in its own file, or in a file of profiles beside it. */
export type TargetPlace =
  | { readonly kind: "own" }
  | { readonly kind: "profiles"; readonly root: YamlNode | undefined; readonly folders: readonly string[] };

/** Where a project runs. `profileName`: the profile that the target is of, if the project has it from one. */
export interface FoundTarget {
  readonly target: Target;
  readonly profileName: string | undefined;
}

interface Search {
  readonly inputs: Inputs;
  readonly report: Report;
}

/** Only what leads to the target is rendered, and the target itself: the others may ask for what is not set here. */
function render(node: YamlNode, { inputs, report }: Search): YamlNode {
  return renderYaml(node, { environment: inputEnvironment(inputs), isKept: () => false, report });
}

function headOf(node: YamlNode): Span {
  return { ...node.span, end: node.span.start };
}

/** The value of a key as text, its template rendered; `"broken"` where it has a fault, which was told. */
function renderedText(entry: YamlEntry | undefined, search: Search): Placed<string> | "broken" | undefined {
  if (entry === undefined) return undefined;
  return placed(text)(render(entry.value, search), search.report) ?? "broken";
}

interface Holder {
  readonly node: YamlNode;
  readonly name: string;
  readonly key: "targets" | "outputs";
  /** The target where the file names none. */
  readonly fallback: string | undefined;
  readonly span: Span;
}

function targetOf({ node, name, key, fallback, span }: Holder, search: Search): Target | undefined {
  const { inputs, report } = search;
  const named = inputs.targetName === undefined ? renderedText(yamlEntry(node, "target"), search) : undefined;
  if (named === "broken") return undefined;
  const all = yamlEntry(node, key);
  const targets = all === undefined ? [] : mappingEntries(all.value, report);
  if (targets === undefined) return undefined;
  const wanted = inputs.targetName ?? named?.value ?? (targets.length === 1 ? undefined : fallback);
  const choice = { targets, holder: name, key, span, wanted, wantedSpan: named?.span };
  const entry = chooseTarget(choice, report);
  return entry && parseTarget(entry.key, render(entry.value, search), report);
}

function noProfiles(folders: readonly string[], span: Span): Diagnostic {
  return error("no-profiles", 'There is no file "profiles.yml", which says where a dbt project runs.', {
    span,
    hint: `It was looked for in ${folders.map((each) => `"${each}"`).join(", ")}; --profiles-dir names another folder.`,
  });
}

function inProfile(
  project: YamlNode,
  { root, folders }: Extract<TargetPlace, { kind: "profiles" }>,
  search: Search,
): FoundTarget | undefined {
  const { inputs, report } = search;
  const named = inputs.profileName === undefined ? renderedText(yamlEntry(project, "profile"), search) : undefined;
  if (named === "broken") return undefined;
  const profileName = inputs.profileName ?? named?.value;
  const span = named?.span ?? headOf(project);
  if (profileName === undefined) {
    const hint = 'Add "profile: …", the name of one in profiles.yml, or pass --profile.';
    report(error("no-profile", "The project names no profile.", { span, hint }));
    return undefined;
  }
  if (root === undefined) {
    report(noProfiles(folders, span));
    return undefined;
  }
  const profiles = mappingEntries(root, report)?.filter(({ key }) => key !== "config");
  if (profiles === undefined) return undefined;
  const names = profiles.map(({ key }) => key);
  const profile = profiles.find(({ key }) => key === profileName);
  if (profile === undefined) {
    const known = names.length === 0 ? "The file has none." : `It has ${names.map((each) => `"${each}"`).join(", ")}.`;
    const message = `There is no profile "${profileName}" in "${root.span.file.path}".`;
    report(error("unknown-profile", message, { span, hint: didYouMean(profileName, names) ?? known }));
    return undefined;
  }
  const target = targetOf(
    {
      node: profile.value,
      name: `the profile "${profileName}"`,
      key: "outputs",
      fallback: "default",
      span: profile.keySpan,
    },
    search,
  );
  return target && { target, profileName };
}

/** The target that a project runs on, from wherever its targets stand; what is wrong on the way there is told. */
export function findTarget(project: YamlNode, place: TargetPlace, search: Search): FoundTarget | undefined {
  if (place.kind === "profiles") return inProfile(project, place, search);
  const span = headOf(project);
  const target = targetOf({ node: project, name: "the project", key: "targets", fallback: undefined, span }, search);
  return target && { target, profileName: undefined };
}
