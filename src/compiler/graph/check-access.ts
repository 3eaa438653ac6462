import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Span } from "../../domain/source-file.ts";
import type { Referable } from "./name-table.ts";

/** A resource that refers to models, as far as it matters to which ones it may. */
export interface Referrer {
  readonly name: string;
  readonly packageName: string;
  readonly group?: string | undefined;
}

/** A reference that leads somewhere, and where it is made. */
export interface MadeReference {
  readonly uniqueId: string;
  readonly span: Span;
}

/** What references lead to by unique id, and who is told. */
export interface AccessContext {
  readonly names: ReadonlyMap<string, Referable>;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Tells references to models that are private to another group (DBT_CONVENTIONS §8). */
export function checkAccess(
  { name, group, packageName }: Referrer,
  references: readonly MadeReference[],
  { names, report }: AccessContext,
): void {
  for (const { uniqueId, span } of references) {
    const target = names.get(uniqueId);
    if (target?.access !== "private") continue;
    if (target.group === undefined || (target.group === group && target.packageName === packageName)) continue;
    report(
      error("private-ref", `"${name}" refers to "${target.name}", which is private to the group "${target.group}".`, {
        span,
        related: [{ message: "It is here.", span: target.span }],
        hint: `Put "${name}" into the group, or make "${target.name}" protected.`,
      }),
    );
  }
}
