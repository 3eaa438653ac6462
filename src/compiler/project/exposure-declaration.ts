import { accesses } from "../../domain/model-version.ts";
import { type ConfigEntry } from "./config-entry.ts";
import { describedConfig, describedKeys } from "./described-keys.ts";
import {
  anyMapping,
  listOf,
  mapping,
  oneOf,
  type Placed,
  placed,
  type Shape,
  strictListOf,
  text,
} from "./yaml-shape.ts";
import type { DataMap } from "../../domain/data.ts";

/** An exposure as a property file declares it: who uses models, and where. */
export interface ExposureDeclaration {
  readonly name: Placed<string>;
  readonly label: string | undefined;
  readonly type: string;
  readonly maturity: string | undefined;
  readonly url: string | undefined;
  readonly description: string;
  readonly owner: DataMap;
  /** `ref('model')`, `source('source', 'table')`, as written. */
  readonly dependsOn: readonly Placed<string>[];
  readonly config: readonly ConfigEntry[];
}

/** A group of models, and who owns it. */
export interface GroupDeclaration {
  readonly name: Placed<string>;
  readonly description: string;
  readonly owner: DataMap;
  readonly config: readonly ConfigEntry[];
}

const exposure = mapping(
  {
    ...describedKeys,
    label: text,
    type: oneOf("dashboard", "notebook", "analysis", "ml", "application"),
    maturity: oneOf("low", "medium", "high"),
    url: text,
    owner: anyMapping,
    depends_on: listOf(placed(text)),
  },
  { what: "an exposure", needs: ["name", "type", "owner"], ignored: ["docs"] },
);

const group = mapping({ ...describedKeys, owner: anyMapping }, { what: "a group", needs: ["name", "owner"] });

/** The exposures of a property file. */
export const exposureList: Shape<readonly ExposureDeclaration[]> = (node, report) =>
  strictListOf(exposure)(node, report)?.flatMap(({ value }) => {
    const { name, type, label, maturity, url, description = "", owner = {} } = value;
    if (name === undefined || type === undefined) return [];
    const config = describedConfig(value);
    return [{ name, type, label, maturity, url, description, owner, dependsOn: value.depends_on ?? [], config }];
  });

/** The groups of a property file. */
export const groupList: Shape<readonly GroupDeclaration[]> = (node, report) =>
  strictListOf(group)(node, report)?.flatMap(({ value }) => {
    const { name, description = "", owner = {} } = value;
    return name === undefined ? [] : [{ name, description, owner, config: describedConfig(value) }];
  });

/** Who may refer to a model. */
export const accessWord: Shape<(typeof accesses)[number]> = oneOf(...accesses);
