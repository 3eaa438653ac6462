import type { Random } from "../../scripts/sample/random.ts";

/** What the second and later batches of a case are like, against the first. */
const changes = ["same", "reordered", "added", "dropped", "retyped", "empty"] as const;
const policies = ["ignore", "append_new_columns", "sync_all_columns", "fail"] as const;

/** The ways to update that are compared: a strategy with its options, by a name for it. */
const ways: Readonly<Record<string, string>> = {
  plain: "",
  append: "incremental_strategy='append'",
  merge_id: "incremental_strategy='merge', unique_key='id'",
  merge_list: "incremental_strategy='merge', unique_key=['id', 'day']",
  merge_update: "incremental_strategy='merge', unique_key='id', merge_update_columns=['v']",
  merge_exclude: "incremental_strategy='merge', unique_key='id', merge_exclude_columns=['v']",
  merge_within: `incremental_strategy='merge', unique_key='id', incremental_predicates=["DBT_INTERNAL_DEST.day >= date '2024-01-02'"]`,
  merge_bare: "incremental_strategy='merge'",
  delete_id: "incremental_strategy='delete+insert', unique_key='id'",
  delete_list: "incremental_strategy='delete+insert', unique_key=['id', 'day']",
  delete_within: `incremental_strategy='delete+insert', unique_key='id', incremental_predicates=["day >= date '2024-01-02'"]`,
  delete_bare: "incremental_strategy='delete+insert'",
  key_only: "unique_key='id'",
  key_list: "unique_key=['id', 'day']",
};

/** One incremental model: how it updates, what its batches are like, and the text that gives them by the variable `batch`. */
export interface IncrementalCase {
  readonly name: string;
  readonly way: string;
  readonly change: (typeof changes)[number];
  readonly policy: (typeof policies)[number];
  readonly text: string;
}

/** How many batches a case has; each is one run. */
export const batchCount = 3;

interface Row {
  readonly id: string;
  readonly day: string;
  readonly v: string;
  readonly label: string;
}

/**
 * Rows with keys from a small range, so that they meet those of other batches; some keys are null. A merge of rows that
 * repeat a key may take any of them, so keys repeat only where the way to update has one outcome.
 */
function drawRows(random: Random, repeats: boolean): readonly Row[] {
  const rows = new Map<string, Row>();
  for (let index = 0; index < 2 + random.below(6); index++) {
    const id = random.chance(0.15) ? "null" : String(1 + random.below(5));
    const row = {
      id,
      day: `date '2024-01-0${1 + random.below(3)}'`,
      v: random.chance(0.1) ? "null" : String(random.below(100)),
      label: random.chance(0.1) ? "null" : `'${random.hex(2)}'`,
    };
    rows.set(repeats ? `${id}${row.day}${row.v}${row.label}` : id, row);
  }
  return [...rows.values()];
}

/** The columns of a batch with their expressions, in their order. */
function columnsOf(row: Row, change: IncrementalCase["change"]): readonly (readonly [name: string, value: string])[] {
  const [id, day, v, label] = [
    ["id", `${row.id}::integer`],
    ["day", row.day],
    ["v", `${row.v}::integer`],
    ["label", `${row.label}::varchar`],
  ] as const;
  switch (change) {
    case "same":
    case "empty":
      return [id, day, v, label];
    case "reordered":
      return [label, v, id, day];
    case "added":
      return [id, day, v, label, ["extra", `${row.v}::double / 2`]];
    case "dropped":
      return [id, day, v];
    case "retyped":
      return [id, day, ["v", `${row.v}::double + 0.5`], label];
  }
}

function selectOf(rows: readonly Row[], change: IncrementalCase["change"]): string {
  const selects = rows.map(
    (row) =>
      `select ${columnsOf(row, change)
        .map(([name, value]) => `${value} as ${name}`)
        .join(", ")}`,
  );
  return `select * from (${selects.join("\n  union all ")}) as batch${change === "empty" ? " where false" : ""}`;
}

function drawTwo<T>(random: Random, items: readonly T[]): readonly T[] {
  const first = random.pick(items);
  return [first, random.pick(items.filter((item) => item !== first))];
}

/** Every way to update with every policy and two of the changes, each with rows of its own. */
export function drawCases(random: Random): readonly IncrementalCase[] {
  return Object.entries(ways).flatMap(([way, options]) =>
    policies.flatMap((policy) =>
      drawTwo(random, changes).map((change): IncrementalCase => {
        const repeats =
          ["plain", "append", "merge_bare", "delete_bare"].includes(way) || options.includes("delete+insert");
        const batches = Array.from({ length: batchCount }, (_, index) =>
          selectOf(drawRows(random, repeats), index === 0 ? "same" : change),
        );
        const branches = batches.map(
          (select, index) => `{% if var('batch') == ${index + 1} %}\n${select}\n{% endif %}\n`,
        );
        const config = [`materialized='incremental'`, options, `on_schema_change='${policy}'`].filter(
          (part) => part !== "",
        );
        const text = `{{ config(${config.join(", ")}) }}\n${branches.join("")}`;
        return { name: `${way}__${policy}__${change}`, way, change, policy, text };
      }),
    ),
  );
}
