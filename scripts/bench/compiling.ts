import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measure, printTimings, runNode } from "./measure.ts";

const projectFile = `name: generated
dialect: bigquery
targets:
  local: { type: duckdb, path: data/generated.duckdb }
`;

/** A model of some thirty lines that reads one or two others, as models of real projects do. */
function model(index: number): string {
  if (index < 10)
    return `select ${String(index)} as id, timestamp '2024-01-01 00:00:00+00' as created_at, 'user' as name, 1.5 as amount\n`;
  const first = Math.floor(index / 2);
  const second = Math.floor(index / 3);
  return `{{ config(materialized='incremental', unique_key='id') }}

with first_input as (

    select id, created_at, name, amount
    from {{ ref('model_${String(first)}') }}
    {% if is_incremental() %}
    where created_at > (select max(created_at) from {{ this }})
    {% endif %}

),

second_input as (

    select
        id,
        {% for column in ['amount', 'id'] -%}
        sum({{ column }}) as total_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('model_${String(second)}') }}
    group by id

)

select
    first_input.id,
    first_input.created_at,
    coalesce(upper(first_input.name), 'nobody') as name,
    first_input.amount + coalesce(second_input.total_amount, 0) as amount
from first_input
left join second_input on first_input.id = second_input.id
where first_input.id is not null
`;
}

/** Writes a project of so many models, with these files besides. */
export function writeProject(
  folder: string,
  models: number,
  files: Readonly<Record<string, string>> = { "project.yml": projectFile },
): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "models"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (let index = 0; index < models; index += 1)
    writeFileSync(join(folder, `models/model_${String(index)}.sql`), model(index));
}

/** Prints how long `compile` takes as a whole process, on a project that was never compiled and on one that was, beside an empty Node. */
export async function benchCompiling(binary: string, scratch: string): Promise<void> {
  for (const [models, rounds] of [
    [100, 5],
    [1000, 3],
  ] as const) {
    const folder = join(scratch, `models-${String(models)}`);
    writeProject(folder, models);
    const timings = await measure(
      [
        {
          name: "tsdbt compile, first time",
          prepare: () => {
            rmSync(join(folder, "target"), { recursive: true, force: true });
          },
          work: () => {
            runNode([binary, "compile"], folder);
          },
        },
        {
          name: "tsdbt compile, again",
          work: () => {
            runNode([binary, "compile"], folder);
          },
        },
        {
          name: "empty node",
          work: () => {
            runNode(["-e", "0"]);
          },
        },
      ],
      rounds,
    );
    printTimings(`Compiling ${String(models)} models`, timings);
  }
}
