import type { Sql } from "../../../domain/sql.ts";

/** Characters of a query's text that BigQuery takes are 1 MB; some are left for what one is as UTF-8. */
const longestText = 900_000;

/** A statement may have a comment before it (`query-comment`). */
const beginning = /^(?:\/\*.*?\*\/\s*)?begin transaction\b/isu;
const end = /^(?:\/\*.*?\*\/\s*)?commit transaction\b/isu;

/** Statements that must not be parted: single ones, and transactions from their beginning to their end. */
function inseparable(statements: readonly Sql[]): readonly (readonly Sql[])[] {
  const groups: Sql[][] = [];
  let isWithin = false;
  for (const statement of statements) {
    if (isWithin) groups.at(-1)?.push(statement);
    else groups.push([statement]);
    isWithin = beginning.test(statement.text) || (isWithin && !end.test(statement.text));
  }
  return groups;
}

/** Divides statements over as few jobs as the length of their text allows (BIGQUERY §4); a transaction stays whole. */
export function divideStatements(statements: readonly Sql[]): readonly (readonly Sql[])[] {
  const jobs: Sql[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const group of inseparable(statements)) {
    const own = group.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 4, 0);
    if (length + own > longestText) {
      jobs.push([]);
      length = 0;
    }
    jobs.at(-1)?.push(...group);
    length += own;
  }
  return jobs;
}
