import { type Relation, relationKey } from "../../../domain/relation.ts";
import type { DialectName } from "../../../domain/settings.ts";
import { callable } from "../call.ts";
import type { HostObject, Value } from "../values/value.ts";

const quotes: Readonly<Record<DialectName, string>> = { bigquery: "`", duckdb: '"' };

/** A relation's name in the author's dialect, every part quoted. */
export function quotedName(relation: Relation, dialect: DialectName): string {
  const quote = quotes[dialect];
  return [relation.database, relation.schema, relation.identifier]
    .map((part) => `${quote}${part.replaceAll(quote, dialect === "bigquery" ? "" : quote + quote)}${quote}`)
    .join(".");
}

const relationsOf = new WeakMap<HostObject, Relation>();

/** A relation as templates see it: it prints as its quoted name and has its parts as attributes (CONFORMANCE_CASES §7). */
export function relationValue(relation: Relation, dialect: DialectName): HostObject {
  const attributes: Readonly<Record<string, Value>> = {
    database: relation.database,
    project: relation.database,
    schema: relation.schema,
    dataset: relation.schema,
    identifier: relation.identifier,
    name: relation.identifier,
    table: relation.identifier,
    render: callable("render", () => quotedName(relation, dialect)),
  };
  const value: HostObject = {
    kind: "object",
    typeName: "a relation",
    print: () => quotedName(relation, dialect),
    attribute: (name) => attributes[name],
    attributeNames: () => Object.keys(attributes),
    equals: (other) => {
      const known = typeof other === "object" && other?.kind === "object" ? relationsOf.get(other) : undefined;
      return known !== undefined && relationKey(known) === relationKey(relation);
    },
  };
  relationsOf.set(value, relation);
  return value;
}

/** The name by which the query of an ephemeral model is put in front of its readers' (DBT_SEMANTICS §13). */
export function ephemeralName(identifier: string): string {
  return `__dbt__cte__${identifier}`;
}

/** An ephemeral model as templates see it: it prints as the name of its query. */
export function ephemeralValue(relation: Relation): HostObject {
  const name = ephemeralName(relation.identifier);
  return {
    kind: "object",
    typeName: "a relation",
    print: () => name,
    attribute: (key) => (key === "identifier" || key === "name" || key === "table" ? name : undefined),
    attributeNames: () => ["identifier", "name", "table"],
  };
}
