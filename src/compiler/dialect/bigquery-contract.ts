import type { Column } from "../../domain/column.ts";
import type { Constraint, Contract } from "../../domain/contract.ts";
import type { Relation, RelationKind } from "../../domain/relation.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { identifier, identifiers, lines, literal, relationText } from "./bigquery-text.ts";
import type { KnownComments } from "./dialect.ts";
import { describedType } from "./described-type.ts";

function references({ to, toColumns, expression }: Constraint): Sql {
  if (to === undefined) return sql`references ${expression ?? emptySql} not enforced`;
  return sql`references ${to} (${identifiers(toColumns)}) not enforced`;
}

/** What BigQuery knows of constraints: it holds `not null`, believes keys, and has no checks; those are left out, as in dbt. */
function columnConstraint(constraint: Constraint): readonly Sql[] {
  switch (constraint.kind) {
    case "not_null":
      return [trustedSql("not null")];
    case "primary_key":
      return [trustedSql("primary key not enforced")];
    case "foreign_key":
      return [references(constraint)];
    case "custom":
      return constraint.expression === undefined ? [] : [constraint.expression];
    case "check":
    case "unique":
      return [];
  }
}

function tableConstraint(constraint: Constraint): readonly Sql[] {
  const { kind, name, expression, columns } = constraint;
  const list = sql`(${identifiers(columns)})`;
  const named = name === undefined ? emptySql : sql`constraint ${identifier(name)} `;
  switch (kind) {
    case "primary_key":
      return [sql`primary key ${list} not enforced`];
    case "foreign_key":
      return [sql`${named}foreign key ${list} ${references(constraint)}`];
    case "custom":
      return expression === undefined ? [] : [expression];
    case "not_null":
    case "check":
    case "unique":
      return [];
  }
}

/** The columns and constraints of a table, in brackets. */
export function contractColumns({ columns, constraints }: Contract): Sql {
  const defined = columns.map(({ name, type, constraints: own }) =>
    joinSql([identifier(name), trustedSql(type), ...own.flatMap(columnConstraint)], " "),
  );
  return sql` (\n  ${lines([...defined, ...constraints.flatMap(tableConstraint)], ",")}\n)`;
}

/** The query's columns in the order of the contract. */
export function contractedQuery({ columns }: Contract, query: Sql): Sql {
  return sql`select ${identifiers(columns.map(({ name }) => name))} from (\n${query}\n)`;
}

/** See `Dialect`. */
export function contractQuery({ columns }: Contract): Sql {
  const nulls = columns.map(({ name, type }) => sql`cast(null as ${trustedSql(type)}) as ${identifier(name)}`);
  return sql`select ${joinSql(nulls, ", ")}`;
}

/** Comments on the fields of a column: `a.b` stands in the type of `a`. */
function fieldComments({ name, type }: Column, { columns }: KnownComments): readonly Sql[] {
  const fields = columns.flatMap((column) => {
    const [top = "", ...path] = column.name.toLowerCase().split(".");
    return top === name.toLowerCase() && path.length > 0 ? [{ path, text: column.text }] : [];
  });
  return fields.length === 0
    ? []
    : [sql`alter column ${identifier(name)} set data type ${describedType(type, fields)}`];
}

/** See `Dialect`. A table takes five changes of its metadata in ten seconds: all columns are described by one statement. */
export function comment(relation: Relation, kind: RelationKind, comments: KnownComments): readonly Sql[] {
  const alter = sql`alter ${trustedSql(kind)} ${relationText(relation)}`;
  const described = comments.columns
    .filter(({ name }) => !name.includes("."))
    .map(({ name, text }) => sql`alter column ${identifier(name)} set options (description = ${literal(text)})`);
  const fields = kind === "view" ? [] : (comments.known ?? []).flatMap((column) => fieldComments(column, comments));
  return [
    ...(comments.relation === undefined
      ? []
      : [sql`${alter} set options (description = ${literal(comments.relation)})`]),
    ...[described, fields].flatMap((columns) =>
      columns.length === 0 ? [] : [sql`${alter}\n  ${lines(columns, ",")}`],
    ),
  ];
}
