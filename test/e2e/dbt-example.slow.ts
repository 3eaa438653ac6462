import { appendFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rowsIn } from "../conformance/scenario.ts";
import { rawRecord } from "../truth/raw-folder.ts";
import { succeed } from "./binary.ts";
import { emptyFolder, exampleProject, query, writePulls } from "./example-project.ts";
import { findRealDbt } from "./real-dbt.ts";

const example = join(import.meta.dirname, "../../examples/dbt");

function copyOfExample(): string {
  const folder = emptyFolder();
  cpSync(example, folder, {
    recursive: true,
    filter: (path) => !/(?:\.duckdb(?:\.wal)?|[/\\](?:target|logs))$/u.test(path),
  });
  return folder;
}

/** The database that both write, by the name under which it is looked into. */
const environment = { AQUATECH_DB: "shop.duckdb" };

async function rowsOf(folder: string, sql: string): Promise<readonly string[]> {
  return (await rowsIn(folder, [sql])).get(sql) ?? [];
}

const counted = {
  dau: "select cast(event_date as varchar) as at, cnt from dau order by 1",
  mau: "select cast(event_month as varchar) as at, cnt from mau order by 1",
};

async function published(folder: string): Promise<readonly (readonly string[])[]> {
  return [await rowsOf(folder, counted.dau), await rowsOf(folder, counted.mau)];
}

async function wanted(project: string): Promise<readonly (readonly string[])[]> {
  const tables = [await query(project, counted.dau), await query(project, counted.mau)];
  return tables.map((rows) => rows.map((row) => `${String(row["at"])} | ${String(row["cnt"])}`));
}

describe("AquaTech as a plain dbt project", () => {
  let project: string;
  let folder: string;
  let vars: string;

  beforeAll(async () => {
    project = exampleProject();
    await succeed(project, "build");
    folder = copyOfExample();
    vars = JSON.stringify({ staged: join(project, "data/staged") });
    await succeed({ folder, environment }, "build", "--vars", vars);
  });

  it("gives the dau and mau of the project of tsdbt's own", async () => {
    const rows = await published(folder);
    expect(rows).toEqual(await wanted(project));
    expect(rows.map((each) => each.length)).toEqual([21, 3]);
  });

  it("follows late events as that one does, and a run more changes nothing", async () => {
    writePulls(project, {
      "2022-11-01/20221101-233000.json": [rawRecord("late-1", "2022-10-17T09:30:00Z", { distinct_id: "77001" })],
    });
    await succeed({ folder: project, environment: { TSDBT_NOW: "2022-11-02T02:00:00Z" } }, "build");
    for (let time = 0; time < 2; time++) {
      await succeed({ folder, environment }, "build", "--vars", vars);
      expect(await published(folder)).toEqual(await wanted(project));
    }
  });

  describe("beside real dbt", () => {
    const dbt = findRealDbt();
    // The reason stands in the name of the test that is skipped.
    const title = dbt.isThere ? "" : ` (skipped: ${dbt.reason})`;
    const run = (where: string, ...args: readonly string[]): readonly string[] =>
      (dbt.isThere ? dbt.run({ folder: where, environment }, ...args, "--vars", vars) : "").trim().split("\n");

    it
      .skipIf(!dbt.isThere)
      .each([
        "",
        "-s dau+",
        "-s +mau",
        "-s path:models/staging",
        "-s config.materialized:incremental",
        "-s test_name:unique --exclude dau",
        "-s package:this,resource_type:test",
        "-s event_data --indirect-selection cautious",
        "-s @pulls",
        "-s resource_type:model --output path",
      ])(`lists the same by "ls %s"${title}`, async (options) => {
      const args = options.split(" ").filter((each) => each !== "");
      const { out } = await succeed({ folder, environment }, "ls", "--vars", vars, ...args);
      const lines = (all: readonly string[]): readonly string[] => all.filter((each) => each !== "").toSorted();
      expect(lines(out.split("\n"))).toEqual(lines(run(folder, "--quiet", "ls", ...args)));
    });

    it.skipIf(!dbt.isThere)(`makes the same rows${title}`, async () => {
      const other = copyOfExample();
      run(other, "build");
      const all = "select * from event_data order by uuid";
      expect(await rowsOf(other, all)).toEqual(await rowsOf(folder, all));
      expect(await published(other)).toEqual(await published(folder));
    });

    // What calls a macro of dbt's own is another one to dbt than before: our manifest has no text of those macros.
    it.skipIf(!dbt.isThere)(`finds by our artifacts what was changed${title}`, async () => {
      const changed = (): readonly string[] => {
        const parts = ["body", "configs", "relation", "persisted_descriptions", "contract"];
        return run(folder, "-q", "ls", "--state", "earlier", "-s", ...parts.map((part) => `state:modified.${part}`));
      };
      // Real dbt has written its own manifest there.
      await succeed({ folder, environment }, "parse", "--vars", vars);
      cpSync(join(folder, "target"), join(folder, "earlier"), { recursive: true });
      expect(changed()).toEqual([""]);
      expect(run(folder, "-q", "ls", "--state", "earlier", "-s", "state:modified", "--resource-type", "model")).toEqual(
        ["aquatech_dbt.dau", "aquatech_dbt.event_data", "aquatech_dbt.mau"],
      );
      appendFileSync(join(folder, "models/dau.sql"), "-- changed\n");
      expect(changed().filter((each) => !/not_null|unique/u.test(each))).toEqual(["aquatech_dbt.dau"]);
    });
  });
});
