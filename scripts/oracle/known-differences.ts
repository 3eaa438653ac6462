/** A difference that is known, and why it is left. */
interface KnownDifference {
  readonly query: RegExp;
  readonly reason: string;
}

/** Where translations and the reference implementation may give different answers. */
const knownDifferences: readonly KnownDifference[] = [
  {
    query: /\bNOT LIKE (?:ANY|ALL)\b/iu,
    reason: "The reference of 2023 negates the whole; BigQuery's documentation negates each pattern.",
  },
  {
    query: /\bSELECT AS STRUCT\b/iu,
    reason: "At the top BigQuery gives the fields as columns; the reference gives one struct.",
  },
  {
    query: /1e308|1e300|(?:COSH|SINH|EXP)\(/u,
    reason: "A FLOAT64 beyond the largest number is infinity in DuckDB and a failure in BigQuery.",
  },
  {
    query: /'(?:0001-01-01|9999-12-31)/u,
    reason:
      "What a time zone, a truncation or a sum moves out of the years 1 to 9999 is a date in DuckDB and a failure in BigQuery.",
  },
  {
    query: /(?=.*'(?:0001|1582)[^']*').*(?:Lord_Howe|New_York|Kolkata)/u,
    reason: "The reference cuts the seconds off the offsets that zones had before standard time.",
  },
  {
    query: /\b(?:SIN|COS|TAN|SEC|COT|CSC|ASIN|ACOS|ATANH|LN|LOG|LOG10)\(.*(?:'-?inf(?:inity)?'|IEEE_DIVIDE)/iu,
    reason: "A function of an infinity that is NaN in BigQuery fails in DuckDB.",
  },
  {
    query: /(?:TRUNC|ROUND)\(.*-9223372036854775808/u,
    reason: "The reference rounds even an infinity to 0 where the digits are that many.",
  },
  {
    query: /'10000-01-01'/u,
    reason:
      "The reference takes a day beyond the year 9999 where a zone moves it into that year; BigQuery's texts end there.",
  },
  {
    query: /MAKE_INTERVAL|INTERVAL.*\*|\(c\d+ - c\d+\) \*/u,
    reason: "An INTERVAL of more than 10000 years is one in DuckDB and a failure in BigQuery.",
  },
];

/** Whether a difference in the answers to a query is one of those that are known. */
export function isKnown(sql: string): boolean {
  return knownDifferences.some(({ query }) => query.test(sql));
}

/** Where translations and GoogleSQL's analyzer may see a query otherwise. */
const analyzerDifferences: readonly KnownDifference[] = [
  {
    query: /\b(?:MAX_BY|MIN_BY|CONTAINS_SUBSTR)\(/iu,
    reason: "The analyzer lacks the function, which BigQuery documents.",
  },
  {
    query: /`[^`]*\*`/u,
    reason: "A wildcard names many tables; BigQuery finds them before it analyzes.",
  },
  {
    query: /FROM `\w+\.\w+\.\w+` ORDER/iu,
    reason: "A whole path within one pair of backticks has its last part as its alias in BigQuery only.",
  },
];

/** Whether what the analyzer says otherwise of a query is known. */
export function isKnownToAnalyzer(sql: string): boolean {
  return analyzerDifferences.some(({ query }) => query.test(sql));
}
