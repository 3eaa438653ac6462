import { describe, expect, it } from "vitest";
import {
  incrementalOf,
  modelOf,
  projectOf,
  relationOf,
  seedOf,
  sourceOf,
  testOf,
} from "../../../test/literal-resources.ts";
import { type CompiledProject, resourcesOf } from "../../domain/compiled-project.ts";
import type { IngestSettings } from "../../domain/ingest-settings.ts";
import type { Departure } from "../../domain/ledger.ts";
import type { Plan, Step } from "../../domain/plan.ts";
import { duckdbLedger } from "../dialect/duckdb-ledger.ts";
import { duckdb } from "../dialect/duckdb.ts";
import { planRun } from "./plan-run.ts";
import { runState, type StandingRelation } from "./run-state.ts";

const sql = {
  dialect: duckdb,
  ledgerDialect: duckdbLedger,
  ledger: { database: "memory", schema: "_tsdbt", identifier: "" },
  runId: "run",
  now: 0,
};

interface Situation {
  readonly standing?: Readonly<Record<string, StandingRelation["kind"]>>;
  readonly known?: readonly string[];
  readonly departures?: readonly Departure[];
  readonly fullRefresh?: boolean;
  /** Names of resources; all if not given. */
  readonly selected?: readonly string[];
}

function plan(project: CompiledProject, situation: Situation = {}): Plan {
  const { standing = {}, known = [], departures = [], fullRefresh = false, selected } = situation;
  const state = runState({
    relations: Object.entries(standing).map(([name, kind]) => ({ relation: relationOf(name), kind, columns: [] })),
    knownTables: known.map((name) => ({ uniqueId: `model.shop.${name}`, relation: relationOf(name) })),
    departures,
  });
  const chosen = resourcesOf(project).filter(({ name }) => selected?.includes(name) ?? true);
  return planRun(project, { selected: new Set(chosen.map(({ uniqueId }) => uniqueId)), fullRefresh, state, sql });
}

function stepsOf(project: CompiledProject, situation?: Situation): readonly Step[] {
  const planned = plan(project, situation);
  if (planned.refusals.length > 0) throw new Error(planned.refusals.map(({ message }) => message).join(" "));
  return planned.steps;
}

/** Each step's name with the names of what it waits for, preparation apart. */
function needsOf(project: CompiledProject, situation?: Situation): Readonly<Record<string, readonly string[]>> {
  const steps = stepsOf(project, situation).filter(({ kind }) => kind !== "prepare");
  const names = new Map(steps.map(({ id, name }) => [id, name]));
  return Object.fromEntries(steps.map(({ name, needs }) => [name, needs.flatMap((id) => names.get(id) ?? [])]));
}

function reasonOf(project: CompiledProject, situation: Situation): string | undefined {
  return stepsOf(project, situation).find(({ kind }) => kind !== "prepare")?.reason;
}

const id = (name: string): string => `model.shop.${name}`;

describe("the steps of a run", () => {
  it("come in dbt's order, by depth and then by id, whatever the order of the project", () => {
    const project = projectOf({
      sources: [sourceOf("pulls")],
      models: [
        modelOf("z", { dependsOn: ["source.shop.raw.pulls"] }),
        modelOf("c", { dependsOn: [id("b")] }),
        modelOf("b", { dependsOn: ["seed.shop.days"] }),
        modelOf("a", { dependsOn: [id("c")] }),
      ],
      seeds: [seedOf("days")],
    });
    expect(stepsOf(project).map(({ name }) => name)).toEqual(["prepare", "z", "days", "b", "c", "a"]);
  });

  it("wait for the nearest steps above, through ephemeral models and what is not selected", () => {
    const project = projectOf({
      models: [
        modelOf("a"),
        modelOf("hidden", { dependsOn: [id("a")], materialization: { kind: "ephemeral" } }),
        modelOf("b", { dependsOn: [id("hidden"), id("a")] }),
        modelOf("c", { dependsOn: [id("b")] }),
      ],
    });
    expect(needsOf(project)).toEqual({ a: [], b: ["a"], c: ["b"] });
    expect(needsOf(project, { selected: ["a", "c"] })).toEqual({ a: [], c: ["a"] });
    expect(needsOf(project, { selected: ["c"] })).toEqual({ c: [] });
    expect(needsOf(project, { selected: ["hidden"] })).toEqual({});
  });

  it("begin with schemas and ledger, each schema once, and everything that builds waits for that", () => {
    const elsewhere = { database: "memory", schema: "other", identifier: "b" };
    const project = projectOf({
      models: [modelOf("a"), modelOf("b", { relation: elsewhere }), modelOf("c", { dependsOn: [id("a")] })],
      tests: [testOf("t", [id("a")])],
    });
    const [prepare, ...others] = stepsOf(project);
    expect(prepare).toMatchObject({ kind: "prepare", title: "schemas main, other and ledger", needs: [] });
    expect(others.map(({ needs }) => needs.includes("prepare"))).toEqual([true, true, true, true]);
  });

  it("are tests alone where only tests are selected: nothing is prepared, and nothing is waited for", () => {
    const project = projectOf({ models: [modelOf("a")], tests: [testOf("t", [id("a")]), testOf("u", [id("a")])] });
    expect(stepsOf(project, { selected: ["u", "t"] }).map(({ name, needs }) => [name, needs])).toEqual([
      ["t", []],
      ["u", []],
    ]);
  });

  it("are none where nothing that runs is selected", () => {
    const project = projectOf({ sources: [sourceOf("pulls")], models: [modelOf("a")] });
    expect(stepsOf(project, { selected: ["pulls"] })).toEqual([]);
    expect(plan(project, { selected: [] })).toEqual({ steps: [], warnings: [], refusals: [] });
  });

  it("have titles as dbt prints them", () => {
    const project = projectOf({
      seeds: [seedOf("days")],
      models: [
        modelOf("a", { materialization: incrementalOf() }),
        modelOf("b", { materialization: { kind: "table" } }),
      ],
      tests: [testOf("not_null_a_id", [id("a")])],
    });
    expect(stepsOf(project).map(({ title }) => title)).toEqual([
      "schemas main and ledger",
      "sql incremental model main.a",
      "sql table model main.b",
      "seed file main.days",
      "test not_null_a_id",
    ]);
  });

  it("do not go on for ever in a chain of thousands", () => {
    const names = Array.from({ length: 3000 }, (_, index) => `m${String(index).padStart(4, "0")}`);
    const models = names.map((name, index) => modelOf(name, { dependsOn: names.slice(index - 1, index).map(id) }));
    expect(stepsOf(projectOf({ models })).at(-1)?.needs).toEqual(["prepare", id("m2998")]);
  });
});

describe("tests that gate", () => {
  const diamond = [
    modelOf("top"),
    modelOf("left", { dependsOn: [id("top")] }),
    modelOf("right", { dependsOn: [id("top")] }),
    modelOf("bottom", { dependsOn: [id("left"), id("right")] }),
  ];

  it("keep back what comes after all that they read, and come before it in the plan", () => {
    const project = projectOf({
      models: diamond,
      tests: [testOf("of_top", [id("top")]), testOf("of_left", [id("left")])],
    });
    expect(needsOf(project)).toEqual({
      top: [],
      of_top: ["top"],
      left: ["top", "of_top"],
      right: ["top", "of_top"],
      of_left: ["left"],
      bottom: ["left", "right", "of_top", "of_left"],
    });
    expect(Object.keys(needsOf(project))).toEqual(["top", "of_top", "left", "right", "of_left", "bottom"]);
  });

  it("do not gate what comes after only one of their parents", () => {
    const project = projectOf({
      models: [...diamond, modelOf("below_left", { dependsOn: [id("left")] })],
      tests: [testOf("left_in_right", [id("left"), id("right")])],
    });
    const needs = needsOf(project);
    expect(needs["below_left"]).toEqual(["left"]);
    expect(needs["bottom"]).toEqual(["left", "right", "left_in_right"]);
    expect(needs["left_in_right"]).toEqual(["left", "right"]);
  });

  it("may relate models to each other in a circle: neither waits for a test of itself", () => {
    const project = projectOf({
      models: diamond.slice(0, 3),
      tests: [testOf("left_in_right", [id("left"), id("right")]), testOf("right_in_left", [id("right"), id("left")])],
    });
    expect(needsOf(project)).toMatchObject({ left: ["top"], right: ["top"], left_in_right: ["left", "right"] });
  });

  it("gate through what is not selected, and may test sources", () => {
    const project = projectOf({
      sources: [sourceOf("pulls")],
      models: [modelOf("a", { dependsOn: ["source.shop.raw.pulls"] }), modelOf("b", { dependsOn: [id("a")] })],
      tests: [testOf("of_pulls", ["source.shop.raw.pulls"]), testOf("of_a", [id("a")])],
    });
    expect(needsOf(project, { selected: ["b", "of_pulls"] })).toEqual({ of_pulls: [], b: ["of_pulls"] });
    expect(needsOf(project)).toMatchObject({ a: ["of_pulls"], b: ["a", "of_pulls", "of_a"] });
  });

  it("are waited for when they only warn, and say so", () => {
    const project = projectOf({ models: diamond.slice(0, 2), tests: [testOf("w", [id("top")], { severity: "warn" })] });
    expect(needsOf(project)["left"]).toEqual(["top", "w"]);
    expect(stepsOf(project).find(({ name }) => name === "w")?.reason).toBe("only warns if it fails");
  });

  it("gate nothing where they are not selected", () => {
    const project = projectOf({ models: diamond, tests: [testOf("of_top", [id("top")])] });
    expect(needsOf(project, { selected: ["top", "left"] })).toEqual({ top: [], left: ["top"] });
  });
});

describe("the reason of a step", () => {
  it.each([
    [{ kind: "view" }, {}, "no view yet"],
    [{ kind: "view" }, { m: "view" }, "the view is replaced"],
    [{ kind: "view" }, { m: "table" }, "a table stands there and is replaced"],
    [{ kind: "table" }, {}, "no table yet"],
    [{ kind: "table" }, { m: "table" }, "the table is replaced"],
    [{ kind: "table" }, { m: "view" }, "a view stands there and is replaced"],
  ] as const)("of a model that is %o over %o is %j", (materialization, standing, reason) => {
    expect(reasonOf(projectOf({ models: [modelOf("m", { materialization })] }), { standing })).toBe(reason);
  });

  it("of a seed tells what it replaces", () => {
    const project = projectOf({ seeds: [seedOf("days")] });
    expect(reasonOf(project, {})).toBe("no table yet");
    expect(reasonOf(project, { standing: { days: "table" } })).toBe("the table is replaced");
    expect(reasonOf(project, { standing: { days: "view" } })).toBe("a view stands there and is replaced");
  });

  it.each([
    [{}, {}, "no table yet: built from all rows"],
    [{}, { fullRefresh: true }, "no table yet: built from all rows"],
    [{}, { standing: { m: "view" } }, "a view stands there: built from all rows"],
    [{}, { standing: { m: "table" } }, "the table is there: append"],
    [{ uniqueKey: ["a", "b"] }, { standing: { m: "table" } }, "the table is there: merge on a, b"],
    [{ uniqueKey: ["a"], strategy: "append" }, { standing: { m: "table" } }, "the table is there: append"],
    [{}, { standing: { m: "table" }, fullRefresh: true }, "built anew: full refresh"],
    [{}, { standing: { m: "view" }, fullRefresh: true }, "built anew: full refresh"],
    [{}, { known: ["m"], fullRefresh: true }, "built anew: full refresh"],
    [{ fullRefresh: true }, { standing: { m: "table" } }, "built anew: full refresh"],
    [{ fullRefresh: false }, { standing: { m: "table" }, fullRefresh: true }, "the table is there: append"],
    [{ fullRefresh: false }, { fullRefresh: true }, "no table yet: built from all rows"],
  ] as const)("of an incremental model %o in %o is %j", (given, situation, reason) => {
    const project = projectOf({ models: [modelOf("m", { materialization: incrementalOf(given) })] });
    expect(reasonOf(project, situation)).toBe(reason);
  });

  it("goes with the query of its run mode, and with the functions of that", () => {
    const query = (text: string): ReturnType<typeof modelOf>["full"] => ({ ...modelOf("m").full, uses: [text] });
    const incremental = modelOf("m", {
      materialization: incrementalOf(),
      full: query("of all"),
      incremental: query("of newer"),
    });
    const project = projectOf({ models: [incremental] });
    expect(stepsOf(project).at(-1)).toMatchObject({ functions: ["of all"], query: incremental.full });
    expect(stepsOf(project, { standing: { m: "table" } }).at(-1)).toMatchObject({
      functions: ["of newer"],
      query: incremental.incremental,
    });
  });
});

describe("an incremental table that the ledger knows", () => {
  const project = projectOf({ models: [modelOf("m", { materialization: incrementalOf() }), modelOf("n")] });
  const missing = (hint: string): unknown => ({
    code: "missing-table",
    severity: "error",
    message: 'The table memory.main.m of "m" is gone, though the ledger knows it.',
    span: { file: { path: "models/m.sql", text: "" }, start: 0, end: 0 },
    hint,
  });

  it("must be there: nothing at all is planned where it is gone, or a view is in its place", () => {
    const refused = {
      refusals: [missing("If it is to be built anew from all rows, run with --full-refresh.")],
    };
    expect(plan(project, { known: ["m"] })).toMatchObject(refused);
    expect(plan(project, { known: ["m"], standing: { m: "view" } })).toMatchObject(refused);
  });

  it("is no matter to a run that does not build it", () => {
    expect(needsOf(project, { known: ["m"], selected: ["n"] })).toEqual({ n: [] });
  });

  it("is another one where the model now goes by another name", () => {
    const renamed = projectOf({
      models: [modelOf("m", { relation: relationOf("other"), materialization: incrementalOf() })],
    });
    expect(reasonOf(renamed, { known: ["m"] })).toBe("no table yet: built from all rows");
  });

  it("is told how to get by its config where that forbids a full refresh", () => {
    const kept = projectOf({ models: [modelOf("m", { materialization: incrementalOf({ fullRefresh: false }) })] });
    const hint =
      'If it is to be built anew from all rows, take "full_refresh: false" from its config and run with --full-refresh.';
    expect(plan(kept, { known: ["m"], fullRefresh: true })).toMatchObject({ refusals: [missing(hint)] });
  });

  it("is told for every model at once", () => {
    const two = projectOf({ models: ["m", "o"].map((name) => modelOf(name, { materialization: incrementalOf() })) });
    expect(plan(two, { known: ["m", "o"] })).toMatchObject({ refusals: { length: 2 } });
  });
});

describe("events that a merge cannot follow", () => {
  const ingest: IngestSettings = {
    source: "raw.pulls",
    from: "raw",
    to: "staged",
    columns: [
      { role: "id", name: "uuid", key: "uuid", required: false },
      { role: "eventTime", name: "at", key: "at", required: true },
      { role: "file", name: "file" },
    ],
  };
  const project = projectOf({
    sources: [sourceOf("pulls", { ingest }), sourceOf("others", { ingest: { ...ingest, source: "raw.others" } })],
    models: [
      modelOf("events", {
        dependsOn: ["source.shop.raw.pulls"],
        materialization: incrementalOf({ uniqueKey: ["UUID"] }),
      }),
      modelOf("dau", { dependsOn: [id("events")], materialization: incrementalOf({ uniqueKey: ["day"] }) }),
    ],
  });
  const departure: Departure = {
    table: { uniqueId: id("dau"), relation: relationOf("dau") },
    source: "raw.pulls",
    kind: "left",
    day: "2022-10-30",
    files: ["f1", "f2", "f3", "f4", "f5"],
    events: 7,
  };
  const departures = [departure, { ...departure, kind: "moved" as const, day: "2022-10-31", files: ["f1"], events: 1 }];

  it("are warned of where the table is merged into", () => {
    const standing = { dau: "table", events: "table" } as const;
    expect(plan(project, { standing, departures })).toMatchObject({
      warnings: [
        {
          code: "departed-events",
          severity: "warning",
          message:
            'A merge cannot follow what left: "dau" may still count 7 events that left 2022-10-30 (f1, f2, f3 and 2 more); ' +
            "1 event that moved away from 2022-10-31 (f1).",
          hint: "Run with --full-refresh --select dau to restate it.",
        },
      ],
    });
  });

  it("are no matter where it is built anew or not at all", () => {
    const standing = { dau: "table", events: "table" } as const;
    expect(plan(project, { standing, departures, fullRefresh: true })).toMatchObject({ warnings: [] });
    expect(plan(project, { standing, departures, selected: ["events"] })).toMatchObject({ warnings: [] });
  });

  it("are looked for in the sources above a model, and followed where the key is the event's id", () => {
    const steps = stepsOf(project);
    const recorded = steps.slice(1).map((step) => {
      const first = step.script().next();
      const text =
        first.done !== true && first.value.kind === "execute" ? first.value.statements.map((s) => s.text) : [];
      return [step.name, /\[[^\]]*\]::varchar\[\], \[[^\]]*\]::varchar\[\]/u.exec(text.join("\n"))?.[0]];
    });
    expect(recorded).toEqual([
      ["events", "['raw.pulls']::varchar[], ['raw.pulls']::varchar[]"],
      ["dau", "['raw.pulls']::varchar[], []::varchar[]"],
    ]);
  });
});
