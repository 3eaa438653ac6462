import { type Checked, error, failed, passed, type RelatedSpan } from "../../domain/diagnostic.ts";
import type { Source } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import type { ModelReference, SourceReference } from "../template/context/recording.ts";

/** What a `ref()` can lead to. `isEphemeral`: it has no relation of its own, its query goes into its readers'. */
export interface Referable {
  readonly uniqueId: string;
  readonly name: string;
  readonly packageName: string;
  readonly relation: Relation;
  readonly isEphemeral: boolean;
  readonly isEnabled: boolean;
  readonly span: Span;
}

/** The names that references are resolved by. */
export interface NameTable {
  readonly model: (reference: ModelReference) => Checked<Referable>;
  readonly source: (reference: SourceReference) => Checked<Source>;
}

function related(all: readonly Referable[]): readonly RelatedSpan[] {
  return all.map(({ span }) => ({ message: "It is here.", span }));
}

function resolveModel(
  candidates: ReadonlyMap<string, readonly Referable[]>,
  reference: ModelReference,
): Checked<Referable> {
  const { name, packageName, span } = reference;
  const named = candidates.get(name) ?? [];
  const inPackage = packageName === undefined ? named : named.filter((each) => each.packageName === packageName);
  const found = inPackage.find((each) => each.isEnabled);
  if (found !== undefined) return passed(found);
  if (inPackage.length > 0)
    return failed(error("disabled-ref", `The model "${name}" is disabled.`, { span, related: related(inPackage) }));
  if (packageName !== undefined && named.length > 0)
    return failed(
      error("unknown-ref", `There is no model "${name}" in a package "${packageName}".`, {
        span,
        related: related(named),
      }),
    );
  return failed(
    error("unknown-ref", `There is no model or seed "${name}".`, { span, hint: didYouMean(name, candidates.keys()) }),
  );
}

function resolveSource(tables: ReadonlyMap<string, readonly Source[]>, reference: SourceReference): Checked<Source> {
  const { source, table, span } = reference;
  const declared = tables.get(source);
  if (declared === undefined)
    return failed(
      error("unknown-source", `There is no source "${source}".`, {
        span,
        hint: didYouMean(source, tables.keys()) ?? 'Sources are declared under "sources" in a property file.',
      }),
    );
  const found = declared.find((each) => each.name === table);
  if (found !== undefined) return passed(found);
  return failed(
    error("unknown-source", `There is no table "${table}" in the source "${source}".`, {
      span,
      hint: didYouMean(
        table,
        declared.map((each) => each.name),
      ),
      related: declared
        .slice(0, 1)
        .map((each) => ({ message: `The source "${source}" is declared here.`, span: each.span })),
    }),
  );
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** The table of all names that references may use. */
export function nameTable(referables: readonly Referable[], sources: readonly Source[]): NameTable {
  const byName = groupedBy(referables, (each) => each.name);
  const bySource = groupedBy(sources, (each) => each.sourceName);
  return {
    model: (reference) => resolveModel(byName, reference),
    source: (reference) => resolveSource(bySource, reference),
  };
}
