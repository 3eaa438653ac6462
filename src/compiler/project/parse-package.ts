import { type Diagnostic } from "../../domain/diagnostic.ts";
import type { SourceFile } from "../../domain/source-file.ts";
import { parseYaml } from "./parse-yaml.ts";
import { listOf, mapping, text } from "./yaml-shape.ts";

/** Where the files of a package lie, relative to its own folder. */
export interface PackageHead {
  readonly name: string;
  readonly macroPaths: readonly string[];
  readonly testPaths: readonly string[];
  /** The folders of what it would build. */
  readonly builtPaths: readonly string[];
}

const packageFile = mapping(
  {
    name: text,
    "macro-paths": listOf(text),
    "test-paths": listOf(text),
    "model-paths": listOf(text),
    "seed-paths": listOf(text),
    "snapshot-paths": listOf(text),
  },
  { what: "a project file of a package", needs: ["name"], isOpen: true },
);

/** What the project file of a package says of its folders; what is wrong with it is told. */
export function parsePackageHead(file: SourceFile, report: (diagnostic: Diagnostic) => void): PackageHead | undefined {
  const parsed = parseYaml(file);
  if (!parsed.ok) {
    parsed.diagnostics.forEach(report);
    return undefined;
  }
  // Its other keys are those of any project file, and are not read.
  const value = packageFile(parsed.value, () => undefined)?.value;
  if (value?.name === undefined) {
    packageFile(parsed.value, report);
    return undefined;
  }
  return {
    name: value.name,
    macroPaths: value["macro-paths"] ?? ["macros"],
    testPaths: value["test-paths"] ?? ["tests"],
    builtPaths: [
      ...(value["model-paths"] ?? ["models"]),
      ...(value["seed-paths"] ?? ["seeds"]),
      ...(value["snapshot-paths"] ?? ["snapshots"]),
    ],
  };
}
