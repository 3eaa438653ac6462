import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { DocBlock } from "../../domain/exposure.ts";
import type { Settings } from "../../domain/settings.ts";
import type { SourceFile, Span } from "../../domain/source-file.ts";
import { pathInPackage } from "./resource-properties.ts";

type Naming = Pick<Settings, "name" | "packages">;

type Report = (diagnostic: Diagnostic) => void;

const opening = /\{%[-+]?\s*docs\s+(?<name>[^\s%]+?)\s*[-+]?%\}/gu;
const closing = /\{%[-+]?\s*enddocs\s*[-+]?%\}/gu;

function parseFile(file: SourceFile, settings: Naming, report: Report): readonly DocBlock[] {
  const { name: packageName } = settings;
  const path = pathInPackage(file.path, packageName, settings);
  const blocks: DocBlock[] = [];
  const ends = [...file.text.matchAll(closing)];
  for (const begin of file.text.matchAll(opening)) {
    const name = begin.groups?.["name"] ?? "";
    const span: Span = { file, start: begin.index, end: begin.index + begin[0].length };
    const end = ends.find(({ index }) => index >= span.end);
    if (end === undefined) {
      report(
        error("docs-block", `The docs block "${name}" has no end.`, { span, hint: "Write {% enddocs %} after it." }),
      );
      continue;
    }
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      report(error("docs-block", `A docs block is named by letters, digits and "_", found "${name}".`, { span }));
      continue;
    }
    const text = file.text.slice(span.end, end.index).trim();
    blocks.push({ uniqueId: `doc.${packageName}.${name}`, name, packageName, path, text, span });
  }
  return blocks;
}

/** The `{% docs %}` blocks of Markdown files. One without an end, and two of one name, are told. */
export function parseDocs(files: readonly SourceFile[], settings: Naming, report: Report): readonly DocBlock[] {
  const known = new Map<string, DocBlock>();
  for (const block of files.flatMap((file) => parseFile(file, settings, report))) {
    const twin = known.get(block.name);
    if (twin === undefined) known.set(block.name, block);
    else {
      const related = [{ message: "It is written here already.", span: twin.span }];
      report(error("duplicate-name", `There are two docs blocks "${block.name}".`, { span: block.span, related }));
    }
  }
  return [...known.values()];
}
