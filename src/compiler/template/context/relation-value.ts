import { type Relation, relationKey } from "../../../domain/relation.ts";
import type { DialectName } from "../../../domain/settings.ts";
import { callable } from "../call.ts";
import type { HostObject } from "../values/value.ts";
import { namedAttributes } from "./named-attributes.ts";

/** A name within the quotes of the author's dialect. */
export function quotedIdentifier(name: string, dialect: DialectName): string {
  return dialect === "bigquery" ? `\`${name.replaceAll(/[\\`]/gu, "\\$&")}\`` : `"${name.replaceAll('"', '""')}"`;
}

/** A relation's name in the author's dialect, every part quoted. */
export function quotedName({ database, schema, identifier }: Relation, dialect: DialectName): string {
  return [database, schema, identifier].map((part) => quotedIdentifier(part, dialect)).join(".");
}

const relationsOf = new WeakMap<HostObject, Relation>();

/** A relation as templates see it: it prints as its quoted name and has its parts as attributes (CONFORMANCE_CASES §7). */
export function relationValue(relation: Relation, dialect: DialectName): HostObject {
  const attributes = namedAttributes({
    database: relation.database,
    project: relation.database,
    schema: relation.schema,
    dataset: relation.schema,
    identifier: relation.identifier,
    name: relation.identifier,
    table: relation.identifier,
    render: callable("render", () => quotedName(relation, dialect)),
  });
  const value: HostObject = {
    kind: "object",
    typeName: "a relation",
    print: () => quotedName(relation, dialect),
    ...attributes,
    equals: (other) => {
      const known = typeof other === "object" && other?.kind === "object" ? relationsOf.get(other) : undefined;
      return known !== undefined && relationKey(known) === relationKey(relation);
    },
  };
  relationsOf.set(value, relation);
  return value;
}

/** The name by which the query of an ephemeral model is put in front of its readers' (DBT_SEMANTICS §13): quoted only where it has to be. */
export function ephemeralName(identifier: string, dialect: DialectName): string {
  const name = `__dbt__cte__${identifier}`;
  return /^\w+$/u.test(name) ? name : quotedIdentifier(name, dialect);
}

/** An ephemeral model as templates see it: it prints as the name of its query. */
export function ephemeralValue({ identifier }: Relation, dialect: DialectName): HostObject {
  const name = `__dbt__cte__${identifier}`;
  return {
    kind: "object",
    typeName: "a relation",
    print: () => ephemeralName(identifier, dialect),
    ...namedAttributes({ identifier: name, name, table: name }),
  };
}
