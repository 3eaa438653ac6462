import { describe, expect, it } from "vitest";
import { modelOf, projectOf, queryOf } from "../../../test/literal-resources.ts";
import { neededFunctions } from "./needed-functions.ts";

const view = { kind: "view" } as const;

describe("the functions that a query needs", () => {
  it("are its own and those of all views below it, and none of tables", () => {
    const project = projectOf({
      models: [
        modelOf("base", { materialization: view, full: { ...queryOf("base"), uses: ["a", "b"] } }),
        modelOf("stored", { materialization: { kind: "table" }, full: { ...queryOf("t"), uses: ["not needed"] } }),
        modelOf("upper", {
          materialization: view,
          full: { ...queryOf("upper"), uses: ["c"] },
          dependsOn: ["model.shop.base", "model.shop.stored"],
        }),
      ],
    });
    expect(neededFunctions(project)(["model.shop.upper"], ["d", "a"])).toEqual(["a", "b", "c", "d"]);
    expect(neededFunctions(project)(["model.shop.stored"], ["d"])).toEqual(["d"]);
  });

  it("are found through a chain of ten thousand views", () => {
    const models = Array.from({ length: 10_000 }, (_, index) =>
      modelOf(`v${String(index)}`, {
        materialization: view,
        full: { ...queryOf("v"), uses: index === 0 ? ["deep"] : [] },
        dependsOn: index === 0 ? [] : [`model.shop.v${String(index - 1)}`],
      }),
    );
    expect(neededFunctions(projectOf({ models }))(["model.shop.v9999"], [])).toEqual(["deep"]);
  });
});
