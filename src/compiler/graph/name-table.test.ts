import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Checked } from "../../domain/diagnostic.ts";
import { type NameTable, nameTable, type Readable, type Referable, type ReferableSource } from "./name-table.ts";

const reference = { file: { path: "reader.sql", text: "ref(…)" }, start: 0, end: 6 };

function model(name: string, given: Partial<Referable> = {}): Referable {
  return {
    uniqueId: `model.shop.${name}`,
    name,
    packageName: "shop",
    relation: { database: "shop", schema: "main", identifier: name },
    isEphemeral: false,
    isEnabled: true,
    span: { file: { path: `${name}.sql`, text: "" }, start: 0, end: 0 },
    ...given,
  };
}

function source(sourceName: string, name: string, given: Partial<ReferableSource> = {}): ReferableSource {
  return {
    uniqueId: `source.shop.${sourceName}.${name}`,
    sourceName,
    name,
    packageName: "shop",
    relation: { database: "shop", schema: sourceName, identifier: name },
    isEnabled: true,
    span: { file: { path: "sources.yml", text: name }, start: 0, end: name.length },
    ...given,
  };
}

function answer(found: Checked<Readable>): string {
  return found.ok ? found.value.uniqueId : found.diagnostics.map(told).join("; ");
}

const table = nameTable({
  root: "shop",
  models: [
    model("orders"),
    model("off", { isEnabled: false }),
    model("offseed", { isEnabled: false, uniqueId: "seed.shop.offseed" }),
    model("twice", { isEnabled: false }),
    model("twice"),
  ],
  sources: [source("raw", "events"), source("raw", "users"), source("raw", "off", { isEnabled: false })],
  lacksSources: false,
});

function ref(name: string, packageName?: string, names: NameTable = table): string {
  return answer(names.model({ name, packageName, span: reference }));
}

function tableOf(sourceName: string, name: string, names: NameTable = table): string {
  return answer(names.source({ source: sourceName, table: name, span: reference }));
}

describe("a ref", () => {
  it("leads to the enabled model of its name, in its package where one is given", () => {
    expect([ref("orders"), ref("orders", "shop"), ref("twice")]).toEqual([
      "model.shop.orders",
      "model.shop.orders",
      "model.shop.twice",
    ]);
  });

  it("that leads nowhere is told, with a guess", () => {
    expect(ref("ordrs")).toBe(
      'error unknown-ref reader.sql:1:1 «ref(…)» There is no model or seed "ordrs". → Did you mean "orders"?',
    );
    expect(ref("nonsense")).toBe('error unknown-ref reader.sql:1:1 «ref(…)» There is no model or seed "nonsense".');
    expect(ref("constructor")).toContain("There is no model or seed");
  });

  it("to another package is told, with what there is here", () => {
    expect(ref("orders", "other")).toBe(
      'error unknown-ref reader.sql:1:1 «ref(…)» There is no model "orders" in a package "other". | It is here. orders.sql:1:1 «»',
    );
  });

  it("to what is switched off is told, with its place", () => {
    expect(ref("off")).toBe(
      'error disabled-ref reader.sql:1:1 «ref(…)» The model "off" is disabled. | It is here. off.sql:1:1 «»',
    );
    expect(ref("offseed")).toContain('The seed "offseed" is disabled.');
  });
});

describe("a source", () => {
  it("leads to the enabled table", () => {
    expect(tableOf("raw", "events")).toBe("source.shop.raw.events");
  });

  it("that is not there is told, with a guess or with where sources are declared", () => {
    expect(tableOf("rav", "events")).toBe(
      'error unknown-source reader.sql:1:1 «ref(…)» There is no source "rav". → Did you mean "raw"?',
    );
    expect(tableOf("nonsense", "x")).toBe(
      'error unknown-source reader.sql:1:1 «ref(…)» There is no source "nonsense". → Sources are declared under "sources" in a property file.',
    );
  });

  it("without the table is told, with a guess and where the source is", () => {
    expect(tableOf("raw", "event")).toBe(
      'error unknown-source reader.sql:1:1 «ref(…)» There is no table "event" in the source "raw". → Did you mean "events"? | The source "raw" is declared here. sources.yml:1:1 «events»',
    );
  });

  it("that is switched off is told", () => {
    expect(tableOf("raw", "off")).toBe(
      'error disabled-source reader.sql:1:1 «ref(…)» The source table "raw.off" is disabled. | It is here. sources.yml:1:1 «off»',
    );
  });

  it("may stand in a file that could not be read: then nobody is told that it is missing", () => {
    const names = nameTable({ root: "shop", models: [], sources: [source("raw", "events")], lacksSources: true });
    expect(tableOf("raw", "events", names)).toBe("source.shop.raw.events");
    expect(tableOf("other", "t", names)).not.toContain("error");
    expect(ref("orders", undefined, names)).toContain("unknown-ref");
  });
});

describe("a name that several packages have", () => {
  const [own, tools, more] = ["shop", "tools", "more"].map((packageName) =>
    model("orders", { packageName, uniqueId: `model.${packageName}.orders` }),
  );
  const found = (from: string, ...models: readonly (Referable | undefined)[]): string => {
    const names = nameTable({
      root: "shop",
      models: models.flatMap((each) => each ?? []),
      sources: [],
      lacksSources: false,
    });
    return answer(names.model({ name: "orders", packageName: undefined, from, span: reference }));
  };

  it("is the project's before the caller's, and the caller's before any other", () => {
    expect(found("tools", more, tools, own)).toBe("model.shop.orders");
    expect(found("tools", more, tools)).toBe("model.tools.orders");
    expect(found("shop", more, tools)).toBe("model.more.orders");
  });

  it("is that of a package further down where the nearer one is switched off", () => {
    expect(found("tools", more, tools === undefined ? undefined : { ...tools, isEnabled: false })).toBe(
      "model.more.orders",
    );
  });
});
