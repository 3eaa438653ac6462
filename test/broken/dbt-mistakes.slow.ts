import { describe, expect, it } from "vitest";
import { tsdbt } from "../e2e/binary.ts";
import { projectOf } from "../e2e/example-project.ts";
import { mistakes, soundDbtProject } from "./dbt-mistakes.ts";

describe("a mistake in a dbt project", () => {
  it("is none, where the project is sound", async () => {
    expect(await tsdbt(projectOf(soundDbtProject), "build")).toMatchObject({ code: 0, err: "" });
  });

  it.each(mistakes)("$name", async ({ files, args = ["build"], code, at, says }) => {
    const called = await tsdbt(projectOf({ ...soundDbtProject, ...files }), ...args);
    const told = called.out + called.err;
    expect(told).not.toContain("bug in tsdbt");
    for (const text of [...(at === undefined ? [] : [`${at}  error  `]), ...says]) expect(told).toContain(text);
    expect(called.code).toBe(code);
  });
});
