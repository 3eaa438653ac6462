import type { Column } from "../../domain/column.ts";
import type { Relation, RelationKind } from "../../domain/relation.ts";
import { emptySql, joinSql, type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { putTable, putTemporary } from "./bigquery-replace.ts";
import { identifier, lines, literal } from "./bigquery-text.ts";
import type { TableContent } from "./dialect.ts";

/** Characters of rows that one statement holds; BigQuery takes a text of 1 MB at most. */
const textAStatement = 400_000;

function cellName(index: number): Sql {
  return trustedSql(`c${index + 1}`);
}

/** Text as a value of a type; NULL where it is none, if `safe`. */
function valueOf(cell: Sql, type: string, how: "strict" | "safe"): Sql {
  const safe = how === "safe";
  if (/^json$/iu.test(type)) return sql`${trustedSql(safe ? "safe." : "")}parse_json(${cell})`;
  if (/^geography$/iu.test(type)) return sql`${trustedSql(safe ? "safe." : "")}st_geogfromtext(${cell})`;
  return sql`${trustedSql(safe ? "safe_cast" : "cast")}(${cell} as ${trustedSql(type)})`;
}

/** Rows of texts as a table that can be read from. */
function textRows(rows: readonly (readonly (string | null)[])[], width: number): Sql {
  const fields = Array.from({ length: width }, (_, index) => sql`${cellName(index)} string`);
  const cells = rows.map((row) => sql`struct(${joinSql(row.map(literal), ", ")})`);
  return sql`unnest(array<struct<${joinSql(fields, ", ")}>>[
  ${lines(cells, ",")}
])`;
}

/** Rows in as many parts as statements of that size need. */
function chunksOf(rows: TableContent["rows"]): readonly TableContent["rows"][] {
  const chunks: (readonly (string | null)[])[][] = [[]];
  let size = 0;
  for (const row of rows) {
    const length = row.reduce((sum, cell) => sum + (cell?.length ?? 0) * 2 + 6, 10);
    if (size > 0 && size + length > textAStatement) {
      chunks.push([]);
      size = 0;
    }
    size += length;
    chunks.at(-1)?.push(row);
  }
  return chunks;
}

/**
 * See `Dialect`. Texts become values in one statement, so that nobody sees a part of the rows; those that one statement
 * cannot hold are gathered in a table of their own first.
 */
export function replaceTableByRows(
  relation: Relation,
  { existing, gathering }: { readonly existing: RelationKind | undefined; readonly gathering: Sql },
  { columns, namesAre, rows, isRelaid = false }: TableContent,
): readonly Sql[] {
  const values = columns.map(({ name, type }, index) => {
    const called = namesAre === "bare" ? trustedSql(name) : identifier(name);
    return sql`${valueOf(cellName(index), type, "strict")} as ${called}`;
  });
  const put = (from: Sql): readonly Sql[] => {
    const query = sql`select\n  ${lines(values, ",")}\nfrom ${from}`;
    return putTable(relation, existing, { columns: emptySql, build: { query, isRelaid }, query });
  };
  const [first = [], ...rest] = chunksOf(rows);
  if (rest.length === 0) return put(textRows(first, columns.length));
  return [
    putTemporary(gathering, sql`select * from ${textRows(first, columns.length)}`),
    ...rest.map((chunk) => {
      const names = joinSql(
        columns.map((_, index) => cellName(index)),
        ", ",
      );
      return sql`insert into ${gathering} (${names})\nselect ${names} from ${textRows(chunk, columns.length)}`;
    }),
    ...put(gathering),
    sql`drop table if exists ${gathering}`,
  ];
}

/** See `Dialect`. */
export function unreadableTexts({ type }: Pick<Column, "type">, texts: readonly string[]): Sql {
  return sql`select place as \`row\`
from unnest(array<string>[
  ${lines(texts.map(literal), ",")}
]) as cell with offset as place
where ${valueOf(trustedSql("cell"), type, "safe")} is null
order by 1
limit 5`;
}
