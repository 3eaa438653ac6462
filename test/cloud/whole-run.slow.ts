import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { runProject } from "../../src/app/run-project.ts";
import type { Invocation } from "../../src/app/invocation.ts";
import { keepWarnings } from "../../src/domain/warning-rule.ts";
import { WorldError } from "../../src/domain/world-error.ts";
import { cloudFolder } from "./cloud-project.ts";
import { type FakeBigquery, startFakeBigquery } from "./fake-bigquery.ts";
import { type FakeGcs, startFakeGcs } from "./fake-gcs.ts";
import type { Fault, FakeService } from "./fake-http.ts";

const pulls = {
  "2022-10-13/20221013-030129.json": [
    { distinct_id: "1", event: "a", timestamp: "2022-10-12T10:00:00Z", uuid: "u1" },
    { distinct_id: "2", event: "b", timestamp: "2022-10-13T02:59:00Z", uuid: "u2" },
  ],
  "2022-10-13/20221013-030229.json": [{ event: "no user" }],
};

/** Both services, as a run finds them at first. */
interface World {
  readonly gcs: FakeGcs;
  readonly bigquery: FakeBigquery;
}

let open: World[] = [];
afterEach(async () => {
  for (const { gcs, bigquery } of open.splice(0)) await Promise.all([gcs.close(), bigquery.close()]);
  open = [];
});

async function freshWorld(): Promise<World> {
  const world = { gcs: await startFakeGcs(["stage", "raw"]), bigquery: await startFakeBigquery() };
  for (const [name, records] of Object.entries(pulls)) world.gcs.put("raw", `pulls/${name}`, JSON.stringify(records));
  world.bigquery.answer((text) => {
    if (text.includes("unix_micros(max(load_time))"))
      return { fields: [{ name: "load_time", type: "INTEGER" }], rows: [[null]] };
    return {};
  });
  open.push(world);
  return world;
}

/** How a run ended: well, or with a sentence. */
type Ended = "success" | { readonly said: string };

let runs = 0;
let folder = "";
beforeAll(() => {
  folder = cloudFolder("aqua", {});
  const sources = join(folder, "sources.yml");
  writeFileSync(sources, readFileSync(sources, "utf8").replace("from: raw_data", "from: gs://raw/pulls"));
});

async function build(world: World): Promise<Ended> {
  const said: string[] = [];
  const invocation: Invocation = {
    id: `run-${++runs}`,
    folder,
    projectDir: folder,
    profilesDir: undefined,
    profileName: undefined,
    targetName: undefined,
    vars: {},
    environment: { TSDBT_GCS_ENDPOINT: world.gcs.url, TSDBT_BIGQUERY_ENDPOINT: world.bigquery.url },
    targetPath: undefined,
    threads: 1,
    checksVersion: true,
    warningRule: keepWarnings,
    writesArtifacts: false,
    now: Date.parse("2022-11-02T00:00:00Z") * 1000,
    startedMs: Date.now(),
    command: "build",
    arguments: {},
    signal: new AbortController().signal,
    emit: (event) => {
      if (event.kind === "diagnosed") said.push(...event.diagnostics.map(({ message }) => message));
      if (event.kind === "stepEnded" && event.result.ending.status === "error")
        said.push(...event.result.ending.diagnostics.map(({ message }) => message));
    },
    clock: Date.now,
  };
  const options = {
    select: ["event_data"],
    exclude: [],
    resourceTypes: ["model"],
    fullRefresh: false,
    stopsAtFailure: false,
    ingests: true,
  } as const;
  try {
    const ending = await runProject(invocation, { ...options, select: ["+event_data"] });
    return ending === "success" ? "success" : { said: said.join("\n") };
  } catch (cause) {
    if (!(cause instanceof WorldError)) throw cause;
    return { said: cause.message };
  }
}

/** What jobs did, without what differs from run to run. */
function workOf({ bigquery }: World): readonly string[] {
  return bigquery.ran.map(({ configuration }) =>
    JSON.stringify(configuration)
      .replaceAll(/run-\d+/gu, "run")
      .replaceAll(/\d{15,}/gu, "generation"),
  );
}

function contents({ gcs }: World): readonly string[] {
  return Object.values(gcs.objects());
}

const passing: readonly (readonly [string, Fault])[] = [
  ["refused with 503", { kind: "refused", status: 503 }],
  ["refused with 429", { kind: "refused", status: 429, reason: "rateLimitExceeded" }],
  ["answered with 503 after it is done", { kind: "lost", status: 503 }],
  ["cut off before it is done", { kind: "cut", done: "before" }],
  ["cut off after it is done", { kind: "cut", done: "after" }],
];

const services: readonly (readonly [string, (world: World) => FakeService])[] = [
  ["Cloud Storage", ({ gcs }) => gcs],
  ["BigQuery", ({ bigquery }) => bigquery],
];

async function baseline(): Promise<World> {
  const world = await freshWorld();
  expect(await build(world)).toBe("success");
  return world;
}

describe.each(services)("a run of which one request of %s", (_, service) => {
  it.each(passing)(
    "is %s does the same work once, whichever request it is",
    { timeout: 400_000 },
    async (__, fault) => {
      const right = await baseline();
      const count = service(right).log.length;
      expect(count).toBeGreaterThan(3);
      for (let failing = 0; failing < count; failing++) {
        const world = await freshWorld();
        service(world).script((position) => (position === failing ? fault : undefined));
        expect([failing, await build(world)]).toEqual([failing, "success"]);
        expect([failing, workOf(world)]).toEqual([failing, workOf(right)]);
        expect(contents(world)).toEqual(contents(right));
      }
    },
  );

  it("is refused for good ends with a sentence, and the next run ends right", { timeout: 400_000 }, async () => {
    const right = await baseline();
    const count = service(right).log.length;
    for (let failing = 0; failing < count; failing++) {
      const world = await freshWorld();
      service(world).script((position) =>
        position === failing ? { kind: "refused", status: 403, reason: "accessDenied" } : undefined,
      );
      const ended = await build(world);
      // Giving the lock back, and cancelling, may fail: the lease runs out by itself.
      if (ended !== "success") {
        expect([failing, ended.said]).toEqual([failing, expect.stringMatching(/^[^\n]+\.(?:\n[^\n]+\.)*$/u)]);
        expect(ended.said).not.toMatch(/undefined|\[object/u);
      }
      service(world).script(() => undefined);
      expect([failing, await build(world)]).toEqual([failing, "success"]);
      expect(contents(world)).toEqual(contents(right));
    }
  });
});
