import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DataMap } from "../../../domain/data.ts";
import { passed } from "../../../domain/diagnostic.ts";
import { buildGraph, type GraphMember } from "../order.ts";
import { indirectSelections, type ResourceType, resourceTypes } from "../../../domain/selection-terms.ts";
import { parseSelection } from "./parse-selection.ts";
import { selectResources, type SelectedResources } from "./select-resources.ts";
import type { SelectableResource } from "./selectable-resource.ts";
import type { Selection } from "./selection.ts";

type Member = SelectableResource & GraphMember;

interface Details {
  readonly tags?: readonly string[];
  readonly config?: DataMap;
  readonly patch?: string;
  readonly reads?: readonly string[];
}

const facts = ({ tags = [], config = {}, patch, reads = [] }: Details) => ({
  tags,
  config: { enabled: true, tags, ...config },
  patchPath: patch,
  dependsOn: reads,
});

function ref(kind: string, path: string, details: Details): Member & { readonly resourceType: "model" } {
  const [, ...folders] = path.split("/").slice(0, -1);
  const name = /(?<name>[^/]+)\.\w+$/u.exec(path)?.groups?.["name"] ?? "";
  return {
    ...facts(details),
    uniqueId: `${kind}.shop.${name}`,
    resourceType: "model",
    name,
    packageName: "shop",
    fqn: ["shop", ...folders, name],
    path,
  };
}

function model(path: string, details: Details): Member {
  return ref("model", path, { ...details, config: { materialized: "table", meta: {}, ...details.config } });
}

function toolbox(path: string, details: Details): Member {
  const inShop = model(path, details);
  return {
    ...inShop,
    uniqueId: inShop.uniqueId.replace("shop", "toolbox"),
    packageName: "toolbox",
    fqn: inShop.fqn.with(0, "toolbox"),
  };
}

function version(number: number, reads: readonly string[]): Member {
  return {
    ...facts({ patch: "models/marts/marts.yml", config: { materialized: "table" }, reads }),
    uniqueId: `model.shop.plans.v${String(number)}`,
    resourceType: "model",
    name: "plans",
    packageName: "shop",
    fqn: ["shop", "marts", "finance", "plans", `v${String(number)}`],
    path: `models/marts/finance/plans_v${String(number)}.sql`,
    version: number,
  };
}

function seed(path: string, details: Details): Member {
  return { ...ref("seed", path, { config: { materialized: "seed" }, ...details }), resourceType: "seed" };
}

function source(id: string, path: string, tags: readonly string[]): Member {
  const [sourceName = "", name = ""] = id.split(".");
  return {
    uniqueId: `source.shop.${id}`,
    resourceType: "source",
    sourceName,
    name,
    packageName: "shop",
    fqn: ["shop", ...path.split("/").slice(1, -1), sourceName, name],
    path,
    tags,
    config: { enabled: true },
  };
}

interface TestDetails extends Details {
  readonly severity?: string;
  readonly package?: string;
}

function test(generic: string | undefined, path: string, details: TestDetails): (name: string) => Member {
  const packageName = details.package ?? "shop";
  return (name) => ({
    ...facts({ ...details, config: { materialized: "test", severity: details.severity ?? "ERROR" } }),
    uniqueId: `test.${packageName}.${name}`,
    resourceType: "test",
    test: generic,
    name,
    packageName,
    fqn: [packageName, ...path.split("/").slice(1, -1), name],
    path,
  });
}

const schema = "models/schema.yml";
const staging = "models/staging/_staging.yml";
const marts = "models/marts/marts.yml";

/** A project with everything that selection looks at, and a second package; the cases speak of it. */
const shop: readonly Member[] = [
  source("raw.events", schema, []),
  source("raw.orders", schema, ["pii"]),
  source("crm.accounts", staging, ["crm"]),
  source("crm.orders", staging, ["crm"]),
  seed("seeds/countries.csv", { tags: ["geo"], patch: "seeds/seeds.yml" }),
  seed("seeds/geo/regions.csv", {}),
  model("models/event_data.sql", {
    tags: ["nightly"],
    config: { materialized: "incremental", unique_key: "uuid" },
    patch: schema,
    reads: ["source.shop.raw.events"],
  }),
  model("models/dau.sql", {
    tags: ["metric", "nightly"],
    config: { materialized: "incremental", unique_key: ["event_date"] },
    patch: schema,
    reads: ["model.shop.event_data"],
  }),
  model("models/mau.sql", {
    tags: ["metric"],
    config: { materialized: "incremental", unique_key: ["event_month"] },
    reads: ["model.shop.event_data"],
  }),
  model("models/legacy/old.report.sql", { config: { materialized: "view" } }),
  model("models/staging/stg_orders.sql", {
    tags: ["staging", "nightly"],
    config: { materialized: "view" },
    reads: ["source.shop.raw.orders"],
  }),
  model("models/staging/stg_customers.sql", {
    tags: ["staging"],
    config: { materialized: "view" },
    patch: staging,
    reads: ["source.shop.crm.accounts", "seed.shop.countries"],
  }),
  model("models/marts/orders.sql", {
    config: {
      materialized: "incremental",
      unique_key: ["order_id", "day"],
      meta: {
        owner: "ann",
        level: 1,
        critical: true,
        teams: ["sales", "ops"],
        flags: [true],
        nested: { deep: "x" },
      },
    },
    patch: marts,
    reads: ["model.shop.stg_orders", "model.shop.stg_customers"],
  }),
  model("models/marts/customers.sql", {
    tags: ["nightly", "team:data"],
    config: { meta: { critical: false, owner: "bob" } },
    reads: ["model.shop.stg_customers", "model.shop.orders"],
  }),
  model("models/marts/finance/revenue.sql", {
    tags: ["finance"],
    reads: ["model.shop.orders", "model.toolbox.dates"],
  }),
  model("models/marts/finance/revenue_daily.sql", {
    tags: ["finance", "metric"],
    config: { materialized: "view" },
    reads: ["model.shop.revenue", "model.shop.plans.v2"],
  }),
  version(1, []),
  version(2, ["seed.shop.regions"]),
  {
    ...ref("snapshot", "snapshots/orders_history.yml", {
      tags: ["nightly"],
      config: { materialized: "snapshot", unique_key: "id", strategy: "check" },
      patch: "snapshots/orders_history.yml",
      reads: ["model.shop.orders"],
    }),
    resourceType: "snapshot",
  },
  toolbox("models/dates.sql", { tags: ["calendar"], config: { materialized: "view" }, patch: "models/toolbox.yml" }),
  toolbox("models/staging/stg_weeks.sql", {
    tags: ["staging"],
    config: { materialized: "view" },
    reads: ["model.toolbox.dates"],
  }),
  toolbox("models/staging/deep/weeks.sql", { config: { materialized: "view" }, reads: ["model.toolbox.stg_weeks"] }),
  test("unique", schema, { reads: ["model.shop.event_data"] })("unique_event_data_uuid"),
  test("not_null", schema, { reads: ["model.shop.event_data"] })("not_null_event_data_uuid"),
  test("unique", schema, { reads: ["model.shop.dau"], tags: ["nightly"] })("unique_dau_event_date"),
  test("not_null", schema, { reads: ["source.shop.raw.events"], severity: "warn" })("source_not_null_raw_events_uuid"),
  test("unique", "seeds/seeds.yml", { reads: ["seed.shop.countries"] })("unique_countries_code"),
  test("relationships", staging, { reads: ["seed.shop.countries", "model.shop.stg_customers"] })("countries_known"),
  test("unique", marts, { reads: ["model.shop.orders"] })("unique_orders_id"),
  test("is_positive", marts, { reads: ["model.shop.orders"] })("is_positive_orders_id"),
  test("relationships", marts, { reads: ["model.shop.customers", "model.shop.orders"], severity: "warn" })(
    "orders_have_customers",
  ),
  test("not_null", marts, { reads: ["model.shop.plans.v1"] })("not_null_plans_v1_c"),
  test("not_null", marts, { reads: ["model.shop.plans.v2"] })("not_null_plans_v2_c"),
  test("not_null", "models/toolbox.yml", { reads: ["model.toolbox.dates"], package: "toolbox" })("not_null_dates_c"),
  test(undefined, "tests/assert_revenue.sql", {
    reads: ["model.shop.revenue", "model.shop.orders"],
    tags: ["finance"],
  })("assert_revenue"),
  test(undefined, "tests/accounts_known.sql", { reads: ["source.shop.crm.accounts", "model.shop.customers"] })(
    "accounts_known",
  ),
  test(undefined, "tests/three_parents.sql", {
    reads: ["source.shop.crm.orders", "model.shop.mau", "model.shop.revenue"],
  })("three_parents"),
  test(undefined, "tests/dates_of_orders.sql", { reads: ["model.toolbox.dates", "source.shop.raw.orders"] })(
    "dates_of_orders",
  ),
  test(undefined, "tests/events_of_orders.sql", { reads: ["model.shop.event_data", "model.shop.orders"] })(
    "events_of_orders",
  ),
  {
    ...facts({ reads: ["model.shop.dau"] }),
    uniqueId: "unit_test.shop.dau.dau_counts_once",
    resourceType: "unit_test",
    name: "dau_counts_once",
    packageName: "shop",
    fqn: ["shop", "dau", "dau_counts_once"],
    path: schema,
  },
];

const graph = buildGraph(shop);

function parsed(values: readonly string[] | undefined, option: string): Selection | undefined {
  if (values === undefined) return undefined;
  const selection = parseSelection(values, option);
  expect(selection).toEqual(passed(expect.anything()));
  return selection.ok ? selection.value : undefined;
}

/** Runs arguments as one would type them; words in front of all options are `--select`'s. */
function ls(command: string): SelectedResources {
  const words = new Map<string, string[]>();
  let option = "--select";
  for (const word of command.split(" ").filter((each) => each !== "")) {
    if (word.startsWith("--")) option = word;
    words.set(option, [...(words.get(option) ?? []), ...(word.startsWith("--") ? [] : [word])]);
  }
  const typesOf = (name: string): readonly ResourceType[] | undefined =>
    words.has(name) ? resourceTypes.filter((type) => words.get(name)?.includes(type) === true) : undefined;
  const modes = indirectSelections.filter((mode) => words.get("--indirect-selection")?.includes(mode) === true);
  return selectResources(graph, shop, {
    rootPackage: "shop",
    select: parsed(words.get("--select"), "--select"),
    exclude: parsed(words.get("--exclude"), "--exclude"),
    indirectSelection: modes[0],
    resourceTypes: typesOf("--resource-type"),
    excludeResourceTypes: typesOf("--exclude-resource-type"),
  });
}

const short = (id: string): string => id.split(".").slice(2).join(".");
const namesOf = (selected: SelectedResources): readonly string[] => selected.ids.map(short);

const cases = readFileSync(new URL("select-resources.cases.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [command = "", outcome = ""] = line.split(/ ->(?: |$)/u);
    const [names = "", ...warned] = ` ${outcome}`.split(" ! ");
    return { command, names: names.trim(), warned };
  });

describe("dbt ls", () => {
  it("has its cases", () => {
    expect(cases.length).toBeGreaterThan(300);
    expect(cases.filter(({ names }) => names === "").length).toBeLessThan(50);
  });

  it.each(cases)("$command", ({ command, names, warned }) => {
    const selected = ls(command);
    expect([...namesOf(selected)].sort().join(" ")).toBe(names);
    expect(selected.warnings.map(({ message }) => message)).toEqual(
      warned.map((criterion) => `The selection criterion '${criterion}' does not match any enabled nodes.`),
    );
  });
});

describe("a selection", () => {
  it("comes in the order in which it would run, each resource once", () => {
    expect(namesOf(ls("mau +mau mau event_data+,resource_type:model --indirect-selection empty"))).toEqual([
      "raw.events",
      "event_data",
      "dau",
      "mau",
    ]);
    expect(namesOf(ls("marts --resource-type model"))).toEqual([
      "orders",
      "plans.v1",
      "plans.v2",
      "customers",
      "revenue",
      "revenue_daily",
    ]);
  });

  it("is everything when nothing is asked for", () => {
    const all = selectResources(graph, shop, { rootPackage: "shop" });
    expect(all.ids).toHaveLength(shop.length);
    expect(all.warnings).toEqual([]);
    expect(selectResources(graph, shop, { rootPackage: "shop", select: [], exclude: [] }).ids).toEqual(all.ids);
  });

  it("is nothing when a blank text is asked for, and excludes nothing by one", () => {
    const select = parsed([" "], "--select");
    const nothing = selectResources(graph, shop, { rootPackage: "shop", select });
    expect(nothing.ids).toEqual([]);
    expect(nothing.warnings).toHaveLength(1);
    const exclude = parsed([""], "--exclude");
    expect(selectResources(graph, shop, { rootPackage: "shop", exclude }).ids).toHaveLength(shop.length);
  });

  it("is empty in an empty project", () => {
    const select = parsed(["+dau"], "--select");
    const none = selectResources(buildGraph([]), [], { rootPackage: "shop", select });
    expect(none.ids).toEqual([]);
    expect(none.warnings).toHaveLength(1);
  });

  it("joins the values of an option given more than once", () => {
    const select = parsed(["mau", "stg_orders event_data mau"], "--select");
    const options = { rootPackage: "shop", select, indirectSelection: "empty" } as const;
    expect(selectResources(graph, shop, options).ids.map(short)).toEqual(["event_data", "stg_orders", "mau"]);
  });

  it("takes no object's own names for settings", () => {
    expect(ls("config.constructor.name:Object config.meta.toString.name:toString").ids).toEqual([]);
  });

  it("finds the whole project by its root folder", () => {
    expect(ls("path:.").ids).toEqual(ls("path:**").ids);
  });
});

describe("a criterion that matches nothing", () => {
  it("is pointed at", () => {
    const [first, second] = ls("dau nothing --exclude tag:x").warnings;
    expect(first).toMatchObject({ severity: "warning", span: { file: { path: "--select" }, start: 0, end: 7 } });
    expect(second).toMatchObject({ severity: "warning", span: { file: { path: "--exclude" }, start: 0, end: 5 } });
  });

  it.each([
    ["dai", 'Did you mean "dau"?'],
    ["+stg_order+", 'Did you mean "stg_orders"?'],
    ["tag:nigthly", 'Did you mean "nightly"?'],
    ["source:raw.event", 'Did you mean "raw.events"?'],
    ["path:model/marts", 'Did you mean "models/marts"?'],
    ["package:toolbx", 'Did you mean "toolbox"?'],
    ["file:dau.sq", 'Did you mean "dau.sql"?'],
    ["config.materialized:tabel", 'Did you mean "table"?'],
    ["test_name:uniqe", 'Did you mean "unique"?'],
    ["dau,tag:metrics", 'Did you mean "metric"?'],
    ["dau,mau", undefined],
    ["stg_order*x", undefined],
    ["somethingelse", undefined],
    ["resource_type:metric", undefined],
  ])("%s: %s", (command, hint) => {
    const warnings = ls(command).warnings;
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.hint).toBe(hint);
  });
});
