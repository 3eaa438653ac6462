import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryProject, type TemporaryProject } from "../../test/temporary-project.ts";
import { findProject } from "./find-project.ts";
import type { FileMemory } from "./read-file.ts";
import type { ResourcePaths } from "../compiler/project/project-file.ts";
import { readProjectFiles } from "./read-project-files.ts";

let project: TemporaryProject;
afterEach(() => {
  project.remove();
});

const settings: ResourcePaths = {
  modelPaths: ["models"],
  macroPaths: ["macros"],
  seedPaths: ["seeds"],
  testPaths: ["tests"],
  snapshotPaths: ["snapshots"],
  analysisPaths: ["analyses"],
};

const head = { kind: "own", project: { path: "project.yml", text: "" } } as const;

function paths(given: Partial<typeof settings> = {}): Readonly<Record<string, readonly string[]>> {
  const files = readProjectFiles(project.folder, { head, settings: { ...settings, ...given } }, new Map());
  return {
    models: files.models.map(({ file }) => file.path),
    macros: files.macros.map(({ file }) => file.path),
    seeds: files.seeds.map(({ file }) => file.path),
    properties: files.properties.map(({ path }) => path),
  };
}

describe("the files of a project", () => {
  it("are those below its folders, by their endings, in the same order everywhere", () => {
    project = temporaryProject({
      "project.yml": "",
      "sources.yml": "",
      "other.yml": "",
      "models/b.sql": "",
      "models/a/é.sql": "",
      "models/B.sql": "",
      "models/p.yaml": "",
      "models/read.me": "",
      "macros/m.sql": "",
      "macros/m.yml": "",
      "seeds/s.csv": "",
      "seeds/s.sql": "",
      "target/models/t.sql": "",
    });
    expect(paths()).toEqual({
      models: ["models/B.sql", "models/a/é.sql", "models/b.sql"],
      macros: ["macros/m.sql"],
      seeds: ["seeds/s.csv"],
      properties: ["sources.yml", "models/p.yaml", "macros/m.yml"],
    });
  });

  it("are none of a folder that is not there, or is a file", () => {
    project = temporaryProject({ "project.yml": "", models: "", "models2/a.sql": "" });
    expect(paths()).toMatchObject({ models: [], macros: [], seeds: [] });
  });

  it("are found however the project file writes their folder, outside of the project too", () => {
    project = temporaryProject({
      "inner/project.yml": "",
      "inner/models/a/b.sql": "",
      "shared/.x/c.sql": "",
      "shared/d.sql": "",
    });
    for (const folder of ["models", "./models", "models/", "models//", "./a/../models"]) {
      const { models } = readProjectFiles(
        join(project.folder, "inner"),
        { head, settings: { ...settings, modelPaths: [folder] } },
        new Map(),
      );
      expect(models).toMatchObject([{ file: { path: "models/a/b.sql" }, folder: "models" }]);
    }
    for (const folder of ["../shared", join(project.folder, "shared")]) {
      const { models } = readProjectFiles(
        join(project.folder, "inner"),
        { head, settings: { ...settings, modelPaths: [folder] } },
        new Map(),
      );
      expect(models).toMatchObject([{ file: { path: "../shared/d.sql" }, folder: "../shared" }]);
    }
  });

  it("are read once where a folder is named twice", () => {
    project = temporaryProject({ "project.yml": "", "models/a.sql": "", "models/p.yml": "" });
    expect(paths({ modelPaths: ["models", "./models"] })).toMatchObject({
      models: ["models/a.sql"],
      properties: ["models/p.yml"],
    });
  });

  it("are not those that a dot hides; links are followed, but not in circles", () => {
    project = temporaryProject({
      "project.yml": "",
      "models/.a.sql": "",
      "models/.git/b.sql": "",
      "models/real.sql": "",
      "elsewhere/c.sql": "",
    });
    symlinkSync(join(project.folder, "elsewhere"), join(project.folder, "models/linked"));
    symlinkSync(join(project.folder, "models/real.sql"), join(project.folder, "models/same.sql"));
    symlinkSync("..", join(project.folder, "models/linked/up"));
    symlinkSync("nowhere", join(project.folder, "models/dangling.sql"));
    mkdirSync(join(project.folder, "models/folder.sql"));
    const { models = [] } = paths();
    expect(models.filter((path) => !path.includes("/up/"))).toEqual([
      "models/linked/c.sql",
      "models/real.sql",
      "models/same.sql",
    ]);
  });

  it("keep their identity while their text is the same, a byte order mark or not", () => {
    project = temporaryProject({ "project.yml": "", "models/a.sql": "\uFEFFselect 1", "models/b.sql": "select 1" });
    const memory: FileMemory = new Map();
    const first = readProjectFiles(project.folder, { head, settings }, memory).models.map(({ file }) => file);
    project.write({ "models/b.sql": "select 2" });
    const second = readProjectFiles(project.folder, { head, settings }, memory).models.map(({ file }) => file);
    expect(first.map(({ text }) => text)).toEqual(["select 1", "select 1"]);
    expect(second[0]).toBe(first[0]);
    expect(second[1]).toEqual({ path: "models/b.sql", text: "select 2" });
  });

  it("are text: other bytes are told, not replaced", () => {
    project = temporaryProject({ "project.yml": "" });
    mkdirSync(join(project.folder, "seeds"));
    writeFileSync(join(project.folder, "seeds/s.csv"), Buffer.from([0x61, 0x0a, 0xff]));
    expect(() => paths()).toThrow(
      expect.objectContaining({
        code: "unreadable-file",
        message: 'The file "seeds/s.csv" cannot be read.',
        hint: "It is not UTF-8.",
      }),
    );
  });
});

describe("the folder of a project", () => {
  it("is the given one and no other, or the nearest above", () => {
    project = temporaryProject({ "project.yml": "", "a/b/c.txt": "" });
    const { folder } = project;
    expect(findProject(join(folder, "a/b"), undefined)).toBe(folder);
    expect(findProject("/", folder)).toBe(folder);
  });

  it.each([
    ["a", 'There is no "project.yml" or "dbt_project.yml" in "a".'],
    ["nowhere", 'There is no folder "nowhere".'],
    ["project.yml", 'There is no folder "project.yml".'],
    ["project.yml/below", 'There is no folder "project.yml/below".'],
  ])("is told to be missing in %s", (path, message) => {
    project = temporaryProject({ "project.yml": "", "a/b.txt": "" });
    const given = join(project.folder, path);
    expect(() => findProject(project.folder, given)).toThrow(
      expect.objectContaining({ code: "no-project", message: message.replace(path, given) }),
    );
  });

  it("is told to be missing where no folder above has one", () => {
    project = temporaryProject({});
    expect(() => findProject(project.folder, undefined)).toThrow(
      `There is no "project.yml" or "dbt_project.yml" in "${project.folder}" or any folder above it.`,
    );
  });
});
