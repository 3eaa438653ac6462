import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";

/** A resource on a cycle: its name, and the place where it reads from the next one. */
export interface CycleLink {
  readonly name: string;
  readonly span: Span;
}

/** A cycle as one path, each model with the line that leads on. */
export function cycleDiagnostic(links: readonly CycleLink[]): Diagnostic {
  const [first, ...others] = links;
  if (first === undefined) throw new Error("a cycle has at least one resource");
  const names = [...links, first].map(({ name }) => name);
  const related = others.map((link, index) => ({
    message: `"${link.name}" reads from "${names[index + 2] ?? ""}".`,
    span: link.span,
  }));
  return error("cycle", `The models depend on each other in a circle: ${names.join(" → ")}.`, {
    span: first.span,
    related,
    hint: links.length === 1 ? "A model reads its own rows by {{ this }}." : "Take one of these references away.",
  });
}
