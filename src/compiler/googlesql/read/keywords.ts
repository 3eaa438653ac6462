/** The reserved words of GoogleSQL: unquoted, they are never names. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT " +
    "DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM " +
    "FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE " +
    "LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY " +
    "RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION " +
    "UNNEST USING WHEN WHERE WINDOW WITH WITHIN"
  ).split(" "),
);

/** Reserved words that name a function where a bracket follows. */
export const callableWords: ReadonlySet<string> = new Set("IF LEFT RIGHT GROUPING RANGE".split(" "));

/** Functions that may be written without brackets. */
export const bareFunctions: ReadonlySet<string> = new Set(
  "CURRENT_DATE CURRENT_TIMESTAMP CURRENT_DATETIME CURRENT_TIME".split(" "),
);

/** The types that make a literal of a following string (`DATE '2024-01-01'`), and the type that the literal has. */
export const literalTypes: Readonly<
  Record<string, "NUMERIC" | "BIGNUMERIC" | "DATE" | "DATETIME" | "TIMESTAMP" | "TIME" | "JSON">
> = {
  DATE: "DATE",
  DATETIME: "DATETIME",
  TIMESTAMP: "TIMESTAMP",
  TIME: "TIME",
  NUMERIC: "NUMERIC",
  DECIMAL: "NUMERIC",
  BIGNUMERIC: "BIGNUMERIC",
  BIGDECIMAL: "BIGNUMERIC",
  JSON: "JSON",
};

/** The units of INTERVAL. */
export const intervalUnits: ReadonlySet<string> = new Set(
  "YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND".split(" "),
);

/** Words that carry no meaning of their own: the guard against lost words does not count them. */
export const silentWords: ReadonlySet<string> = new Set(
  "AS ASC INNER OUTER BY ON FROM THEN ELSE END SELECT TO AT".split(" "),
);
