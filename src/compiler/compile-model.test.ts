import { describe, expect, it } from "vitest";
import { asWritten, compileLiteral, modelNamed, nativeSettings } from "../../test/literal-project.ts";
import { error, failed } from "../domain/diagnostic.ts";
import { spanText } from "../domain/source-file.ts";
import { originalPlace } from "../domain/sql.ts";

const incremental = "{{ config(materialized='incremental', unique_key='id') }}";

describe("a compiled model", () => {
  it("has its query in both run modes, where they differ", () => {
    const files = {
      "models/m.sql": `${incremental}\nselect 1 as id{% if is_incremental() %} where x > (select max(x) from {{ this }}){% endif %}\n`,
      "models/same.sql": `${incremental}{% if is_incremental() %}select 1{% else %}select 1{% endif %}`,
      "models/plain.sql": `${incremental}select 1`,
    };
    const compilation = compileLiteral(files);
    const { full, incremental: added } = modelNamed(compilation, "m");
    expect([full.text.text, added?.text.text]).toEqual([
      "select 1 as id",
      "select 1 as id where x > (select max(x) from `shop`.`main`.`m`)",
    ]);
    expect(["same", "plain"].map((name) => modelNamed(compilation, name).incremental)).toEqual([undefined, undefined]);
  });

  it("knows what was used and said in either mode", () => {
    const compilation = compileLiteral({
      "macros/m.sql": "{% macro one() %}1{% endmacro %}{% macro two() %}2{% endmacro %}",
      "models/m.sql": `${incremental}select {{ one() }}{% if is_incremental() %}{{ two() }}{{ exceptions.warn('slow') }}{% endif %}{{ log('hi', info=true) }}`,
    });
    expect(modelNamed(compilation, "m").macros).toEqual(["macro.shop.one", "macro.shop.two"]);
    expect(compilation.messages).toEqual(["hi"]);
    expect(compilation.told).toEqual(["warning raised models/m.sql:1:115 «exceptions.warn('slow')» slow."]);
  });

  it("sees how it is built in its own config", () => {
    const text = "select '{{ config.get('materialized') }}'";
    expect(modelNamed(compileLiteral({ "models/m.sql": text }), "m").full.text.text).toBe("select 'view'");
  });

  it("describes its columns as its property file does, and has those of its query", () => {
    const { properties, columns } = modelNamed(
      compileLiteral({
        "project.yml": nativeSettings,
        "models/m.sql": "select 1 as id",
        "models/p.yml":
          "models: [{ name: m, columns: [{ name: id, description: Key., data_type: INTEGER, meta: { a: 1 } }] }]\n",
      }),
      "m",
    );
    expect(properties).toEqual([{ name: "id", description: "Key.", dataType: "INTEGER", tags: [], meta: { a: 1 } }]);
    expect(columns).toBeUndefined();
  });

  it("is refused in each of its modes, on the author's line through macros", () => {
    const { told } = compileLiteral(
      {
        "macros/m.sql": "{% macro bad() %}bad_name{% endmacro %}",
        "models/a.sql": "select\n  {{ bad() }}",
        "models/b.sql": `${incremental}select 1{% if is_incremental() %}, bad_name{% endif %}`,
      },
      {
        translate: (query, catalog) => {
          const at = query.text.indexOf("bad_name");
          const span = originalPlace(query, at, at + "bad_name".length)?.span;
          return at === -1 ? asWritten(query, catalog) : failed(error("no", "There is no such column.", { span }));
        },
      },
    );
    expect(told).toEqual([
      "error no macros/m.sql:1:18 «bad_name» There is no such column.",
      "error no models/b.sql:1:93 «bad_name» There is no such column.",
    ]);
  });

  it("has no text of the author's without its place", () => {
    const { full } = modelNamed(compileLiteral({ "models/m.sql": "\n\n{{ config() }}\n  select  1 as id\n" }), "m");
    const at = full.text.text.indexOf("id");
    const span = originalPlace(full.text, at, at + 2)?.span;
    expect(span && spanText(span)).toBe("id");
  });
});
