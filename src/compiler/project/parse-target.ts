import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Target } from "../../domain/settings.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import { type YamlEntry, type YamlNode, yamlEntry } from "./parse-yaml.ts";
import { mapping, type Placed, placed, positiveInteger, text } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

const duckdbTarget = mapping(
  { type: placed(text), path: placed(text), schema: text, threads: positiveInteger },
  {
    what: "a target",
    needs: ["type", "path"],
    unsupported: ["database", "extensions", "settings", "secrets", "attach", "external_root", "config_options"],
  },
);

/** The name that DuckDB gives a database file: the first part of the file's name between dots, its own names set apart. */
export function databaseName(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1);
  if (base === ":memory:") return "memory";
  const name = base.split(".").find((part) => part !== "") ?? "";
  return ["main", "temp", "system"].includes(name) ? `${name}_db` : name;
}

function otherType({ value, span }: Placed<string>, report: Report): void {
  const hint = value === "bigquery" ? "tsdbt does not run on BigQuery yet." : didYouMean(value, ["duckdb"]);
  report(error("target-type", `A target has the type "duckdb", found "${value}".`, { span, hint }));
}

/** A target, its templates rendered; what is wrong with it is told. */
export function parseTarget(name: string, node: YamlNode, report: Report): Target | undefined {
  const type = yamlEntry(node, "type")?.value;
  if (type?.kind === "scalar" && typeof type.value === "string" && type.value !== "duckdb") {
    otherType({ value: type.value, span: type.span }, report);
    return undefined;
  }
  const read = duckdbTarget(node, report)?.value;
  if (read?.type?.value !== "duckdb" || read.path === undefined) return undefined;
  const { path } = read;
  const database = databaseName(path.value);
  if (database === "") {
    report(error("target-path", "The path of a DuckDB target is that of a file.", { span: path.span }));
    return undefined;
  }
  return {
    type: "duckdb",
    name,
    path: path.value,
    database,
    schema: read.schema ?? "main",
    threads: read.threads ?? 1,
  };
}

/** The targets of a project file, and the one that is asked for. */
export interface NamedTargets {
  readonly targets: readonly YamlEntry[];
  /** Where it is told that a target is missing. */
  readonly span: Span;
  /** The target that the command line names, or the file; the only one there is, if neither does. */
  readonly wanted: string | undefined;
  /** Where the file names it. */
  readonly wantedSpan: Span | undefined;
}

/** The target that a project runs on; what is wrong with the choice is told. */
export function chooseTarget(
  { targets, span, wanted, wantedSpan }: NamedTargets,
  report: Report,
): YamlEntry | undefined {
  const names = targets.map(({ key }) => key);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    const diagnostic =
      names.length === 0
        ? error("no-target", "The project has no targets.", { span, hint: 'Add one under "targets".' })
        : error("no-target", "The project has several targets and names none as its default.", {
            span,
            hint: `Add "target: ${names[0] ?? ""}" or pass --target.`,
          });
    report(diagnostic);
    return undefined;
  }
  const entry = targets.find(({ key }) => key === name);
  if (entry !== undefined) return entry;
  const known =
    names.length === 0 ? "There is none yet." : `The targets are ${names.map((each) => `"${each}"`).join(", ")}.`;
  report(
    error("unknown-target", `There is no target "${name}" in the project.`, {
      span: wantedSpan,
      hint: didYouMean(name, names) ?? known,
    }),
  );
  return undefined;
}
