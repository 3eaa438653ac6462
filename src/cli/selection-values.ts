import type { SelectOptions } from "../app/select-project.ts";
import type { IndirectSelection, ResourceType } from "../domain/selection-terms.ts";
import { UsageError } from "./usage-error.ts";

/** The values of the options that choose resources. */
export interface SelectionValues {
  readonly select?: readonly string[];
  readonly models?: readonly string[];
  readonly model?: readonly string[];
  readonly exclude?: readonly string[];
  readonly indirectSelection?: IndirectSelection;
  readonly selector?: string;
  readonly resourceType?: readonly ResourceType[];
  readonly resourceTypes?: readonly ResourceType[];
  readonly excludeResourceType?: readonly ResourceType[];
  readonly excludeResourceTypes?: readonly ResourceType[];
  readonly state?: string;
  readonly defer?: boolean;
  readonly deferState?: string;
  readonly favorState?: boolean;
}

/** Types that are given under either name of an option; none given is not the same as an empty list. */
function given(...lists: readonly (readonly ResourceType[] | undefined)[]): readonly ResourceType[] | undefined {
  const all = lists.flatMap((list) => list ?? []);
  return all.length === 0 ? undefined : all;
}

function deferralOf({ defer, deferState, state, favorState }: SelectionValues): SelectOptions["deferral"] {
  if (defer !== true) return undefined;
  const folder = deferState ?? state;
  if (folder === undefined)
    throw new UsageError("usage", "--defer needs the artifacts of an earlier run.", "Name their folder by --state.");
  return { state: folder, favorsState: favorState === true };
}

/** What the options that choose resources mean. */
export function selection(values: SelectionValues): Omit<SelectOptions, "resourceTypes"> {
  const { select = [], models = [], model = [], exclude = [], indirectSelection, selector, state } = values;
  return {
    select: [...select, ...models, ...model],
    exclude,
    ...{ indirectSelection, selector, state },
    onlyTypes: given(values.resourceType, values.resourceTypes),
    excludeTypes: given(values.excludeResourceType, values.excludeResourceTypes),
    deferral: deferralOf(values),
  };
}
