import { type Data, isDataList, isDataMap } from "../../../../domain/data.ts";
import type { SelectableResource } from "../selectable-resource.ts";
import type { SelectionMethod } from "../selection-method.ts";

/**
 * `config.<key>[.<key>…]:`: the setting equals the value, or is a list that holds it. `true` and `false` in any case
 * mean the booleans too; a severity's case does not matter. Numbers equal no value, as in dbt.
 */
export const config: SelectionMethod = {
  keys: "needed",
  match: ({ keys, value }) => {
    const equals = keys.join(".") === "severity" ? equalsInAnyCase(value) : equalsExactly(value);
    return (resource) => {
      if (!isConfigurable(resource)) return false;
      const setting = settingAt(resource.config, keys);
      if (setting === undefined) return false;
      return isDataList(setting) ? setting.some(equals) : equals(setting);
    };
  },
  valuesOf: (resource, { keys }) => {
    const setting = settingAt(resource.config, keys) ?? null;
    return (isDataList(setting) ? setting : [setting])
      .filter((value) => typeof value === "string" || typeof value === "boolean")
      .map(String);
  },
};

/** dbt looks at the settings of everything but these. */
function isConfigurable({ resourceType }: SelectableResource): boolean {
  return !["unit_test", "exposure", "function", "metric", "saved_query", "semantic_model"].includes(resourceType);
}

function settingAt(config: Data, keys: readonly string[]): Data | undefined {
  let setting: Data | undefined = config;
  for (const key of keys) {
    if (!isDataMap(setting) || !Object.hasOwn(setting, key)) return undefined;
    setting = setting[key];
  }
  return setting;
}

function equalsExactly(value: string): (setting: Data) => boolean {
  const boolean = value.toLowerCase() === "true" ? true : value.toLowerCase() === "false" ? false : undefined;
  return (setting) => setting === value || (boolean !== undefined && setting === boolean);
}

function equalsInAnyCase(value: string): (setting: Data) => boolean {
  const equals = equalsExactly(value.toUpperCase());
  return (setting) => equals(typeof setting === "string" ? setting.toUpperCase() : setting);
}
