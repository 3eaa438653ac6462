/** Whole numbers from 0 on, always the same for a seed (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const strategies = ["append", "delete+insert", "merge"] as const;
const policies = ["ignore", "append_new_columns", "sync_all_columns", "fail"] as const;
const keys = {
  none: undefined,
  column: "k",
  "list of one": ["k"],
  "list of two": ["k", "g"],
  expression: "k, g",
} as const;
/** What becomes of the columns in the second run. */
const changes = ["same", "added", "dropped", "retyped", "moved"] as const;

/** A row: a key that may be null, a second one, a value. */
type Row = readonly [k: number | null, g: string | null, v: number];

/** An incremental model, and the rows that its query gives at each turn. */
export interface Scenario {
  readonly name: string;
  readonly strategy: (typeof strategies)[number];
  readonly policy: (typeof policies)[number];
  readonly key: keyof typeof keys;
  readonly change: (typeof changes)[number];
  readonly turns: readonly (readonly Row[])[];
}

function rows(random: (below: number) => number, turn: number): readonly Row[] {
  if (turn > 0 && random(6) === 0) return [];
  return Array.from({ length: 2 + random(5) }, (): Row => {
    const k = random(6) === 0 ? null : random(5);
    return [k, random(6) === 0 ? null : (["x", "y"][random(2)] ?? "x"), random(100)];
  });
}

/** Every strategy, form of key, policy and change of columns, over small random rows. */
export function scenarios(seed: number): readonly Scenario[] {
  const random = randomNumbers(seed);
  let count = 0;
  return strategies.flatMap((strategy) =>
    policies.flatMap((policy) =>
      (Object.keys(keys) as (keyof typeof keys)[]).flatMap((key) =>
        changes.map((change) => {
          count += 1;
          const turns = [0, 1, 2].map((turn) => rows(random, turn));
          return { name: `m${String(count).padStart(3, "0")}`, strategy, policy, key, change, turns };
        }),
      ),
    ),
  );
}

function literal(value: number | string | null, type: string): string {
  return `cast(${value === null ? "null" : `'${String(value)}'`} as ${type})`;
}

/** The query of a turn, which from the second on has other columns than at the first. */
function queryOf({ change, turns }: Scenario, turn: number): string {
  const isChanged = turn > 0;
  const of = turns[turn] ?? [];
  const list = (of.length > 0 ? of : [[1, "x", 1] as const]).map(([k, g, v]) => {
    const columns = {
      k: literal(k, "integer"),
      g: literal(g, "varchar"),
      v: literal(v, isChanged && change === "retyped" ? "bigint" : "integer"),
      w: literal(v + 1, "integer"),
    };
    const names: readonly (keyof typeof columns)[] = !isChanged
      ? ["k", "g", "v"]
      : change === "added"
        ? ["k", "g", "v", "w"]
        : change === "dropped"
          ? ["k", "g"]
          : change === "moved"
            ? ["v", "g", "k"]
            : ["k", "g", "v"];
    return `select ${names.map((name) => `${columns[name]} as ${name}`).join(", ")}`;
  });
  return `select * from (${list.join("\nunion all ")})${of.length === 0 ? " where false" : ""}`;
}

/** The file of a model: the same for dbt and tsdbt. */
export function modelText(scenario: Scenario): string {
  const { strategy, policy, key } = scenario;
  const unique = keys[key] === undefined ? "" : `, unique_key=${JSON.stringify(keys[key]).replaceAll('"', "'")}`;
  return `{{ config(materialized='incremental', incremental_strategy='${strategy}', on_schema_change='${policy}'${unique}) }}
{% if var('turn') == 0 %}
${queryOf(scenario, 0)}
{% elif var('turn') == 1 %}
${queryOf(scenario, 1)}
{% else %}
${queryOf(scenario, 2)}
{% endif %}
`;
}

/** Whether rows of a turn repeat a key that the table may have: then any one of them wins a merge. */
function repeatsKey({ key, turns }: Scenario): boolean {
  const isOfTwo = key === "list of two";
  return turns.slice(1).some((of) => {
    const seen = of.flatMap(([k, g]) =>
      k === null || (isOfTwo && g === null) ? [] : [isOfTwo ? `${String(k)} ${String(g)}` : String(k)],
    );
    return new Set(seen).size < seen.length;
  });
}

/** The difference between dbt and tsdbt that a scenario shows, by the first words of its row in the table of deviations; none for most. */
export function deviationOf(scenario: Scenario): string | undefined {
  const { strategy, policy, key, change } = scenario;
  if (policy === "sync_all_columns" && change === "retyped") return "a column with another type, `sync_all_columns`";
  if (policy === "ignore" && (change === "dropped" || (change === "added" && strategy === "merge")))
    return "a merge or an append where the model has a column more or less, `ignore`";
  if (strategy === "merge" && key !== "none" && repeatsKey(scenario)) return "rows that repeat a known key in a merge";
  return undefined;
}
