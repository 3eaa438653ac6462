import type { Comments, Constraint, Contract } from "../../domain/contract.ts";
import type { Relation, RelationKind } from "../../domain/relation.ts";
import { emptySql, joinSql, sliceSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { identifier, lines, literal, plainName, plainNames, relationText } from "./duckdb-text.ts";

function named({ name }: Constraint): Sql {
  return name === undefined ? emptySql : sql`constraint ${plainName(name)} `;
}

/** DuckDB takes no database's name there: a foreign key leads to its own database. */
function withoutDatabase(name: Sql): Sql {
  const [, database] = /^("(?:[^"]|"")+"\.)"(?:[^"]|"")+"\."(?:[^"]|"")+"$/u.exec(name.text) ?? [];
  return database === undefined ? name : sliceSql(name, database.length, name.text.length);
}

function references({ to, toColumns, expression }: Constraint): Sql {
  if (to === undefined) return sql`references ${expression ?? emptySql}`;
  const table = withoutDatabase(to);
  return toColumns.length === 0 ? sql`references ${table}` : sql`references ${table} (${plainNames(toColumns)})`;
}

function columnConstraint(constraint: Constraint): Sql {
  const { kind, expression } = constraint;
  switch (kind) {
    case "not_null":
      return trustedSql("not null");
    case "check":
      return sql`check (${expression ?? emptySql})`;
    case "unique":
      return trustedSql("unique");
    case "primary_key":
      return trustedSql("primary key");
    case "foreign_key":
      return references(constraint);
    case "custom":
      return expression ?? emptySql;
  }
}

function tableConstraint(constraint: Constraint): readonly Sql[] {
  const { kind, expression, columns } = constraint;
  const list = sql`(${plainNames(columns)})`;
  switch (kind) {
    case "not_null":
      return [];
    case "check":
      return [sql`${named(constraint)}check (${expression ?? emptySql})`];
    case "unique":
      return [sql`${named(constraint)}unique ${list}`];
    case "primary_key":
      return [sql`${named(constraint)}primary key ${list}`];
    case "foreign_key":
      return [sql`${named(constraint)}foreign key ${list} ${references(constraint)}`];
    case "custom":
      return [sql`${named(constraint)}${expression ?? emptySql}`];
  }
}

/** The columns and constraints of a table, between its brackets. */
export function contractDefinition({ columns, constraints }: Contract): Sql {
  const defined = columns.map(({ name, type, constraints: own }) =>
    joinSql([plainName(name), trustedSql(type), ...own.map(columnConstraint)], " "),
  );
  return lines([...defined, ...constraints.flatMap(tableConstraint)], ",");
}

/** See `Dialect`. */
export function contractQuery({ columns }: Contract): Sql {
  const nulls = columns.map(({ name, type }) => sql`cast(null as ${trustedSql(type)}) as ${identifier(name)}`);
  return sql`select ${joinSql(nulls, ", ")}`;
}

/** See `Dialect`. */
export function comment(relation: Relation, kind: RelationKind, comments: Comments): readonly Sql[] {
  const name = relationText(relation);
  return [
    ...(comments.relation === undefined
      ? []
      : [sql`comment on ${trustedSql(kind)} ${name} is ${literal(comments.relation)}`]),
    ...comments.columns.map(
      ({ name: column, text }) => sql`comment on column ${name}.${identifier(column)} is ${literal(text)}`,
    ),
  ];
}
