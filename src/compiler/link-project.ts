import type { Diagnostic } from "../domain/diagnostic.ts";
import type { ConfigValues } from "../domain/settings.ts";
import { accesses } from "../domain/model-version.ts";
import { checkNames, type NamedResource } from "./graph/check-names.ts";
import { type NameTable, nameTable, type Referable } from "./graph/name-table.ts";
import { checkAccess } from "./graph/check-access.ts";
import { checkEventTimes } from "./graph/check-event-times.ts";
import { type LinkedModel, linkReferences, orderModels } from "./link-models.ts";
import type { ParsedModel } from "./parse-model.ts";
import type { ParsedProject } from "./parse-project.ts";
import { defaultAlias, resourceRelation } from "./project/resource-relation.ts";

type Report = (diagnostic: Diagnostic) => void;

/** Enabled models whose references all lead somewhere, in an order in which each comes after what it reads. */
export interface LinkedProject {
  readonly names: NameTable;
  /** What references can lead to, by unique id. */
  readonly referables: ReadonlyMap<string, Referable>;
  readonly models: readonly LinkedModel[];
}

/** What references of other resources are linked with. */
export interface Linking extends Pick<LinkedProject, "names" | "referables"> {
  readonly report: Report;
}

function isEphemeral({ materialization }: ParsedModel): boolean {
  return materialization.kind === "ephemeral";
}

function eventTimeOf(config: ConfigValues): string | undefined {
  const eventTime = config["event_time"];
  return typeof eventTime === "string" ? eventTime : undefined;
}

function accessOf({ config: { values } }: ParsedModel): Pick<Referable, "access" | "group"> {
  const { access, group } = values;
  return {
    access: accesses.find((each) => each === access) ?? "protected",
    group: typeof group === "string" ? group : undefined,
  };
}

function referables({ settings, models, seeds, faulty }: ParsedProject): readonly Referable[] {
  return [
    ...models.map((model) => ({
      ...model,
      ...accessOf(model),
      isEphemeral: isEphemeral(model),
      eventTime: eventTimeOf(model.config.values),
    })),
    ...seeds.map((seed) => ({
      ...seed,
      isEphemeral: false,
      eventTime: eventTimeOf(seed.config),
      span: { file: seed.file, start: 0, end: 0 },
    })),
    ...faulty.map((file) => ({
      ...file,
      relation: resourceRelation(defaultAlias(file), {}, settings),
      isEphemeral: false,
      isEnabled: true,
    })),
  ];
}

function namedResources(models: readonly ParsedModel[], { seeds, sources }: ParsedProject): readonly NamedResource[] {
  return [
    ...models.map((model) => ({
      kind: "model",
      name: model.name,
      packageName: model.packageName,
      version: model.version,
      isReferable: true,
      relation: isEphemeral(model) ? undefined : model.relation,
      span: model.span,
    })),
    ...seeds
      .filter(({ isEnabled }) => isEnabled)
      .map(({ name, packageName, relation, file }) => ({
        kind: "seed",
        ...{ name, packageName },
        isReferable: true,
        relation,
        span: { file, start: 0, end: 0 },
      })),
    ...sources
      .filter(({ source }) => source.ingest !== undefined)
      .map(({ source }) => ({
        kind: "ingested table",
        name: `${source.sourceName}.${source.name}`,
        packageName: source.packageName,
        isReferable: false,
        relation: source.relation,
        span: source.span,
      })),
  ];
}

/** Leads every reference of a project to its resource. Twins, references that lead nowhere, and circles are told. */
export function linkProject(parsed: ParsedProject, report: Report): LinkedProject {
  const all = referables(parsed);
  const sources = parsed.sources.map(({ source, isEnabled }) => ({
    ...source,
    isEnabled,
    eventTime: eventTimeOf(source.config),
  }));
  const names = nameTable({
    root: parsed.settings.name,
    models: all,
    sources,
    lacksSources: parsed.isIncomplete,
  });
  const enabled = parsed.models.filter(({ isEnabled }) => isEnabled);
  checkNames(namedResources(enabled, parsed)).forEach(report);
  const targets = new Map(all.map((each) => [each.uniqueId, each]));
  const linked = new Map<string, LinkedModel>();
  for (const model of enabled) {
    const { dependencies, isSound } = linkReferences([...model.recordings, ...model.hookRecordings], names, report);
    checkAccess({ ...model, ...accessOf(model) }, dependencies, { names: targets, report });
    if (isSound && !linked.has(model.uniqueId)) linked.set(model.uniqueId, { ...model, dependencies });
  }
  checkEventTimes([...linked.values()], [...all, ...sources]).forEach(report);
  const { ordered, cycles } = orderModels([...linked.values()]);
  cycles.forEach(report);
  return { names, referables: targets, models: ordered };
}
