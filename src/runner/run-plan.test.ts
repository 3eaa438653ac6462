import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeWarehouse, type FakeWarehouse, refusal, settle } from "../../test/fake-warehouse.ts";
import { error, warning } from "../domain/diagnostic.ts";
import type { Outcome, Plan, Step } from "../domain/plan.ts";
import type { RunEvent, StepResult } from "../domain/run-event.ts";
import { execute, type Script } from "../domain/script.ts";
import { trustedSql } from "../domain/sql.ts";
import { WorldError } from "../domain/world-error.ts";
import { runPlan, type RunOptions } from "./run-plan.ts";

const success: Outcome = { status: "success", message: "OK", rowCount: 1, warnings: [] };

function* oneUnit(name: string, outcome: Outcome): Script<Outcome> {
  yield* execute(trustedSql(name), trustedSql(`${name} too`));
  return outcome;
}

/** A step of one unit, which the warehouse knows by the step's name. */
function stepOf(name: string, needs: readonly string[] = [], given: Partial<Step> = {}): Step {
  return {
    id: name,
    kind: "model",
    name,
    title: `sql view model main.${name}`,
    reason: "",
    needs,
    functions: [],
    relation: undefined,
    query: undefined,
    path: undefined,
    script: () => oneUnit(name, success),
    ...given,
  };
}

interface StartedRun {
  readonly warehouse: FakeWarehouse;
  readonly events: readonly RunEvent[];
  readonly abort: AbortController;
  readonly results: Promise<readonly StepResult[]>;
  /** Events of steps, each as a few words. */
  readonly told: () => readonly string[];
}

function describeEvent(event: RunEvent): string {
  switch (event.kind) {
    case "runStarted":
      return `run of ${event.steps.length} on ${event.threads} of ${event.target}`;
    case "stepStarted":
      return `${event.index}/${event.total} ${event.step.name}`;
    case "stepEnded":
      return `${event.index}/${event.total} ${event.result.step.name} ${event.result.ending.status}`;
    case "batchStarted":
      return `${event.place.index}/${event.place.total} of ${event.place.step.name}: ${event.work.name}`;
    case "batchEnded":
      return `${event.place.index}/${event.place.total} of ${event.place.step.name}: ${event.result.work.name} ${event.result.ending.status}`;
    case "warned":
      return event.diagnostic.message;
    case "said":
      return event.message;
    case "statementSent":
      return `${event.step.name} sends ${event.statement}`;
    case "runEnded":
      return `ended with ${event.results.length}${event.interrupted ? ", interrupted" : ""}`;
  }
}

async function start(
  steps: readonly Step[],
  given: Partial<RunOptions> & { readonly warnings?: Plan["warnings"]; readonly warehouse?: FakeWarehouse } = {},
): Promise<StartedRun> {
  const { warnings = [], warehouse = fakeWarehouse(), ...options } = given;
  const events: RunEvent[] = [];
  const abort = new AbortController();
  let now = 0;
  const results = runPlan(
    { steps, warnings, refusals: [] },
    {
      warehouse,
      threads: 1,
      stopsAtFailure: false,
      signal: abort.signal,
      target: "dev",
      clock: () => now++,
      emit: (event) => events.push(event),
      ...options,
    },
  );
  results.catch(() => undefined);
  await settle();
  return {
    warehouse,
    events,
    abort,
    results,
    told: () => events.filter(({ kind }) => kind !== "statementSent").map(describeEvent),
  };
}

function endings(results: readonly StepResult[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    results.map(({ step, ending }) => [
      step.name,
      ending.status === "skipped" ? `skipped: ${ending.because}` : ending.status,
    ]),
  );
}

const refused = refusal("refused", "No.");

describe("running a plan", () => {
  it("tells the events in order, and gives the results in the plan's", async () => {
    const told = warning("w", "The plan warns.");
    const warned: Outcome = { ...success, warnings: [warning("w", "It was so.")] };
    const steps = [
      stepOf("prepare", [], { kind: "prepare" }),
      stepOf("a", ["prepare"], { script: () => oneUnit("a", warned), functions: ["f", "g"] }),
      stepOf("b", ["prepare", "a"]),
    ];
    const { warehouse, results, told: said, events } = await start(steps, { warnings: [told] });
    for (const name of ["prepare", "a", "b"]) await warehouse.end(name);
    expect(endings(await results)).toEqual({ prepare: "success", a: "success", b: "success" });
    expect(said()).toEqual([
      "run of 3 on 1 of dev",
      "The plan warns.",
      "1/2 a",
      "1/2 a success",
      "It was so.",
      "2/2 b",
      "2/2 b success",
      "ended with 3",
    ]);
    expect((await results)[1]).toMatchObject({ thread: 1, statements: ["a", "a too"] });
    expect(warehouse.functions).toEqual([[], ["f", "g"], []]);
    expect(warehouse.openSessions()).toBe(0);
    const [first] = events;
    expect(first?.kind === "runStarted" && first.steps).toBe(steps);
  });

  it("runs side by side what may, on as many threads as there are", async () => {
    const { warehouse, results } = await start(
      ["a", "b", "c", "d"].map((name) => stepOf(name)),
      { threads: 2 },
    );
    expect(warehouse.open()).toEqual(["a", "b"]);
    await warehouse.end("b");
    expect(warehouse.open()).toEqual(["a", "c"]);
    for (const name of ["a", "c", "d"]) await warehouse.end(name);
    expect((await results).map(({ thread }) => thread)).toEqual([1, 2, 2, 1]);
  });

  it("does not wait for steps that are not in the plan", async () => {
    const { warehouse } = await start([stepOf("a", ["not selected"])]);
    expect(warehouse.open()).toEqual(["a"]);
  });

  it("skips all that hangs on a failure, and nothing else", async () => {
    const steps = [
      stepOf("a"),
      stepOf("b", ["a"]),
      stepOf("c", ["b"]),
      stepOf("d", ["a", "e"]),
      stepOf("e"),
      stepOf("f", ["e"]),
    ];
    const { warehouse, results, told } = await start(steps);
    await warehouse.refuse("a", refused);
    await warehouse.end("e");
    await warehouse.end("f");
    expect(endings(await results)).toEqual({
      a: "error",
      b: 'skipped: "a" did not succeed',
      c: 'skipped: "b" did not succeed',
      d: 'skipped: "a" did not succeed',
      e: "success",
      f: "success",
    });
    expect(told().filter((text) => text.includes("skipped"))).toEqual([
      "2/6 b skipped",
      "3/6 c skipped",
      "4/6 d skipped",
    ]);
  });

  it("skips what waits for a step that comes later in the plan and is skipped itself", async () => {
    const steps = [stepOf("c", ["b"]), stepOf("b", ["a"]), stepOf("a")];
    const { warehouse, results } = await start(steps);
    await warehouse.refuse("a", refused);
    expect(endings(await results)).toMatchObject({ a: "error", c: 'skipped: "b" did not succeed' });
  });

  it("is held up by a test that fails or cannot be run, not by one that warns", async () => {
    const test = (name: string, outcome: Outcome): Step =>
      stepOf(name, [], { kind: "test", script: () => oneUnit(name, outcome) });
    const steps = [
      test("fails", { status: "fail", failures: 2, message: "" }),
      test("warns", { status: "warn", failures: 2, message: "" }),
      test("passes", { status: "pass", failures: 0, message: "" }),
      test("errs", { status: "error", diagnostics: [error("e", "It is wrong.")] }),
      ...["fails", "warns", "passes", "errs"].map((name) => stepOf(`after ${name}`, [name])),
    ];
    const { warehouse, results } = await start(steps, { threads: 9 });
    for (const name of ["fails", "warns", "passes", "errs", "after warns", "after passes"]) await warehouse.end(name);
    expect(endings(await results)).toMatchObject({
      "after fails": 'skipped: "fails" did not succeed',
      "after warns": "success",
      "after passes": "success",
      "after errs": 'skipped: "errs" did not succeed',
    });
  });

  it("tells of preparation only where it fails, and then runs nothing", async () => {
    const { warehouse, results, told } = await start([
      stepOf("prepare", [], { kind: "prepare" }),
      stepOf("a", ["prepare"]),
    ]);
    await warehouse.refuse("prepare", refused);
    expect(endings(await results)).toEqual({ prepare: "error", a: 'skipped: "prepare" did not succeed' });
    expect(told()).toEqual(["run of 2 on 1 of dev", "0/1 prepare error", "1/1 a skipped", "ended with 2"]);
  });

  it("begins again where a statement met another transaction, in a new session, four times at most", async () => {
    const { warehouse, results } = await start([stepOf("a"), stepOf("b")]);
    for (let attempt = 1; attempt < 5; attempt++) await warehouse.refuse("a", refusal("conflict"));
    expect(warehouse.openSessions()).toBe(1);
    await warehouse.end("a");
    for (let attempt = 1; attempt <= 5; attempt++) await warehouse.refuse("b", refusal("conflict"));
    expect(endings(await results)).toEqual({ a: "success", b: "error" });
    expect((await results)[0]?.statements).toEqual(["a", "a too"]);
    expect(warehouse.functions).toHaveLength(10);
    expect(warehouse.openSessions()).toBe(0);
  });

  it("makes a failure of the world the step's own", async () => {
    const { warehouse, results } = await start([stepOf("a"), stepOf("b")]);
    await warehouse.refuse("a", new WorldError("disk-full", "The disk is full.", { hint: "Make room." }));
    await warehouse.end("b");
    expect((await results).map(({ ending }) => ending)).toEqual([
      {
        status: "error",
        diagnostics: [{ code: "disk-full", severity: "error", message: "The disk is full.", hint: "Make room." }],
      },
      success,
    ]);
  });

  it("lets a bug pass, once nothing runs any more", async () => {
    const bug = new Error("a bug");
    const { warehouse, results, told } = await start([stepOf("a"), stepOf("b"), stepOf("c", ["b"])], { threads: 2 });
    await warehouse.refuse("a", bug);
    await expect(results).rejects.toBe(bug);
    expect(warehouse.open()).toEqual([]);
    expect(warehouse.openSessions()).toBe(0);
    expect(told()).not.toContain("3/3 c");
  });

  it("calls it a bug when steps wait for each other", async () => {
    const { results } = await start([stepOf("a", ["b"]), stepOf("b", ["a"])]);
    await expect(results).rejects.toThrow("the steps of the plan wait for each other");
  });

  it("has nothing to do for an empty plan", async () => {
    const { results, told } = await start([]);
    expect(await results).toEqual([]);
    expect(told()).toEqual(["run of 0 on 1 of dev", "ended with 0"]);
  });
});

describe("stopping at the first failure", () => {
  const steps = ["a", "b", "c", "d"].map((name) => stepOf(name));

  it("interrupts what runs and begins nothing new", async () => {
    const { warehouse, results, told } = await start(steps, { threads: 2, stopsAtFailure: true });
    await warehouse.refuse("a", refused);
    const because = 'skipped: of --fail-fast, after "a"';
    expect(endings(await results)).toEqual({ a: "error", b: because, c: because, d: because });
    expect(warehouse.openSessions()).toBe(0);
    expect(told().at(-1)).toBe("ended with 4");
  });

  it("counts a failing test, and no warning one", async () => {
    const test = (status: "fail" | "warn"): Step =>
      stepOf(status, [], { kind: "test", script: () => oneUnit(status, { status, failures: 1, message: "" }) });
    const { warehouse, results } = await start([test("warn"), test("fail"), stepOf("a")], { stopsAtFailure: true });
    await warehouse.end("warn");
    await warehouse.end("fail");
    expect(endings(await results)).toEqual({ warn: "warn", fail: "fail", a: 'skipped: of --fail-fast, after "fail"' });
  });

  it("does not begin again what met another transaction meanwhile", async () => {
    const { warehouse, results } = await start(steps.slice(0, 2), { threads: 2, stopsAtFailure: true });
    const both = [warehouse.refuse("a", refused), warehouse.refuse("b", refusal("conflict"))];
    await Promise.all(both);
    while (warehouse.open().length > 0) await warehouse.end("b");
    expect(endings(await results)).toEqual({ a: "error", b: 'skipped: of --fail-fast, after "a"' });
  });
});

describe("an interrupted run", () => {
  it("has what runs given up and skips the rest", async () => {
    const { warehouse, results, abort, told } = await start(
      ["a", "b", "c", "d"].map((name) => stepOf(name)),
      {
        threads: 2,
      },
    );
    await warehouse.end("a");
    abort.abort();
    const because = "skipped: the run was interrupted";
    expect(endings(await results)).toEqual({ a: "success", b: because, c: because, d: because });
    expect(told().at(-1)).toBe("ended with 4, interrupted");
    expect(warehouse.openSessions()).toBe(0);
  });

  it("interrupts a session that was only being opened", async () => {
    let isOpen = (): void => undefined;
    const warehouse = fakeWarehouse(
      () =>
        new Promise((done) => {
          isOpen = done;
        }),
    );
    const { results, abort } = await start([stepOf("a")], { warehouse });
    abort.abort();
    isOpen();
    expect(endings(await results)).toEqual({ a: "skipped: the run was interrupted" });
    expect(warehouse.open()).toEqual([]);
  });

  it("sends nothing where it is interrupted before it begins", async () => {
    const warehouse = fakeWarehouse();
    const { results } = await start([stepOf("a")], { warehouse, signal: AbortSignal.abort() });
    expect(endings(await results)).toEqual({ a: "skipped: the run was interrupted" });
    expect(warehouse.functions).toEqual([]);
  });
});

describe("any plan", () => {
  const graph = fc.integer({ min: 1, max: 12 }).chain((size) =>
    fc.record({
      needs: fc.tuple(
        ...Array.from({ length: size }, (_, index) =>
          index === 0 ? fc.constant<number[]>([]) : fc.uniqueArray(fc.nat(index - 1), { maxLength: 3 }),
        ),
      ),
      order: fc.shuffledSubarray([...Array(size).keys()], { minLength: size, maxLength: size }),
      threads: fc.integer({ min: 1, max: 4 }),
      picks: fc.array(fc.record({ which: fc.nat(), fails: fc.boolean() }), { minLength: size, maxLength: size }),
    }),
  );

  it("keeps to its threads, to what steps need, and to one ending for each step", async () => {
    await fc.assert(
      fc.asyncProperty(graph, async ({ needs, order, threads, picks }) => {
        const all = needs.map((list, index) =>
          stepOf(
            `s${index}`,
            list.map((need) => `s${need}`),
          ),
        );
        const steps = order.flatMap((index) => all[index] ?? []);
        const { warehouse, results, events } = await start(steps, { threads });
        for (let turn = 0; warehouse.open().length > 0; turn++) {
          const open = warehouse.open();
          expect(open.length).toBeLessThanOrEqual(threads);
          const { which, fails } = picks[turn] ?? { which: 0, fails: false };
          const name = open[which % open.length] ?? "";
          await (fails ? warehouse.refuse(name, refused) : warehouse.end(name));
        }
        const ended = await results;
        expect(ended.map(({ step }) => step)).toEqual(steps);
        const endingOf = endings(ended);
        for (const { step, ending } of ended) {
          const isHeld = step.needs.some((need) => endingOf[need] !== "success");
          expect(ending.status === "skipped").toBe(isHeld);
        }
        const done = new Set<string>();
        const begun: number[] = [];
        for (const event of events) {
          if (event.kind === "stepStarted") {
            expect(event.step.needs.filter((need) => !done.has(need))).toEqual([]);
            begun.push(event.index);
          }
          if (event.kind === "stepEnded") done.add(event.result.step.name);
        }
        expect(begun).toEqual([...begun].sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});
