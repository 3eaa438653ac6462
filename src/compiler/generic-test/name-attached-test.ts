import type { Data, DataMap } from "../../domain/data.ts";
import { nameTest, testHash } from "../project/name-test.ts";
import { yamlData } from "../project/parse-yaml.ts";
import { yamlValue } from "../project/yaml-value.ts";
import { quotedIdentifier } from "../template/context/relation-value.ts";
import type { Value } from "../template/values/value.ts";
import type { AttachedTest } from "./attach-tests.ts";

/** How a test is called, as in dbt (DBT_CONVENTIONS §1). */
export interface AttachedTestNames {
  /** The generic test's name: `unique`. */
  readonly test: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The name of files, unless the config gives an alias. */
  readonly alias: string;
  readonly uniqueId: string;
  /** The column's name as it goes into SQL. */
  readonly columnName: string | undefined;
  /** Its arguments as written, `column_name` and `model` among them. */
  readonly kwargs: DataMap;
}

function splitName(name: string): Pick<AttachedTestNames, "test" | "namespace"> {
  const dot = name.indexOf(".");
  return { namespace: dot === -1 ? undefined : name.slice(0, dot), test: name.slice(dot + 1) };
}

function columnNameOf({ declaration, attached }: AttachedTest): string | undefined {
  const { column } = declaration;
  return column?.isQuoted === true ? quotedIdentifier(column.name.value, attached.dialect) : column?.name.value;
}

/** Names a test after its definition, its resource and its arguments, unless its declaration gives a name. */
export function nameAttachedTest(attachedTest: AttachedTest, packageName: string): AttachedTestNames {
  const { declaration, attached } = attachedTest;
  const { test, namespace } = splitName(declaration.test);
  const columnName = columnNameOf(attachedTest);
  const values = new Map<string, Value>();
  const written = new Map<string, Data>();
  if (columnName !== undefined) {
    values.set("column_name", columnName);
    written.set("column_name", columnName);
  }
  for (const { key, value } of declaration.arguments) {
    values.set(key, yamlValue(value));
    written.set(key, yamlData(value));
  }
  const isSource = attached.type === "source";
  const { version } = attached;
  const versionArgument = version === undefined ? "" : `, version='${String(version.value)}'`;
  const call = `${isSource ? "source" : "ref"}(${attached.name.map((part) => `'${part}'`).join(", ")}${versionArgument})`;
  const model = `{{ get_where_subquery(${call}) }}`;
  const kind = [namespace, isSource ? "source" : undefined, test].filter((part) => part !== undefined).join("_");
  const versionName = version === undefined ? [] : [`v${String(version.value)}`];
  const names = nameTest(kind, [...attached.name, ...versionName].join("_"), Object.fromEntries(values));
  const name = declaration.name?.value ?? names.full;
  const hash = testHash(name, {
    namespace: namespace ?? null,
    name: test,
    kwargs: { ...Object.fromEntries(values), model },
  });
  return {
    test,
    namespace,
    name,
    alias: declaration.name?.value ?? names.short,
    uniqueId: `test.${packageName}.${name}.${hash}`,
    columnName,
    kwargs: { ...Object.fromEntries(written), model },
  };
}
