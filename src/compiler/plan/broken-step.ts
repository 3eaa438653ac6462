import type { BrokenResource, CompiledResource } from "../../domain/compiled-project.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Outcome, Step } from "../../domain/plan.ts";
import { settled } from "../../domain/script.ts";

/** Whether a diagnostic is an error. */
export function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

type Resources = ReadonlyMap<string, CompiledResource>;

function brokenAmong(ids: readonly string[], resources: Resources): readonly BrokenResource[] {
  return ids.flatMap((id) => {
    const resource = resources.get(id);
    return resource?.resourceType === "broken" ? [resource] : [];
  });
}

function titleOf({ kind, name, relation, materialized }: BrokenResource): string {
  const place = `${relation.schema}.${relation.identifier}`;
  switch (kind) {
    case "model":
      return `sql ${materialized ?? "view"} model ${place}`;
    case "snapshot":
      return `snapshot ${place}`;
    case "seed":
      return `seed file ${place}`;
    case "test":
      return `test ${name}`;
  }
}

/** What is known of a broken resource before the run: its own faults; or that what its query is made of has some. */
function outcomeOf(
  resource: BrokenResource,
  { resources, ids }: { readonly resources: Resources; readonly ids: ReadonlySet<string> },
): Outcome {
  const { reasons, waitsFor, name, file } = resource;
  if (reasons.length > 0) return { status: "error", diagnostics: reasons };
  const inputs = brokenAmong(waitsFor, resources);
  const ephemeral = inputs.find(({ materialized }) => materialized === "ephemeral");
  if (ephemeral !== undefined)
    return { status: "skipped", because: `the ephemeral model "${ephemeral.name}" that it reads has a fault` };
  if (waitsFor.some((id) => ids.has(id))) return { status: "skipped", because: "what it reads has a fault" };
  const [first] = inputs;
  const message = `The query of "${name}" reads "${first?.name ?? ""}", which has a fault.`;
  const related = (first?.reasons ?? []).flatMap(({ message: said, span }) =>
    span === undefined ? [] : [{ message: said, span }],
  );
  return {
    status: "error",
    diagnostics: [error("broken-input", message, { span: { file, start: 0, end: 0 }, related })],
  };
}

/** The step of a resource that could not be compiled: it sends nothing and ends as is known. `ids` are those of the run's steps. */
export function brokenStep(
  resource: BrokenResource,
  run: { readonly needs: readonly string[]; readonly resources: Resources; readonly ids: ReadonlySet<string> },
): Step {
  const { uniqueId, kind, name, path, relation, config } = resource;
  return {
    id: uniqueId,
    kind,
    name,
    title: titleOf(resource),
    reason: "it cannot be compiled",
    needs: run.needs,
    functions: [],
    relation: kind === "test" ? undefined : relation,
    query: undefined,
    path,
    onError: config["on_error"] === "continue" ? "continue" : "skip",
    script: () => settled(outcomeOf(resource, run)),
  };
}

/** What a model does that must not be built. */
export function refusedWork(
  diagnostics: readonly Diagnostic[],
): Pick<Step, "reason" | "functions" | "query" | "script"> {
  return {
    reason: "it must not be built",
    functions: [],
    query: undefined,
    script: () => settled<Outcome>({ status: "error", diagnostics }),
  };
}

/** What is wrong with ephemeral models that chosen resources read: they have no steps of their own to tell it. */
export function brokenInputs(chosen: readonly CompiledResource[], resources: Resources): readonly Diagnostic[] {
  const told = new Set<Diagnostic>();
  const open = chosen.flatMap((each) => (each.resourceType === "broken" ? each.waitsFor : []));
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const { materialized, reasons, waitsFor } of brokenAmong([id], resources)) {
      if (materialized !== "ephemeral") continue;
      for (const reason of reasons) told.add(reason);
      open.push(...waitsFor);
    }
  return [...told];
}
