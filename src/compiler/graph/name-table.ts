import { type Checked, type Diagnostic, error, failed, passed, type RelatedSpan } from "../../domain/diagnostic.ts";
import type { Access, ModelVersion } from "../../domain/model-version.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Span } from "../../domain/source-file.ts";
import { didYouMean } from "../nearest-name.ts";
import type { ModelReference, SourceReference } from "../template/context/recording.ts";

/** What references can lead to. */
export interface Readable {
  readonly uniqueId: string;
  readonly relation: Relation;
  /** The column that says when a row happened (`event_time`): a batch reads no more than its own time of it. */
  readonly eventTime?: string | undefined;
}

/** What a `ref()` can lead to. `isEphemeral`: it has no relation of its own, its query goes into its readers'. */
export interface Referable extends Readable {
  readonly name: string;
  readonly packageName: string;
  readonly isEphemeral: boolean;
  readonly isEnabled: boolean;
  readonly version?: ModelVersion | undefined;
  readonly access?: Access | undefined;
  readonly group?: string | undefined;
  readonly span: Span;
}

/** What a `source()` can lead to. */
export interface ReferableSource extends Readable {
  readonly sourceName: string;
  readonly name: string;
  readonly packageName: string;
  readonly isEnabled: boolean;
  readonly span: Span;
}

/** All that references can lead to. */
export interface Referables {
  /** The name of the project itself. */
  readonly root: string;
  readonly models: readonly Referable[];
  readonly sources: readonly ReferableSource[];
  /** Whether a property file could not be read: what it declares is not known, and nobody is told that it is missing. */
  readonly lacksSources: boolean;
}

/** The names that references are resolved by. */
export interface NameTable {
  readonly model: (reference: ModelReference) => Checked<Referable>;
  readonly source: (reference: SourceReference) => Checked<Readable>;
}

interface Names {
  readonly root: string;
  readonly byName: ReadonlyMap<string, readonly Referable[]>;
  readonly bySource: ReadonlyMap<string, readonly ReferableSource[]>;
}

function related(all: readonly { readonly span: Span }[]): readonly RelatedSpan[] {
  return all.map(({ span }) => ({ message: "It is here.", span }));
}

function kindOf([first]: readonly Referable[]): string {
  return first?.uniqueId.startsWith("seed.") === true ? "seed" : "model";
}

/** Whether a model is the version that a reference means: the one it names, or else the latest. */
function isVersion({ version }: Referable, wanted: ModelReference): boolean {
  if (version === undefined) return wanted.version === undefined;
  return String(version.value) === String(wanted.version ?? version.latest);
}

function unknownVersion({ name, version, span }: ModelReference, named: readonly Referable[]): Diagnostic {
  const versions = named.flatMap((each) => (each.version === undefined ? [] : [String(each.version.value)]));
  const hint = versions.length === 0 ? "It has no versions." : `It has the versions ${versions.join(", ")}.`;
  const what = version === undefined ? "no latest version" : `no version ${String(version)}`;
  return error("unknown-version", `There is ${what} of the model "${name}".`, { span, hint, related: related(named) });
}

/** The candidate that a name without its package means, as in dbt: the project's, then the caller's package's own, then any. */
function preferred<T extends { readonly packageName: string }>(
  candidates: readonly T[],
  order: readonly (string | undefined)[],
): T | undefined {
  return (
    order.map((name) => candidates.find((each) => each.packageName === name)).find((each) => each !== undefined) ??
    candidates[0]
  );
}

function resolveModel({ byName: candidates, root }: Names, reference: ModelReference): Checked<Referable> {
  const { name, packageName, span } = reference;
  const named = candidates.get(name) ?? [];
  const allInPackage = packageName === undefined ? named : named.filter((each) => each.packageName === packageName);
  const inPackage = allInPackage.filter((each) => isVersion(each, reference));
  if (inPackage.length === 0 && allInPackage.length > 0) return failed(unknownVersion(reference, allInPackage));
  const enabled = inPackage.filter((each) => each.isEnabled);
  const found = preferred(enabled, [root, reference.from]);
  if (found !== undefined) return passed(found);
  if (inPackage.length > 0)
    return failed(
      error("disabled-ref", `The ${kindOf(inPackage)} "${name}" is disabled.`, { span, related: related(inPackage) }),
    );
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

function didNotFindTable(
  { source, table, span }: SourceReference,
  declared: readonly ReferableSource[],
): Checked<Readable> {
  const names = declared.filter((each) => each.isEnabled).map((each) => each.name);
  const related = declared
    .slice(0, 1)
    .map((each) => ({ message: `The source "${source}" is declared here.`, span: each.span }));
  return failed(
    error("unknown-source", `There is no table "${table}" in the source "${source}".`, {
      span,
      hint: didYouMean(table, names),
      related,
    }),
  );
}

function resolveSource({ bySource: tables, root }: Names, reference: SourceReference): Checked<Readable> {
  const { source, table, span } = reference;
  const declared = tables.get(source);
  if (declared === undefined)
    return failed(
      error("unknown-source", `There is no source "${source}".`, {
        span,
        hint: didYouMean(source, tables.keys()) ?? 'Sources are declared under "sources" in a property file.',
      }),
    );
  const named = declared.filter((each) => each.name === table);
  const enabled = named.filter((each) => each.isEnabled);
  const found = preferred(enabled, [root, reference.from]);
  if (found !== undefined) return passed(found);
  if (named.length === 0) return didNotFindTable(reference, declared);
  return failed(
    error("disabled-source", `The source table "${source}.${table}" is disabled.`, { span, related: related(named) }),
  );
}

/** A table that an unreadable file may declare: it is taken to be there and not to be readable. */
function unread({ source, table }: SourceReference): Readable {
  return { uniqueId: `source..${source}.${table}`, relation: { database: "", schema: source, identifier: table } };
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The table of all names that references may use. */
export function nameTable({ root, models, sources, lacksSources }: Referables): NameTable {
  const names = {
    root,
    byName: groupedBy(models, (each) => each.name),
    bySource: groupedBy(sources, (each) => each.sourceName),
  };
  return {
    model: (reference) => resolveModel(names, reference),
    source: (reference) => {
      const found = resolveSource(names, reference);
      return found.ok || !lacksSources ? found : passed(unread(reference));
    },
  };
}
