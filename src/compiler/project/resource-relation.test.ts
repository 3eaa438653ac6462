import { describe, expect, it } from "vitest";
import { literalSettings, parseLiteralSettings } from "../../../test/literal-project.ts";
import type { ConfigValues } from "../../domain/settings.ts";
import { fileResource } from "./resource-properties.ts";
import { resourceRelation } from "./resource-relation.ts";

const settings = parseLiteralSettings(literalSettings).parsed?.settings;
if (settings === undefined) throw new Error("the settings have a fault");

describe("where a model or seed goes", () => {
  it.each<[ConfigValues, object]>([
    [{}, { database: "shop", schema: "main", identifier: "dau" }],
    [{ alias: " daily " }, { database: "shop", schema: "main", identifier: "daily" }],
    [{ schema: "marts" }, { database: "shop", schema: "main_marts", identifier: "dau" }],
    [{ database: "lake" }, { database: "lake", schema: "main", identifier: "dau" }],
    [
      { alias: "", schema: null, database: " " },
      { database: "shop", schema: "main", identifier: "dau" },
    ],
  ])("by %j is %j", (config, expected) => {
    expect(resourceRelation("dau", config, settings)).toEqual(expected);
  });
});

describe("the names of a file's resource", () => {
  const from = { type: "model", settings: { name: "shop" }, extension: ".sql" };
  const text = "";

  it.each([
    ["models/dau.sql", "models", "dau", ["shop", "dau"]],
    ["models/marts/web/dau.sql", "models", "dau", ["shop", "marts", "web", "dau"]],
    ["src/more/dau.v2.sql", "src/more", "dau.v2", ["shop", "dau.v2"]],
    ["dau.sql", "", "dau", ["shop", "dau"]],
  ])("%s below %s", (path, folder, name, fqn) => {
    expect(fileResource({ file: { path, text }, folder }, from)).toEqual({
      uniqueId: `model.shop.${name}`,
      name,
      packageName: "shop",
      fqn,
      path,
    });
  });

  it("of a package are those of a project of its own", () => {
    const settings = { name: "tools", packages: { tools: { folder: "dbt_packages/tools", vars: {} } } };
    const file = { path: "dbt_packages/tools/models/web/dau.sql", text };
    expect(fileResource({ file, folder: "dbt_packages/tools/models" }, { ...from, settings })).toMatchObject({
      uniqueId: "model.tools.dau",
      fqn: ["tools", "web", "dau"],
      path: "models/web/dau.sql",
    });
  });

  it("are those that are given for a text that has no file", () => {
    const inline = { file: { path: "--inline", text }, folder: "", name: "inline_query" };
    expect(fileResource(inline, from)).toMatchObject({ name: "inline_query", fqn: ["shop", "inline_query"] });
  });
});
