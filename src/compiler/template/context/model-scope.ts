import { type Data, type DataMap, isDataMap } from "../../../domain/data.ts";
import type { ModelBatch } from "./batch-values.ts";
import type { DocBlock } from "../../../domain/exposure.ts";
import type { RunMode } from "../../../domain/model.ts";
import type { Relation } from "../../../domain/relation.ts";
import type { ConfigValues, DialectName, Inputs, Settings } from "../../../domain/settings.ts";
import type { ResourceProperties } from "../../project/resource-properties.ts";
import type { Value } from "../values/value.ts";
import type { ModelReference, Recording, SourceReference } from "./recording.ts";
import type { Transaction, WarehouseAccess } from "./warehouse-access.ts";

/** What a template is evaluated for, and what it may know. */
export interface ModelScope {
  readonly settings: Settings;
  readonly inputs: Inputs;
  readonly resource: ResourceProperties;
  readonly dialect: DialectName;
  /** `this`; while parsing, only a stand-in of the right kind. */
  readonly relation: Relation;
  readonly mode: RunMode;
  /** While a template is parsed `execute` is false, and what the warehouse knows is unknown. */
  readonly phase: "parse" | "compile";
  /** The resolved config, or `undefined` while it is still being gathered (then `config.get` gives nothing, as in dbt). */
  readonly config: ConfigValues | undefined;
  /** The value of a `ref()`; raises the author's mistake where there is no such model. */
  readonly reference: (reference: ModelReference) => Value;
  /** The value of a `source()`; raises the author's mistake where there is no such table. */
  readonly source: (reference: SourceReference) => Value;
  readonly recording: Recording;
  /** Without it, each question of the template stops its evaluation. */
  readonly warehouse?: WarehouseAccess | undefined;
  /** Only where the template's own transactions outlive a statement: in a materialization. */
  readonly transaction?: Transaction | undefined;
  /** `graph`: resources by their unique ids. */
  readonly graph?: (() => DataMap) | undefined;
  /** `model`: what the resource is in `graph`. */
  readonly node?: (() => DataMap | undefined) | undefined;
  /** What `doc()` finds. */
  readonly docs?: readonly DocBlock[] | undefined;
  /** `model.batch`: the batch that a microbatch model is evaluated for. */
  readonly batch?: ModelBatch | undefined;
  readonly selectedResources?: readonly string[] | undefined;
}

/** What the vars of a template depend on. */
export interface VarScope {
  readonly settings: Pick<Settings, "vars" | "packages">;
  readonly inputs: Inputs;
  readonly resource: Pick<ResourceProperties, "packageName">;
}

/**
 * The vars that hold for a package, by name, from the weakest: its own global ones and those for itself, the project's global
 * ones and those for the package, the command line's (DBT_SEMANTICS §12).
 */
export function scopedVars({ settings, inputs, resource }: VarScope): ReadonlyMap<string, Data> {
  const { packageName } = resource;
  const layers = [settings.packages?.[packageName]?.vars ?? {}, settings.vars].flatMap((vars): readonly DataMap[] => {
    const own = vars[packageName];
    return [vars, isDataMap(own) ? own : {}];
  });
  return new Map([...layers, inputs.vars].flatMap((vars) => Object.entries(vars)));
}
