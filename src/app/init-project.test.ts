import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callIn, temporaryProject, type TemporaryProject } from "../../test/temporary-project.ts";
import { initProject } from "./init-project.ts";
import { openProject } from "./open-project.ts";
import { runProject } from "./run-project.ts";

let place: TemporaryProject;
beforeEach(() => {
  place = temporaryProject({});
});
afterEach(() => {
  place.remove();
});

function init(folder: string): { readonly ending: string; readonly said: readonly string[]; readonly told: unknown } {
  const { invocation, said, diagnostics } = callIn(place.folder);
  return { ending: initProject(invocation, folder), said: said(), told: diagnostics() };
}

describe("a new project", () => {
  it("is made in a new folder or an empty one, and runs, twice", async () => {
    expect(init("a/shop")).toMatchObject({
      ending: "success",
      said: ['Made the project "shop" in a/shop', "Next: cd a/shop && tsdbt build"],
    });
    const options = {
      select: [],
      exclude: [],
      resourceTypes: ["seed", "model", "test"],
      fullRefresh: false,
      stopsAtFailure: false,
      ingests: true,
    } as const;
    for (let turn = 0; turn < 2; turn++) {
      const { invocation, events, diagnostics } = callIn(join(place.folder, "a/shop"), { threads: 1 });
      expect(await runProject(invocation, options)).toBe("success");
      expect(diagnostics()).toEqual([]);
      const ended = events.flatMap((event) => (event.kind === "stepEnded" ? [event.result] : []));
      expect(ended.map(({ step, ending }) => [step.name, ending.status])).toEqual([
        ["visits", "success"],
        ["page_visits", "success"],
        ["daily_visitors", "success"],
        ["not_null_daily_visitors_visit_date", "pass"],
        ["not_null_daily_visitors_visitors", "pass"],
        ["unique_daily_visitors_visit_date", "pass"],
      ]);
    }
    expect(readFileSync(join(place.folder, "a/shop/target/run/shop/models/daily_visitors.sql"), "utf8")).toContain(
      "merge into",
    );
  });

  it("takes the place of nothing: a second one in the folder is refused", () => {
    expect(init("shop").ending).toBe("success");
    writeFileSync(join(place.folder, "shop/models/mine.sql"), "mine");
    expect(init("shop")).toEqual({
      ending: "refusal",
      said: [],
      told: [
        {
          code: "folder-not-empty",
          severity: "error",
          message: 'The folder "shop" is not empty.',
          hint: "Name a new folder.",
        },
      ],
    });
    expect(readFileSync(join(place.folder, "shop/models/mine.sql"), "utf8")).toBe("mine");
  });

  it("is made in the folder that one is in", () => {
    mkdirSync(join(place.folder, "here"));
    const { invocation } = callIn(join(place.folder, "here"));
    expect(initProject(invocation, ".")).toBe("success");
    expect(existsSync(join(place.folder, "here/project.yml"))).toBe(true);
  });

  it("is not made in place of a file, or below one", () => {
    writeFileSync(join(place.folder, "file"), "");
    expect(init("file")).toMatchObject({ ending: "refusal", told: [{ message: '"file" is not a folder.' }] });
    expect(() => init("file/below")).toThrow(
      expect.objectContaining({ code: "unwritable-file", message: 'The folder "file/below" cannot be made.' }),
    );
  });

  it.each([
    ["Shop Of Mine", "shop_of_mine"],
    ["2024-events", "project_2024_events"],
    ["it's", "it_s"],
    ["---", "project"],
    ["münchen", "münchen"],
    ["東京", "東京"],
    ["😀", "project"],
    ["my.shop", "my_shop"],
    ["target", "project_target"],
    ["DBT", "project_dbt"],
    ["sql", "project_sql"],
    ["this", "project_this"],
    ["config", "project_config"],
    ["ref", "project_ref"],
    ["source", "project_source"],
    ["tsdbt", "project_tsdbt"],
    ["temp", "temp"],
    ["main", "main"],
    ["null", "null"],
    ["yes", "yes"],
  ])("in a folder called %j has a name that it may have: %j", async (folder, name) => {
    expect(init(folder).ending).toBe("success");
    const { project, diagnostics } = await openProject(callIn(join(place.folder, folder)).invocation);
    expect(diagnostics).toEqual([]);
    expect(project?.settings.name).toBe(name);
  });
});
