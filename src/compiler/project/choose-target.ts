import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import type { YamlEntry } from "./parse-yaml.ts";

type Report = (diagnostic: Diagnostic) => void;

/** The targets of a project or a profile, and the one that is asked for. */
export interface NamedTargets {
  readonly targets: readonly YamlEntry[];
  /** What has them, for messages: `the project`, `the profile "shop"`. */
  readonly holder: string;
  /** The key under which they stand. */
  readonly key: "targets" | "outputs";
  /** Where it is told that a target is missing. */
  readonly span: Span;
  /** The target that the command line names, or the file; the only one there is, if neither does. */
  readonly wanted: string | undefined;
  /** Where the file names it. */
  readonly wantedSpan: Span | undefined;
}

function noTarget({ targets, holder, key, span }: NamedTargets): Diagnostic {
  const [first] = targets;
  const subject = holder.replace(/^t/u, "T");
  if (first === undefined)
    return error("no-target", `${subject} has no targets.`, { span, hint: `Add one under "${key}".` });
  return error("no-target", `${subject} has several targets and names none as its default.`, {
    span,
    hint: `Add "target: ${first.key}" or pass --target.`,
  });
}

/** The target that a project runs on; what is wrong with the choice is told. */
export function chooseTarget(given: NamedTargets, report: Report): YamlEntry | undefined {
  const { targets, holder, wanted, wantedSpan } = given;
  const names = targets.map(({ key }) => key);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    report(noTarget(given));
    return undefined;
  }
  const entry = targets.find(({ key }) => key === name);
  if (entry !== undefined) return entry;
  const known =
    names.length === 0 ? "There is none yet." : `The targets are ${names.map((each) => `"${each}"`).join(", ")}.`;
  report(
    error("unknown-target", `There is no target "${name}" in ${holder}.`, {
      span: wantedSpan,
      hint: didYouMean(name, names) ?? known,
    }),
  );
  return undefined;
}
