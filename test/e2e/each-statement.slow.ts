import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runProject } from "../../src/app/run-project.ts";
import { callIn } from "../temporary-project.ts";
import { projectOf } from "./example-project.ts";

const database = "shop.duckdb";

const settings = `name: shop
dialect: duckdb
targets:
  dev: { type: duckdb, path: ${database} }
`;

/** A resource that is made in one state of the world and is interrupted when it is made again in the next. */
interface Interrupted {
  readonly files: Readonly<Record<string, string>>;
  readonly fullRefresh?: true;
}

const incremental = (config: string, text: string): Interrupted => ({
  files: { "models/m.sql": `{{ config(materialized='incremental', ${config}) }}\n${text}` },
});

/** Rows of the two states: the second changes one, adds one and drops one. */
const rows = `select * from (values (1, 'a'), (2, {% if var('state') == 1 %}'b'), (3, 'c'){% else %}'B'), (4, 'd'){% endif %}) as t(id, name)`;
const wider = `select t.*{% if var('state') == 2 %}, id * 10 as tenfold{% endif %} from (${rows}) as t`;

const interrupted: Readonly<Record<string, Interrupted>> = {
  "a view": { files: { "models/m.sql": `{{ config(materialized='view') }}\n${rows}` } },
  "a table": { files: { "models/m.sql": `{{ config(materialized='table') }}\n${rows}` } },
  "a table in place of a view": {
    files: { "models/m.sql": `{{ config(materialized='view' if var('state') == 1 else 'table') }}\n${rows}` },
  },
  "a view in place of a table": {
    files: { "models/m.sql": `{{ config(materialized='table' if var('state') == 1 else 'view') }}\n${rows}` },
  },
  "an append of what is new": incremental(
    "incremental_strategy='append'",
    `${rows}\n{% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}`,
  ),
  "a merge": incremental("incremental_strategy='merge', unique_key='id'", rows),
  "a merge with a new column": incremental(
    "incremental_strategy='merge', unique_key='id', on_schema_change='sync_all_columns'",
    wider,
  ),
  "a delete and insert": incremental("incremental_strategy='delete+insert', unique_key='id'", rows),
  "a delete and insert with a new column": incremental(
    "incremental_strategy='delete+insert', unique_key='id', on_schema_change='append_new_columns'",
    wider,
  ),
  "a full refresh": { ...incremental("incremental_strategy='merge', unique_key='id'", wider), fullRefresh: true },
  "a contract": {
    files: {
      "models/m.sql": `{{ config(materialized='table') }}\n${rows}`,
      "models/m.yml":
        "models:\n  - name: m\n    config: {contract: {enforced: true}}\n    columns:\n      - {name: id, data_type: integer, constraints: [{type: not_null}]}\n      - {name: name, data_type: varchar}\n",
    },
  },
  "hooks in the model's transaction": {
    files: {
      "models/m.sql": `{{ config(materialized='table', pre_hook="create table if not exists log (x integer)", post_hook="create or replace table log as select count(*) as x from {{ this }}") }}\n${rows}`,
    },
  },
  descriptions: {
    files: {
      "models/m.sql": `{{ config(materialized='table', persist_docs={'relation': true, 'columns': true}) }}\n${rows}`,
      "models/m.yml": "models:\n  - {name: m, description: All, columns: [{name: id, description: The key}]}\n",
    },
  },
  "batches of event time": {
    files: {
      "models/events.sql":
        "{{ config(materialized='table', event_time='happened') }}\nselect i as id, timestamp '2022-10-30' + to_hours(6 * i) as happened, {{ var('state') }} as state from range(16) as t(i)",
      "models/m.sql":
        "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='happened', begin='2022-10-30', batch_size='day', lookback=1) }}\nselect * from {{ ref('events') }}",
    },
  },
  "a seed": { files: { "seeds/m.csv": "id,name\n1,a\n2,b\n" } },
  "a snapshot by time": {
    files: {
      "models/source_rows.sql": `{{ config(materialized='view') }}\nselect t.*, timestamp '2024-01-0{{ var('state') }}' as changed from (${rows}) as t`,
      "snapshots/m.sql":
        "{% snapshot m %}\n{{ config(strategy='timestamp', unique_key='id', updated_at='changed', hard_deletes='new_record') }}\nselect * from {{ ref('source_rows') }}\n{% endsnapshot %}\n",
    },
  },
  "a snapshot by columns": {
    files: {
      "models/source_rows.sql": `{{ config(materialized='view') }}\n${wider}`,
      "snapshots/m.sql":
        "{% snapshot m %}\n{{ config(strategy='check', unique_key='id', check_cols='all', hard_deletes='invalidate') }}\nselect * from {{ ref('source_rows') }}\n{% endsnapshot %}\n",
    },
  },
};

/** The project's folder as the disk had it before and after each statement; statements that left the disk alike, once. */
const images = new Map<string, string>();

function keepImages(folder: string): void {
  const run = Object.getOwnPropertyDescriptor(DuckDBConnection.prototype, "run")?.value as DuckDBConnection["run"];
  vi.spyOn(DuckDBConnection.prototype, "run").mockImplementation(async function (this: DuckDBConnection, ...given) {
    keepImage(folder);
    const result = await run.apply(this, given);
    keepImage(folder);
    return result;
  });
}

function keepImage(folder: string): void {
  const hash = createHash("sha256");
  for (const name of [database, `${database}.wal`])
    hash.update(existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : "-").update("|");
  const state = hash.digest("hex");
  if (images.has(state)) return;
  const image = mkdtempSync(join(tmpdir(), "tsdbt-image-"));
  cpSync(folder, image, { recursive: true });
  images.set(state, image);
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const image of images.values()) rmSync(image, { recursive: true });
  images.clear();
});

async function run(folder: string, state: number, { fullRefresh }: Interrupted): Promise<void> {
  const call = callIn(folder, { vars: { state } });
  const ending = await runProject(call.invocation, {
    select: [],
    exclude: [],
    resourceTypes: ["seed", "model", "snapshot"],
    fullRefresh: state === 2 && fullRefresh === true,
    stopsAtFailure: false,
    ingests: false,
  });
  const complaints = call.diagnostics().filter(({ severity }) => severity === "error");
  expect({ ending, complaints }).toEqual({ ending: "success", complaints: [] });
}

/** Every relation that is there, tsdbt's own included, and the rows of the resource. */
async function contents(folder: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(join(folder, database), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  try {
    const read = async (sql: string): Promise<unknown> => (await connection.runAndReadAll(sql)).getRowsJson();
    return {
      relations: await read(
        "select schema_name, table_name, comment from duckdb_tables() union all select schema_name, view_name, comment from duckdb_views() where not internal order by all",
      ),
      columns: await read("select column_name, data_type, comment from duckdb_columns() where table_name = 'm'"),
      rows: await read("from m order by all"),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe("a run that is killed before or after any of its statements is made good by the next one, with nothing left over:", () => {
  it.each(Object.entries(interrupted))("%s", async (_, resource) => {
    const folder = projectOf({ "project.yml": settings, ...resource.files });
    await run(folder, 1, resource);
    keepImages(folder);
    await run(folder, 2, resource);
    vi.restoreAllMocks();
    const undisturbed = await contents(folder);
    expect(images.size).toBeGreaterThan(1);
    for (const image of images.values()) {
      await run(image, 2, resource);
      expect(await contents(image)).toEqual(undisturbed);
    }
  });
});
