import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseYaml, yamlEntry } from "../../compiler/project/parse-yaml.ts";
import { type Checked, error, failed, passed } from "../../domain/diagnostic.ts";
import { packageListNames } from "../read-packages.ts";

/** A package to be put on the project's list. */
export interface AddedPackage {
  readonly name: string;
  readonly version: string | undefined;
  readonly source: "hub" | "git" | "local";
}

/** `name@version` as `--add-package` takes it; the address of a repository may have an `@` of its own. */
export function parseAddedPackage(text: string, source: AddedPackage["source"]): Checked<AddedPackage> {
  const at = text.lastIndexOf("@");
  const isVersioned = at > 0 && !/[/:]/u.test(text.slice(at + 1));
  const name = isVersioned ? text.slice(0, at) : text;
  const version = isVersioned ? text.slice(at + 1) : undefined;
  if (source === "local" || version !== undefined) return passed({ name, version, source });
  return failed(
    error("add-package", `The package "${name}" needs a version.`, {
      hint: `Write it behind an "@": ${name}@1.0.0.`,
    }),
  );
}

function entryLines({ name, version = "", source }: AddedPackage): readonly string[] {
  const quoted = JSON.stringify;
  switch (source) {
    case "local":
      return [`local: ${quoted(name)}`];
    case "git":
      return [`git: ${quoted(name)}`, `revision: ${quoted(version)}`];
    case "hub": {
      const versions = version.split(",").map((each) => quoted(each.trim()));
      return [`package: ${name}`, `version: ${versions.length === 1 ? versions.join("") : `[${versions.join(", ")}]`}`];
    }
  }
}

const keys = { hub: "package", git: "git", local: "local" } as const;

/** The text of a list of packages with one more, in place of an entry for the same package if there is one. */
export function withPackage(path: string, text: string, added: AddedPackage): Checked<string> {
  const file = { path, text };
  const parsed = parseYaml(file);
  if (!parsed.ok) return parsed;
  const entry = yamlEntry(parsed.value, "packages");
  const isEmpty = entry?.value.kind === "scalar" && entry.value.value === null;
  const item = (indent: string): string =>
    entryLines(added)
      .map((line, index) => `${indent}${index === 0 ? "- " : "  "}${line}\n`)
      .join("");
  const whole = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  if (entry === undefined || isEmpty) {
    const [before, after] = isEmpty
      ? [whole.slice(0, entry.keySpan.end), whole.slice(whole.indexOf("\n", entry.keySpan.end) + 1)]
      : [`${whole}packages`, ""];
    return passed(`${before}:\n${item("  ")}${after}`);
  }
  const { value: list } = entry;
  const lineStart = (offset: number): number => whole.lastIndexOf("\n", offset - 1) + 1;
  const starts = list.kind === "list" ? list.items.map(({ span }) => lineStart(span.start)) : [];
  const indents = starts.map((start) => /^(\s*)- /u.exec(whole.slice(start))?.[1]);
  const [indent] = indents;
  if (list.kind !== "list" || indent === undefined || indents.includes(undefined))
    return failed(
      error("add-package", `The list of packages in "${path}" is not written one entry a line.`, {
        span: entry.keySpan,
        hint: "Add the package by hand.",
      }),
    );
  const lastEnd = list.items.at(-1)?.span.end ?? whole.length;
  const end = whole.indexOf("\n", Math.max(lastEnd - 1, 0)) + 1;
  const index = list.items.findIndex((each) => {
    const at = yamlEntry(each, keys[added.source])?.value;
    return at?.kind === "scalar" && at.written === added.name;
  });
  const [from, to] = index === -1 ? [end, end] : [starts[index] ?? end, starts[index + 1] ?? end];
  return passed(`${whole.slice(0, from)}${item(indent)}${whole.slice(to)}`);
}

/** Puts a package on the project's list; gives the name of the file, or why it cannot be done. */
export function addPackage(root: string, added: AddedPackage): Checked<string> {
  const name = packageListNames.find((each) => existsSync(join(root, each))) ?? "packages.yml";
  const path = join(root, name);
  const text = withPackage(name, existsSync(path) ? readFileSync(path, "utf8") : "", added);
  if (!text.ok) return text;
  writeFileSync(path, text.value);
  return passed(name);
}
