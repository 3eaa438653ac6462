import { joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { identifier, literal } from "./bigquery-text.ts";
import { parseType, type TypeTree } from "./googlesql-struct.ts";

/** What is said of a field, by the names that lead to it from its column, in small letters. */
export interface FieldComment {
  readonly path: readonly string[];
  readonly text: string;
}

function write(type: TypeTree, comments: readonly FieldComment[]): Sql {
  switch (type.kind) {
    case "scalar":
      return trustedSql(type.name);
    case "array":
      return sql`array<${write(type.element, comments)}>`;
    case "struct": {
      const fields = type.fields.map(({ name, type: inner }) => {
        const below = comments.flatMap(({ path: [first, ...path], text }) =>
          first === name.toLowerCase() ? [{ path, text }] : [],
        );
        const own = below.find(({ path }) => path.length === 0);
        const written = sql`${identifier(name)} ${write(inner, below)}`;
        return own === undefined ? written : sql`${written} options (description = ${literal(own.text)})`;
      });
      return sql`struct<${joinSql(fields, ", ")}>`;
    }
  }
}

/** A type's text in which fields have descriptions, as `create table` and `set data type` take it. */
export function describedType(type: string, comments: readonly FieldComment[]): Sql {
  return write(parseType(type), comments);
}
