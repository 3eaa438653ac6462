import { describe, expect, it } from "vitest";
import { compileLiteral } from "../../test/literal-project.ts";

function reading(...names: readonly string[]): string {
  return `select 1 as id\n${names.map((name) => `, (select * from {{ ref('${name}') }})\n`).join("")}`;
}

describe("the order of models", () => {
  it("puts each after all that it reads, of equals the first by name", () => {
    const { project } = compileLiteral({
      "models/a.sql": reading("z"),
      "models/b.sql": reading(),
      "models/c.sql": reading("a", "b"),
      "models/z.sql": reading(),
    });
    expect(project.models.map(({ name }) => name)).toEqual(["b", "z", "a", "c"]);
  });

  it("is told where models read each other in a circle, with their lines", () => {
    const { told, project } = compileLiteral({
      "models/a.sql": reading("b"),
      "models/b.sql": reading("c"),
      "models/c.sql": reading("a"),
    });
    expect(told).toEqual([
      'error cycle models/a.sql:2:21 «ref(\'b\')» The models depend on each other in a circle: a → b → c → a. → Take one of these references away. | "b" reads from "c". models/b.sql:2:21 «ref(\'c\')» | "c" reads from "a". models/c.sql:2:21 «ref(\'a\')»',
    ]);
    expect(project.models).toEqual([]);
  });

  it("is told where a model reads itself", () => {
    const { told } = compileLiteral({ "models/a.sql": reading("a") });
    expect(told).toEqual([
      "error cycle models/a.sql:2:21 «ref('a')» The models depend on each other in a circle: a → a. → A model reads its own rows by {{ this }}.",
    ]);
  });

  it("tells every circle, and stops nothing but what lies on one or reads from it", () => {
    const { told, project } = compileLiteral({
      "models/a.sql": reading("b"),
      "models/b.sql": reading("a"),
      "models/c.sql": reading("d"),
      "models/d.sql": reading("c"),
      "models/below.sql": reading("a"),
      "models/above.sql": reading(),
      "models/bad.sql": "select {{ nope }}",
    });
    expect(told.map((line) => line.split(" → Take")[0])).toEqual([
      expect.stringContaining("error undefined-name models/bad.sql:1:11 «nope»"),
      "error cycle models/a.sql:2:21 «ref('b')» The models depend on each other in a circle: a → b → a.",
      "error cycle models/c.sql:2:21 «ref('d')» The models depend on each other in a circle: c → d → c.",
    ]);
    expect(project.models.map(({ name }) => name)).toEqual(["above"]);
  });

  it("does not care how long a chain is", () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`models/m${i}.sql`, i === 0 ? reading() : reading(`m${i - 1}`)] as const),
    );
    const { told, project } = compileLiteral(files);
    expect(told).toEqual([]);
    expect(project.models.at(-1)?.name).toBe("m299");
  });
});

describe("what a model depends on", () => {
  it("is named once, sources first, as in dbt", () => {
    const { project } = compileLiteral({
      "sources.yml": "sources: [{ name: raw, tables: [{ name: t }] }]\n",
      "seeds/s.csv": "a\n1\n",
      "models/a.sql": reading(),
      "models/m.sql": `${reading("a", "s", "a")} {{ source('raw', 't') }} {{ source('raw', 't') }}`,
    });
    const model = project.models.find(({ name }) => name === "m");
    expect(model?.dependsOn).toEqual(["source.shop.raw.t", "model.shop.a", "seed.shop.s"]);
    expect([model?.refs, model?.sources]).toEqual([[["a"], ["s"]], [["raw", "t"]]]);
  });
});
