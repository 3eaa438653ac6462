import { describe, expect, it } from "vitest";
import { duckdbLedger } from "../../src/compiler/dialect/duckdb-ledger.ts";
import { duckdb } from "../../src/compiler/dialect/duckdb.ts";
import { seed } from "../../src/compiler/materialize/seed.ts";
import { planModel } from "../../src/compiler/plan/model-step.ts";
import { runState } from "../../src/compiler/plan/run-state.ts";
import { type Checked, passed } from "../../src/domain/diagnostic.ts";
import type { Microbatch } from "../../src/domain/incremental.ts";
import type { Hooks } from "../../src/domain/hooks.ts";
import type { CompiledModel } from "../../src/domain/model.ts";
import type { Outcome } from "../../src/domain/plan.ts";
import { execute, type Script, settled } from "../../src/domain/script.ts";
import type { Snapshot } from "../../src/domain/snapshot.ts";
import { type Sql, trustedSql } from "../../src/domain/sql.ts";
import { driveScript } from "../../src/runner/drive-script.ts";
import type { Session, Warehouse } from "../../src/runner/warehouse.ts";
import { openDuckdb } from "../../src/runner/warehouse/duckdb/open-duckdb.ts";
import { incrementalOf, modelOf, queryOf, relationOf, seedOf } from "../literal-resources.ts";

const ledger = { database: "memory", schema: "_tsdbt", identifier: "" };
const sql = { dialect: duckdb, ledgerDialect: duckdbLedger, ledger, runId: "run", now: 1_704_067_200_000_000 };

class Killed extends Error {}

/** A session whose process dies before a statement of its number (or, after the last, before it commits): nothing more reaches the warehouse. */
function mortal(session: Session, dies: number): { readonly session: Session; readonly sent: () => number } {
  let sent = 0;
  const pass = (): void => {
    if (sent === dies) throw new Killed();
    sent += 1;
  };
  return {
    sent: () => sent,
    session: {
      rows: (query, limit) => session.rows(query, limit),
      check: (query) => session.check(query),
      interrupt: () => {
        session.interrupt();
      },
      close: () => {
        session.close();
      },
      answer: async (request) => {
        if (request.kind !== "execute") return await session.answer(request);
        let answer = await session.answer({ ...request, statements: [], isOpen: true });
        for (const statement of request.statements) {
          pass();
          answer = await session.answer({ ...request, statements: [statement], isOpen: true });
        }
        if (request.isOpen === true) return answer;
        pass();
        await session.answer({ kind: "execute", statements: [] });
        return answer;
      },
    },
  };
}

async function drive<T>(
  warehouse: Warehouse,
  script: Script<T>,
  dies = Infinity,
): Promise<{ readonly ending: T | "killed"; readonly sent: number }> {
  const own = await warehouse.session();
  const { session, sent } = mortal(own, dies);
  try {
    return { ending: await driveScript(script, session), sent: sent() };
  } catch (cause) {
    if (cause instanceof Killed) return { ending: "killed", sent: sent() };
    throw cause;
  } finally {
    own.close();
  }
}

/** What is built, over what stands there. */
interface Case {
  readonly before: readonly string[];
  readonly build: (warehouse: Warehouse) => Promise<Script<Outcome>>;
}

function planned(model: CompiledModel, mode: "as planned" | "full refresh" = "as planned"): Case["build"] {
  return async (warehouse) => {
    const relations = await warehouse.inspect([model.relation]);
    const { work } = planModel(model, {
      state: runState({ relations, knownTables: [], departures: [] }),
      sql,
      fullRefresh: mode === "full refresh",
      batches: { eventTimes: {}, nowMs: Date.parse("2024-01-02T12:00Z"), earlier: new Map() },
      neededFunctions: () => [],
      recordOf: ({ uniqueId, relation }) => ({ uniqueId, relation, sources: [], followsMovesOf: [] }),
    });
    if (work === undefined) throw new Error("nothing was planned");
    return work.batches === undefined ? work.script() : allOf(work.batches.list.map((batch) => () => batch.script()));
  };
}

function* allOf(scripts: readonly (() => Script<Outcome>)[]): Script<Outcome> {
  let outcome: Outcome = { status: "skipped", because: "there is nothing to do" };
  for (const script of scripts) outcome = yield* script();
  return outcome;
}

const hooks: Hooks = {
  before: [{ statement: trustedSql("insert into log values ('before')"), isInUnit: true }],
  after: [{ statement: trustedSql("insert into log values ('after')"), isInUnit: true }],
};
const around = { hooks, header: undefined };

/** A model `m` of ids and names, with hooks and comments around it. */
function model(
  materialization: CompiledModel["materialization"],
  incremental = "select 2 as id, 'B' as name union all select 3, 'C'",
): CompiledModel {
  return modelOf("m", {
    materialization,
    full: queryOf("select * from (values (1, 'a'), (2, 'b')) as v (id, name)"),
    incremental: queryOf(incremental),
    around: { full: around, incremental: around },
    comments: { relation: "it's m", columns: [{ name: "name", text: "what it is called" }] },
  });
}

const contracted: CompiledModel = {
  ...model({ kind: "table" }),
  contract: {
    columns: [
      { name: "id", type: "integer", constraints: [] },
      { name: "name", type: "varchar", constraints: [] },
    ],
    constraints: [],
  },
};

const daily: Microbatch = {
  kind: "microbatch",
  eventTime: "seen",
  beginMs: Date.parse("2024-01-01T00:00Z"),
  size: "day",
  lookback: 1,
  isConcurrent: undefined,
};

const days =
  "select * from (values (1, timestamp '2024-01-01 08:00'), (2, timestamp '2024-01-02 08:00')) as v (id, seen)";

const batched: CompiledModel = {
  ...modelOf("m", { materialization: incrementalOf({ strategy: daily }), full: queryOf(days) }),
  compileBatch: ({ startMs, endMs }) => {
    const within = `where seen >= make_timestamp(${String(startMs * 1000)}) and seen < make_timestamp(${String(endMs * 1000)})`;
    return settled<Checked<CompiledModel>>(passed({ ...batched, full: queryOf(`${days} ${within}`) }));
  },
};

const custom: CompiledModel = {
  ...model(incrementalOf({ strategy: { kind: "custom", name: "own", macro: "get_incremental_own_sql" } })),
  compileStrategy: () =>
    settled<Checked<Sql>>(passed(trustedSql('delete from m where id = 2; insert into m select * from "m__dbt_tmp"'))),
};

const snapshot: Snapshot = {
  kind: "snapshot",
  strategy: { kind: "check", columns: "all", updatedAt: undefined },
  uniqueKey: [trustedSql("id")],
  hardDeletes: "new_record",
  validToCurrent: undefined,
  columns: {
    validFrom: "dbt_valid_from",
    validTo: "dbt_valid_to",
    scdId: "dbt_scd_id",
    updatedAt: "dbt_updated_at",
    isDeleted: "dbt_is_deleted",
  },
};

/** What the first snapshot of other rows has left. */
const kept = `create table m as select id, name, md5(id || name) as dbt_scd_id, timestamp '2023-01-01' as dbt_updated_at,
  timestamp '2023-01-01' as dbt_valid_from, null::timestamp as dbt_valid_to, 'False' as dbt_is_deleted
  from (values (1, 'a'), (2, 'old'), (9, 'gone')) as v (id, name)`;

const table = "create table m as select 1 as id, 'a' as name union all select 2, 'b'";
const view = "create view m as select 1 as id, 'a' as name";
const key = { uniqueKey: ["id"] };

const cases: Readonly<Record<string, Case>> = {
  "a table over nothing": { before: [], build: planned(model({ kind: "table" })) },
  "a table over a table": { before: [table], build: planned(model({ kind: "table" })) },
  "a table over a view": { before: [view], build: planned(model({ kind: "table" })) },
  "a table with a contract over a table": { before: [table], build: planned(contracted) },
  "a view over nothing": { before: [], build: planned(model({ kind: "view" })) },
  "a view over a table": { before: [table], build: planned(model({ kind: "view" })) },
  "a view over a view": { before: [view], build: planned(model({ kind: "view" })) },
  "an incremental model's first run": { before: [], build: planned(model(incrementalOf(key))) },
  "an incremental model over a view": { before: [view], build: planned(model(incrementalOf(key))) },
  "a full refresh": { before: [table], build: planned(model(incrementalOf(key)), "full refresh") },
  "an append": { before: [table], build: planned(model(incrementalOf({ strategy: "append" }))) },
  "a delete and insert": {
    before: [table],
    build: planned(model(incrementalOf({ ...key, strategy: "delete+insert" }))),
  },
  "a merge": { before: [table], build: planned(model(incrementalOf({ ...key, strategy: "merge" }))) },
  "a strategy of the project's own": { before: [table], build: planned(custom) },
  "a merge into a table whose columns change": {
    before: [table],
    build: planned(
      model(
        incrementalOf({ ...key, strategy: "merge", onSchemaChange: "sync_all_columns" }),
        "select 2::bigint as id, 'new' as extra",
      ),
    ),
  },
  "a microbatch model's first run": { before: [], build: planned(batched) },
  "a microbatch model's next run": {
    before: ["create table m as select 7 as id, timestamp '2024-01-01 09:00' as seen"],
    build: planned(batched),
  },
  "a first snapshot": { before: [], build: planned({ ...model(snapshot), resourceType: "snapshot" }) },
  "a next snapshot": { before: [kept], build: planned({ ...model(snapshot), resourceType: "snapshot" }) },
  "a seed": {
    before: [table],
    build: async (warehouse) => {
      const found = await warehouse.inspect([relationOf("m")]);
      const kind = found.find(({ relation }) => relation.identifier === "m")?.kind;
      return seed({ ...seedOf("m"), relation: relationOf("m"), hooks }, { kind, isRelaid: false }, sql);
    },
  },
};

/** All that stands in the warehouse, and what the ledger remembers. */
async function shown(warehouse: Warehouse): Promise<unknown> {
  const session = await warehouse.session();
  try {
    const rows = async (query: string): Promise<unknown> => (await session.rows(trustedSql(query))).rows;
    return {
      standing: await rows(
        "select table_name, comment from duckdb_tables() union all select view_name, comment from duckdb_views() where not internal order by 1",
      ),
      columns: await rows(
        "select column_name, data_type, comment from duckdb_columns() where table_name = 'm' order by column_index",
      ),
      rows: await rows("select * from m order by all"),
      log: await rows("select * from log order by 1"),
      known: await rows("select identifier from _tsdbt.tables order by 1"),
    };
  } finally {
    session.close();
  }
}

async function prepared({ before }: Case): Promise<Warehouse> {
  const warehouse = await openDuckdb({ path: "", name: "memory", access: "memory" });
  const statements = ["create table log (said varchar)", ...before].map(trustedSql);
  await drive(warehouse, execute(...duckdbLedger.create(ledger), ...statements));
  return warehouse;
}

describe("a process that is killed at any statement leaves nothing behind, and a run after it ends as if nothing had been", () => {
  it.each(Object.entries(cases))("of %s", async (_, each) => {
    const whole = await prepared(each);
    const { ending, sent } = await drive(whole, await each.build(whole));
    expect(ending).toMatchObject({ status: "success" });
    const undisturbed = await shown(whole);
    whole.close();
    expect(sent).toBeGreaterThan(1);
    for (let dies = 0; dies < sent; dies++) {
      const warehouse = await prepared(each);
      expect((await drive(warehouse, await each.build(warehouse), dies)).ending).toBe("killed");
      expect((await drive(warehouse, await each.build(warehouse))).ending).toMatchObject({ status: "success" });
      expect(await shown(warehouse), `after a death before statement ${String(dies)}`).toEqual(undisturbed);
      warehouse.close();
    }
  });
});
