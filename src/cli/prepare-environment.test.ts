import { afterEach, describe, expect, it } from "vitest";
import { temporaryProject, type TemporaryProject } from "../../test/temporary-project.ts";
import { engineVariables, readDotEnv } from "./prepare-environment.ts";

let folder: TemporaryProject;
afterEach(() => {
  folder.remove();
});

describe("the variables of a call", () => {
  it("come from .env too", () => {
    folder = temporaryProject({ ".env": "# where\nexport A=1\nB='x y'\nC=\n" });
    expect(readDotEnv(folder.folder)).toEqual({ A: "1", B: "x y", C: "" });
  });

  it("come from nowhere where there is no .env", () => {
    folder = temporaryProject({});
    expect(readDotEnv(folder.folder)).toEqual({});
  });

  it("have newer names for options", () => {
    folder = temporaryProject({});
    expect(engineVariables({ DBT_ENGINE_QUIET: "1", DBT_DEBUG: "1", HOME: "/" })).toEqual({ DBT_QUIET: "1" });
  });
});
