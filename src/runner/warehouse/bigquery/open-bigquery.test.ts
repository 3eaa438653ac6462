import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeBigquery, startFakeBigquery } from "../../../../test/cloud/fake-bigquery.ts";
import type { Fault } from "../../../../test/cloud/fake-http.ts";
import { sqlFrom, trustedSql } from "../../../domain/sql.ts";
import type { Session, Warehouse } from "../../warehouse.ts";
import { type BigqueryOptions, openBigquery } from "./open-bigquery.ts";

let fake: FakeBigquery;
let pauses: number[];

function open(options: Partial<BigqueryOptions> = {}): Warehouse {
  return openBigquery({
    project: "p",
    endpoint: fake.url,
    keyfile: undefined,
    location: "EU",
    priority: "interactive",
    maximumBytesBilled: undefined,
    timeoutSeconds: undefined,
    retries: 3,
    reservation: undefined,
    labels: { tsdbt_run: "r1" },
    runId: "r1",
    startedMs: Date.now(),
    scratch: { database: "p", schema: "_tsdbt" },
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
    ...options,
  });
}

async function start(): Promise<Session> {
  fake = await startFakeBigquery(2);
  pauses = [];
  return open().session();
}

let session: Session;

beforeEach(async () => {
  session = await start();
});

afterEach(async () => {
  session.close();
  await fake.close();
});

const threeRows = { fields: [{ name: "x", type: "INTEGER" }], rows: [["1"], ["2"], ["3"]] };

/** A life of a session: a write, its count, and rows of three pages. */
async function live(given: Session): Promise<unknown> {
  fake.answer((text) =>
    text.startsWith("select") ? threeRows : { statistics: { query: { numDmlAffectedRows: "7" } } },
  );
  const changed = await given.answer({ kind: "execute", statements: [trustedSql("merge into t")] });
  return [changed, (await given.rows(trustedSql("select x from t"))).rows];
}

const lived = [{ kind: "execute", rowCount: 7 }, [{ x: 1 }, { x: 2 }, { x: 3 }]];

describe("jobs of BigQuery", () => {
  it("are inserted under an id of ours, looked at until they are done, and read page by page", async () => {
    expect(await live(session)).toEqual(lived);
    const ids = fake.ran.map(({ id }) => id);
    expect(ids.every((id) => /^tsdbt_[0-9a-f]{32}_0$/u.test(id))).toBe(true);
    expect(fake.log).toEqual([
      "POST /bigquery/v2/projects/p/jobs",
      `GET /bigquery/v2/projects/p/jobs/${ids[0] ?? ""}`,
      "POST /bigquery/v2/projects/p/jobs",
      `GET /bigquery/v2/projects/p/jobs/${ids[1] ?? ""}`,
      `GET /bigquery/v2/projects/p/queries/${ids[1] ?? ""}`,
      `GET /bigquery/v2/projects/p/queries/${ids[1] ?? ""}`,
    ]);
  });

  const faults: readonly (readonly [string, Fault])[] = [
    ["refused with 503", { kind: "refused", status: 503 }],
    ["refused with 403 rateLimitExceeded", { kind: "refused", status: 403, reason: "rateLimitExceeded" }],
    ["answered with 503 after it is done", { kind: "lost", status: 503 }],
    ["cut off before it is done", { kind: "cut", done: "before" }],
    ["cut off after it is done", { kind: "cut", done: "after" }],
  ];
  it.each(faults)("run once whichever request is %s", async (_, fault) => {
    await live(session);
    const count = fake.log.length;
    for (let failing = 0; failing < count; failing++) {
      await fake.close();
      session = await start();
      fake.script((position) => (position === failing ? fault : undefined));
      expect([failing, await live(session), fake.ran.length]).toEqual([failing, lived, 2]);
    }
  });

  it("are given what the target says, and the location with each call", async () => {
    session = await open({ priority: "batch", maximumBytesBilled: 10_485_760, timeoutSeconds: 60 }).session();
    const locations: unknown[] = [];
    fake.script((_, { method, query, body }) => {
      locations.push(method === "GET" ? query.get("location") : body.toString().includes('"location":"EU"') && "EU");
      return undefined;
    });
    await session.rows(trustedSql("select 1"));
    expect(fake.ran[0]?.configuration).toEqual({
      query: { query: "select 1", useLegacySql: false, priority: "BATCH", maximumBytesBilled: "10485760" },
      labels: { tsdbt_run: "r1" },
      jobTimeoutMs: "60000",
    });
    expect(new Set(locations)).toEqual(new Set(["EU"]));
  });

  it("that failed for a passing reason are followed by another one, with growing pauses", async () => {
    const message = "Exceeded rate limits: too many table update operations for this table";
    fake.answer((_, id) => (id.endsWith("_2") ? threeRows : { failure: { reason: "rateLimitExceeded", message } }));
    expect((await session.rows(trustedSql("select 1"))).rows).toHaveLength(3);
    expect(fake.ran.map(({ id }) => id.slice(-2))).toEqual(["_0", "_1", "_2"]);
    expect(pauses.map((pause) => pause > 400 && pause <= 2000)).toEqual([true, true]);
  });

  it("that met another writer are run again, whole", async () => {
    const message = "Could not serialize access to table p:d.t due to concurrent update";
    fake.answer((_, id) => (id.endsWith("_1") ? {} : { failure: { reason: "invalidQuery", message } }));
    await session.answer({ kind: "execute", statements: [trustedSql("merge into t")] });
    expect(fake.ran).toHaveLength(2);
  });

  it("are not tried for ever", async () => {
    fake.answer(() => ({ failure: { reason: "backendError", message: "no" } }));
    await expect(session.rows(trustedSql("select 1"))).rejects.toMatchObject({ code: "refused", message: "no" });
    expect(fake.ran).toHaveLength(4);
    fake.script(() => ({ kind: "refused", status: 503 }));
    await expect(session.rows(trustedSql("select 2"))).rejects.toMatchObject({
      code: "warehouse-unreachable",
      isRetryable: true,
    });
  });

  it("are waited for, with pauses that grow to ten seconds", async () => {
    fake.answer(() => ({ ...threeRows, looks: 8 }));
    await session.rows(trustedSql("select 1"));
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it("are cancelled when the session is interrupted, and no other follows", async () => {
    fake.answer(() => ({ looks: 1_000_000 }));
    fake.script((position) => {
      if (position === 3) session.interrupt();
      return undefined;
    });
    const refused = { code: "interrupted" };
    await expect(session.rows(trustedSql("select 1"))).rejects.toMatchObject(refused);
    expect(fake.cancelled).toEqual(fake.ran.map(({ id }) => id));
    await expect(session.rows(trustedSql("select 2"))).rejects.toMatchObject(refused);
    expect(fake.ran).toHaveLength(1);
  });

  it("are cancelled at once, though the next look at them is far away", async () => {
    const waiting = await open({
      pause: async (_, signal) => {
        if (signal === undefined) return;
        setImmediate(() => {
          waiting.interrupt();
        });
        await once(signal, "abort");
      },
    }).session();
    fake.answer(() => ({ looks: 1_000_000 }));
    await expect(waiting.rows(trustedSql("select 1"))).rejects.toMatchObject({ code: "interrupted" });
    expect(fake.cancelled).toHaveLength(1);
  });

  it("are labelled with run, target and step, and run in the target's reservation", async () => {
    const reservation = "projects/p/locations/eu/reservations/night";
    const labels = { tsdbt_run: "R.1", target: "Prod EU" };
    session = await open({ labels, reservation }).session({ step: `Événement${"x".repeat(80)}` });
    await session.rows(trustedSql("select 1"));
    expect(fake.ran[0]?.configuration).toMatchObject({
      labels: { tsdbt_run: "r_1", target: "prod_eu", model: `événement${"x".repeat(54)}` },
      reservation,
    });
  });

  it("that write to one table run one after another, others side by side", async () => {
    const warehouse = open();
    const running = new Set<string>();
    const together: string[] = [];
    fake.answer((text) => {
      running.add(text);
      together.push([...running].sort().join(" + "));
      return { looks: 2 };
    });
    const write = async (text: string): Promise<void> => {
      const own = await warehouse.session();
      await own.answer({ kind: "execute", statements: [trustedSql(text)] });
      running.delete(text);
    };
    await Promise.all([
      write("insert into `p`.`d`.`a` select 1"),
      write("insert into `p`.`d`.`b` select 1"),
      write("delete from `p.d.a` where true"),
    ]);
    expect(together.some((each) => each.includes("`p`.`d`.`a`") && each.includes("`p.d.a`"))).toBe(false);
    expect(together.some((each) => each.includes("`a`") && each.includes("`b`"))).toBe(true);
  });

  it("tell where a statement of a script is refused, in the author's own text", async () => {
    const file = { path: "models/a.sql", text: "select 'é😀' as t,\n  nope from t" };
    const statements = [trustedSql("create schema s"), sqlFrom({ file, start: 0, end: file.text.length }, file.text)];
    fake.answer(() => ({ failure: { reason: "invalidQuery", message: "Unrecognized name: nope at [4:3]" } }));
    await expect(session.answer({ kind: "execute", statements })).rejects.toMatchObject({
      message: "Unrecognized name: nope",
      statement: statements[1],
      offset: file.text.indexOf("nope"),
      length: 4,
    });
  });

  it("tell a refused account apart from a refused statement", async () => {
    fake.script(() => ({ kind: "refused", status: 403, reason: "accessDenied" }));
    await expect(session.rows(trustedSql("select 1"))).rejects.toMatchObject({ code: "no-permission" });
  });
});

describe("files that BigQuery loads", () => {
  const load = {
    target: { database: "p", schema: "_tsdbt", identifier: "landing" },
    columns: [
      { name: "user", type: "STRING" },
      { name: "at", type: "TIMESTAMP" },
    ],
    uris: ["gs://b/1.csv", "gs://b/2.csv"],
    key: ["1.csv", "7"],
  };
  const lost: Fault = { kind: "lost", status: 503 };

  it("take the place of what the table held, by one job with a given schema", async () => {
    await session.answer({ kind: "load", loads: [load] });
    expect(fake.ran.map(({ configuration }) => configuration)).toEqual([
      {
        load: {
          destinationTable: { projectId: "p", datasetId: "_tsdbt", tableId: "landing" },
          sourceUris: load.uris,
          sourceFormat: "CSV",
          schema: {
            fields: [
              { name: "user", type: "STRING", mode: "NULLABLE" },
              { name: "at", type: "TIMESTAMP", mode: "NULLABLE" },
            ],
          },
          autodetect: false,
          skipLeadingRows: 1,
          allowQuotedNewlines: true,
          preserveAsciiControlCharacters: true,
          maxBadRecords: 0,
          encoding: "UTF-8",
          createDisposition: "CREATE_IF_NEEDED",
          writeDisposition: "WRITE_TRUNCATE",
        },
        labels: { tsdbt_run: "r1" },
      },
    ]);
  });

  it("are loaded once, also by a later run, until anything of them is another", async () => {
    await session.answer({ kind: "load", loads: [load] });
    const later = await open({ runId: "r2" }).session();
    await later.answer({ kind: "load", loads: [load] });
    expect(fake.ran).toHaveLength(1);
    await later.answer({ kind: "load", loads: [{ ...load, key: ["1.csv", "8"] }] });
    expect(fake.ran).toHaveLength(2);
  });

  it("are loaded once, though the answer got lost", async () => {
    fake.script((position) => (position === 0 ? lost : undefined));
    await session.answer({ kind: "load", loads: [load] });
    expect(fake.ran).toHaveLength(1);
  });

  it("that cannot be read are told with BigQuery's own words", async () => {
    fake.answer(() => ({ failure: { reason: "invalid", message: "Error while reading data, line 3" } }));
    await expect(session.answer({ kind: "load", loads: [load] })).rejects.toMatchObject({
      code: "unloaded-files",
      message: "BigQuery cannot load gs://b/1.csv and 1 more into landing.",
      hint: "Error while reading data, line 3",
    });
  });

  it("are given up when the session is interrupted", async () => {
    fake.answer(() => ({ looks: 1_000_000 }));
    fake.script((position) => {
      if (position === 3) session.interrupt();
      return undefined;
    });
    await expect(session.answer({ kind: "load", loads: [load] })).rejects.toMatchObject({ code: "interrupted" });
    expect(fake.cancelled).toHaveLength(1);
  });
});

describe("rows of BigQuery", () => {
  it("are exact", async () => {
    const fields = [
      { name: "big", type: "INTEGER" },
      { name: "exact", type: "NUMERIC" },
      { name: "nothing", type: "STRING" },
      { name: "day", type: "DATE" },
      { name: "instant", type: "TIMESTAMP" },
      { name: "before", type: "TIMESTAMP" },
      { name: "yes", type: "BOOLEAN" },
      { name: "ratio", type: "FLOAT" },
      { name: "odd", type: "FLOAT" },
      { name: "list", type: "INTEGER", mode: "REPEATED" },
      { name: "pair", type: "RECORD", fields: [{ name: "a", type: "INTEGER" }] },
    ];
    const micros = String(Date.parse("2022-10-31T23:59:59Z") * 1000 + 123_456);
    const list = [{ v: "1" }, { v: "2" }];
    const row = [
      "9007199254740993",
      "0.1",
      null,
      "2022-10-31",
      micros,
      "-1",
      "true",
      "0.5",
      "NaN",
      list,
      { f: [{ v: "1" }] },
    ];
    fake.answer(() => ({ fields, rows: [row] }));
    const { columns, rows } = await session.rows(trustedSql("select"));
    expect(rows).toEqual([
      {
        big: "9007199254740993",
        exact: "0.1",
        nothing: null,
        day: "2022-10-31",
        instant: "2022-10-31 23:59:59.123456+00",
        before: "1969-12-31 23:59:59.999999+00",
        yes: true,
        ratio: 0.5,
        odd: "NaN",
        list: [1, 2],
        pair: { a: 1 },
      },
    ]);
    expect(columns.map(({ type }) => type).slice(-3)).toEqual(["FLOAT64", "ARRAY<INT64>", "STRUCT<a INT64>"]);
  });

  it("are read no further than asked for", async () => {
    fake.answer(() => threeRows);
    expect((await session.rows(trustedSql("select"), 1)).rows).toEqual([{ x: 1 }]);
    expect(fake.log.filter((line) => line.includes("/queries/"))).toHaveLength(1);
  });

  it.each(["refused", "lost"] as const)(
    "of a table that a script made are counted, whichever request is %s",
    async (kind) => {
      const made = { statementType: "CREATE_TABLE_AS_SELECT", ddlTargetTable: { datasetId: "d", tableId: "t" } };
      for (let failing = -1; failing < 4; failing++) {
        await fake.close();
        session = await start();
        fake.tables.set("d.t", { type: "TABLE", fields: [], numRows: 12 });
        fake.answer(() => ({ statistics: { numChildJobs: "1", query: made } }));
        fake.script((position) => (position === failing ? { kind, status: 503 } : undefined));
        const answer = await session.answer({ kind: "execute", statements: [trustedSql("create")] });
        expect([failing, answer, fake.ran.length]).toEqual([failing, { kind: "execute", rowCount: 12 }, 1]);
      }
    },
  );
});

describe("looking at BigQuery", () => {
  it("shows tables and views with their columns, and nothing for a dataset that is not there", async () => {
    for (const name of ["a", "b", "c"])
      fake.tables.set(`d.${name}`, { type: name === "b" ? "VIEW" : "TABLE", fields: [{ name: "x", type: "FLOAT" }] });
    const shown = await open().inspect([
      { database: "p", schema: "d" },
      { database: "p", schema: "d" },
      { database: "p", schema: "nowhere" },
    ]);
    expect(shown.map(({ relation, kind, columns }) => [relation.identifier, kind, columns])).toEqual([
      ["a", "table", [{ name: "x", type: "FLOAT64" }]],
      ["b", "view", [{ name: "x", type: "FLOAT64" }]],
      ["c", "table", [{ name: "x", type: "FLOAT64" }]],
    ]);
  });

  it("shows the datasets of a project, page by page", async () => {
    for (const name of ["d", "e", "f"]) fake.tables.set(`${name}.t`, { type: "TABLE", fields: [] });
    const answer = await session.answer({ kind: "schemas", database: "p" });
    expect(answer).toEqual({ kind: "schemas", schemas: ["d", "e", "f"] });
    expect(fake.ran).toEqual([]);
  });

  it("rejects rather than show too few", async () => {
    fake.tables.set("d.a", { type: "TABLE", fields: [] });
    fake.script((position) => (position > 0 ? { kind: "refused", status: 403, reason: "accessDenied" } : undefined));
    await expect(open().inspect([{ database: "p", schema: "d" }])).rejects.toMatchObject({ code: "no-permission" });
  });

  it("gives the columns of a script's own table", async () => {
    fake.tables.set("_tsdbt.dau__staged", { type: "TABLE", fields: [{ name: "day", type: "DATE" }] });
    const relation = { temporary: "dau__staged" };
    expect(await session.answer({ kind: "columns", relation, isStable: false })).toEqual({
      kind: "columns",
      columns: [{ name: "day", type: "DATE" }],
    });
  });
});
