import type { ModelScope } from "../../src/compiler/template/context/model-scope.ts";
import { modelEnvironment } from "../../src/compiler/template/context/model-environment.ts";
import {
  macrosOfProject,
  type PackageMacros,
  type ProjectMacros,
} from "../../src/compiler/template/context/project-macros.ts";
import { startRecording } from "../../src/compiler/template/context/recording.ts";
import { relationValue } from "../../src/compiler/template/context/relation-value.ts";
import { parseTemplate } from "../../src/compiler/template/parse-template.ts";
import { renderTemplate } from "../../src/compiler/template/render-template.ts";
import { literalSettings, parseLiteralSettings, told } from "../literal-project.ts";

const settings = parseLiteralSettings(`${literalSettings}vars: { days: 30 }\n`).parsed?.settings;
if (settings === undefined) throw new Error("the settings have a fault");

/** What a template of the model `dau` of the project `shop` is rendered with. */
const shopScope: Omit<ModelScope, "recording"> = {
  settings,
  inputs: {
    environment: { HOME: "/home", DBT_ENV_CUSTOM_ENV_TEAM: "core" },
    vars: {},
    targetName: undefined,
    call: {
      invocationId: "1234",
      now: Date.parse("2024-02-29T12:30:45Z") * 1000,
      which: "run",
      arguments: { full_refresh: true, vars: { a: 1 } },
    },
  },
  resource: {
    uniqueId: "model.shop.dau",
    name: "dau",
    packageName: "shop",
    fqn: ["shop", "dau"],
    path: "models/dau.sql",
  },
  dialect: "duckdb",
  relation: { database: "shop", schema: "marts", identifier: "dau" },
  mode: "full",
  phase: "compile",
  config: { materialized: "table", meta: { owner: "me" }, persist_docs: { relation: true } },
  reference: ({ name }) => relationValue({ database: "shop", schema: "main", identifier: name }, "duckdb"),
  source: ({ source, table }) => relationValue({ database: "shop", schema: source, identifier: table }, "duckdb"),
};

/** The macros of a text, as those of a package. */
export function packageOf(name: string, text: string): PackageMacros {
  const parsed = parseTemplate({ path: `${name}/macros/m.sql`, text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  return new Map(
    parsed.value.macros.map((definition) => [
      definition.name,
      { uniqueId: `macro.${name}.${definition.name}`, definition },
    ]),
  );
}

/** What a template is rendered with besides the usual. */
export interface InContext {
  readonly scope?: Partial<ModelScope>;
  readonly macros?: ProjectMacros;
}

/** The text of a template in dbt's context, or what is told of its fault. */
export function renderInContext(template: string, { scope = {}, macros }: InContext = {}): string {
  const parsed = parseTemplate({ path: "models/dau.sql", text: template });
  const environment = modelEnvironment(
    { ...shopScope, recording: startRecording(), ...scope },
    macros ?? macrosOfProject("shop", new Map()),
  );
  const rendered = parsed.ok ? renderTemplate(parsed.value, environment) : parsed;
  return rendered.ok ? rendered.value.text : rendered.diagnostics.map(told).join("; ");
}
