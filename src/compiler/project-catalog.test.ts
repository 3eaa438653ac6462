import { describe, expect, it } from "vitest";
import { asWritten, compileLiteral, nativeSettings } from "../../test/literal-project.ts";
import type { Column } from "../domain/column.ts";
import { passed } from "../domain/diagnostic.ts";
import { relationName } from "../domain/relation.ts";
import type { Catalog } from "./translation.ts";

/** The columns that a query could read, by relation, when the model `last` was translated. */
function catalogAt(files: Readonly<Record<string, string>>): Readonly<Record<string, readonly Column[] | undefined>> {
  const seen = new Map<string, readonly Column[] | undefined>();
  const look = (catalog: Catalog): void => {
    for (const { relation, columns } of catalog.tables()) seen.set(relationName(relation), columns);
  };
  const { told } = compileLiteral(files, {
    translate: (query, catalog) => {
      if (query.text.includes("last")) look(catalog);
      return passed({ statement: query, columns: [{ name: "made", type: "INT64" }], lineage: [], uses: [] });
    },
  });
  if (told.length > 0) throw new Error(told.join("\n"));
  return Object.fromEntries(seen);
}

const sources = `sources:
  - name: raw
    tables:
      - { name: typed, columns: [{ name: a, data_type: INT64 }, { name: b, data_type: STRING }] }
      - { name: partly, columns: [{ name: a, data_type: INT64 }, { name: b }] }
      - { name: untyped, columns: [{ name: a }] }
      - { name: bare }
      - name: pulls
        ingest: { from: raw, to: staged, id: a, event_time: b, file: c }
        columns: [{ name: a }, { name: b }, { name: c }]
`;

describe("the catalog of a project", () => {
  it("has the columns of sources where all have types, of ingested tables, seeds and models before", () => {
    expect(
      catalogAt({
        "sources.yml": sources,
        "seeds/s.csv": "x,y\n1,a\n",
        "models/one.sql": "select 1",
        "models/hidden.sql": "{{ config(materialized='ephemeral') }}select 1",
        "models/native.sql": "{{ config(dialect='duckdb') }}select 1",
        "models/described.sql": "{{ config(dialect='duckdb') }}select 1",
        "models/p.yml": "models: [{ name: described, columns: [{ name: z, data_type: DATE }] }]\n",
        "models/z_last.sql":
          "select 'last' from {{ ref('one') }}, {{ ref('hidden') }}, {{ ref('native') }}, {{ ref('described') }}",
      }),
    ).toEqual({
      "shop.raw.typed": [
        { name: "a", type: "INT64" },
        { name: "b", type: "STRING" },
      ],
      "shop.raw.partly": undefined,
      "shop.raw.untyped": undefined,
      "shop.raw.bare": undefined,
      "shop.raw.pulls": [
        { name: "a", type: "STRING" },
        { name: "b", type: "TIMESTAMP" },
        { name: "c", type: "STRING" },
        { name: "window_start", type: "TIMESTAMP" },
        { name: "position", type: "INT64" },
        { name: "content_hash", type: "STRING" },
        { name: "dl_updated_at", type: "TIMESTAMP" },
      ],
      "shop.main.s": [
        { name: "x", type: "INT64" },
        { name: "y", type: "STRING" },
      ],
      "shop.main.one": [{ name: "made", type: "INT64" }],
      "shop.main.native": undefined,
      "shop.main.described": [{ name: "z", type: "DATE" }],
    });
  });

  it("has a model's own table while its incremental mode is translated, with the columns of its full query", () => {
    const own: (readonly Column[] | undefined)[] = [];
    const relation = { database: "SHOP", schema: "main", identifier: "M" };
    compileLiteral(
      {
        "models/m.sql":
          "{{ config(materialized='incremental') }}select 1 {% if is_incremental() %}from {{ this }}{% endif %}",
      },
      {
        translate: (query, catalog) => {
          own.push(catalog.find(relation)?.columns);
          return query.text.includes("from")
            ? asWritten(query, catalog)
            : passed({ statement: query, columns: [{ name: "a", type: "DATE" }], lineage: [], uses: [] });
        },
      },
    );
    expect(own).toEqual([undefined, [{ name: "a", type: "DATE" }]]);
  });

  it("is not asked in DuckDB's own dialect", () => {
    const translate = () => {
      throw new Error("it was");
    };
    expect(compileLiteral({ "project.yml": nativeSettings, "models/m.sql": "select 1" }, { translate }).told).toEqual(
      [],
    );
  });
});
