import type { Column } from "../../domain/column.ts";
import type { DataMap } from "../../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { CompiledQuery } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Sql } from "../../domain/sql.ts";
import type { CompiledUnitTest, GivenInput } from "../../domain/unit-test.ts";
import type { CompileContext } from "../compile-model.ts";
import { checkQuery, compileQuery } from "../compile-query.ts";
import type { LinkedModel } from "../link-models.ts";
import { didYouMean } from "../nearest-name.ts";
import type { DeclaredUnitTest } from "../parse-part.ts";
import { configTexts, mergeConfig } from "../project/resolve-config.ts";
import { yamlData } from "../project/parse-yaml.ts";
import type { FixtureDeclaration, UnitTestDeclaration } from "../project/unit-test-declaration.ts";
import { modelEnvironment } from "../template/context/model-environment.ts";
import type { ModelScope } from "../template/context/model-scope.ts";
import { startRecording } from "../template/context/recording.ts";
import { ephemeralName, ephemeralValue } from "../template/context/relation-value.ts";
import { withNames } from "../template/context/with-names.ts";
import { injectEphemeral } from "../template/inject-ephemeral.ts";
import { renderTemplate } from "../template/render-template.ts";
import { unlessAsking } from "../template/replay.ts";
import { TemplateError } from "../template/template-error.ts";
import { fixtureQuery } from "./fixture-query.ts";
import { readFixture } from "./read-fixture.ts";
import { overriddenInputs, overriddenMacros } from "./unit-test-environment.ts";

/** What unit tests are compiled with. */
export interface UnitTestContext extends CompileContext {
  readonly models: ReadonlyMap<string, LinkedModel>;
}

const inputPattern =
  /^\s*(?:(?<this>this)|(?<call>ref|source)\s*\(\s*['"](?<first>[^'"]+)['"](?:\s*,\s*['"](?<second>[^'"]+)['"])?\s*\))\s*$/u;

/** What an input means: a resource by its id and relation. */
interface InputTarget {
  readonly uniqueId: string;
  readonly relation: Relation;
  /** The name that its stand-in is called after. */
  readonly name: string;
}

function targetOf(
  { value, span }: UnitTestDeclaration["model"],
  model: LinkedModel,
  { names }: UnitTestContext,
): Checked<InputTarget> {
  const groups = inputPattern.exec(value)?.groups;
  const { first, second } = groups ?? {};
  if (groups?.["this"] !== undefined)
    return passed({ uniqueId: "this", relation: model.relation, name: model.relation.identifier });
  if (first === undefined || (groups?.["call"] === "source" && second === undefined))
    return failed(
      error("fixture-input", `The input "${value}" is none.`, {
        span,
        hint: "Write ref('model'), source('source', 'table') or this.",
      }),
    );
  if (groups?.["call"] === "source" && second !== undefined) {
    const found = names.source({ source: first, table: second, from: model.packageName, span });
    return found.ok ? passed({ ...found.value, name: `${first}__${second}` }) : found;
  }
  const packageName = second === undefined ? undefined : first;
  const found = names.model({ packageName, name: second ?? first, from: model.packageName, span });
  return found.ok ? passed({ ...found.value, name: found.value.relation.identifier }) : found;
}

/** The inputs that a unit test gives, by the ids of what they stand in for. */
function readGiven(
  { declaration, fixtures }: DeclaredUnitTest,
  model: LinkedModel,
  context: UnitTestContext,
): Checked<ReadonlyMap<string, GivenInput>> {
  const inputs = new Map<string, GivenInput>();
  const faults: Diagnostic[] = [];
  for (const given of declaration.given) {
    const target = targetOf(given.input, model, context);
    const fixture = readFixture(given, fixtures);
    if (!target.ok) faults.push(...target.diagnostics);
    if (!fixture.ok) faults.push(...fixture.diagnostics);
    if (!target.ok || !fixture.ok) continue;
    const { uniqueId, relation, name } = target.value;
    const isNative = model.dialect === "duckdb";
    inputs.set(uniqueId, {
      cteName: ephemeralName(name, model.dialect),
      title: given.input.value.trim(),
      relation,
      columns: isNative ? undefined : columnsOf(relation, context),
      fixture: fixture.value,
    });
  }
  return faults.length > 0 ? failed(...faults) : passed(inputs);
}

function columnsOf(relation: Relation, { catalog }: UnitTestContext): readonly Column[] | undefined {
  return catalog.find(relation)?.columns;
}

/** The model's query, its inputs by the names of their stand-ins. */
function renderModel(
  model: LinkedModel,
  {
    declaration,
    given,
  }: { readonly declaration: UnitTestDeclaration; readonly given: ReadonlyMap<string, GivenInput> },
  context: UnitTestContext,
): Checked<Sql> {
  const { dialect, relation, config, materialization, template } = model;
  const { overrides, name } = declaration;
  const stand = (uniqueId: string, title: string): ReturnType<typeof ephemeralValue> => {
    const input = given.get(uniqueId);
    if (input !== undefined) {
      const identifier = input.cteName.replace(/^["`]?__dbt__cte__|["`]$/gu, "");
      return ephemeralValue({ ...input.relation, identifier }, dialect);
    }
    const message = `The unit test "${name.value}" gives no rows for ${title}, which the model reads.`;
    throw new TemplateError(error("fixture-input", message, { span: name.span }));
  };
  const isIncremental = overrides.macros.some(({ name: macro, value }) => {
    return macro.value === "is_incremental" && value.kind === "scalar" && value.value === true;
  });
  const scope: ModelScope = {
    settings: context.settings,
    inputs: overriddenInputs(context.inputs, overrides),
    resource: model,
    dialect,
    relation,
    mode: isIncremental ? "incremental" : "full",
    phase: "compile",
    config: { ...config.values, materialized: materialization.kind },
    recording: startRecording(),
    reference: (reference) => {
      const target = context.names.model(reference);
      return stand(target.ok ? target.value.uniqueId : "", `ref('${reference.name}')`);
    },
    source: (reference) => {
      const target = context.names.source(reference);
      return stand(target.ok ? target.value.uniqueId : "", `source('${reference.source}', '${reference.table}')`);
    },
  };
  const macros = overriddenMacros(context.macros, overrides, modelEnvironment(scope, context.macros).names());
  if (!macros.ok) return macros;
  const environment = modelEnvironment(scope, macros.value);
  const own = given.get("this");
  const names = own === undefined ? environment : withNames(environment, { this: stand("this", "this") });
  const rendered = unlessAsking(() => renderTemplate(template, names));
  if (rendered !== "asks") return rendered;
  const message = `The unit test "${name.value}" is of a model that asks the warehouse.`;
  const hint = "Override the macro that asks, under overrides.";
  return failed(error("asking-unit-test", message, { span: name.span, hint }));
}

/** In GoogleSQL all columns are known beforehand, and the statement is translated here. */
function translated(
  text: Sql,
  { model, given }: { readonly model: LinkedModel; readonly given: readonly GivenInput[] },
  context: UnitTestContext,
): Checked<CompiledQuery> {
  const { dialect, span: place } = model;
  const faults: Diagnostic[] = [];
  const queries = given.flatMap(({ fixture, columns, title, cteName }) => {
    const { span } = fixture;
    if (fixture.kind === "query") return [{ name: cteName, query: fixture.query }];
    if (columns === undefined) {
      const hint = "Declare them, or give the rows in the format sql.";
      faults.push(error("fixture-input", `The columns of ${title} are not known.`, { span, hint }));
      return [];
    }
    const query = fixtureQuery(fixture.rows, { title, columns, dialect, span });
    if (query.ok) return [{ name: cteName, query: query.value }];
    faults.push(...query.diagnostics);
    return [];
  });
  if (faults.length > 0) return failed(...faults);
  const { catalog, translate } = context;
  const compiled = compileQuery(injectEphemeral(text, queries), { dialect, catalog, translate, place });
  return compiled.ok ? passed(compiled.value.query) : compiled;
}

function writtenFixture({ format, rows, file }: FixtureDeclaration): DataMap {
  return { format, rows: rows === undefined ? null : yamlData(rows), fixture: file?.value ?? null };
}

function writtenOverrides({ macros, vars, environment }: UnitTestDeclaration["overrides"]): DataMap {
  const values = macros.map(({ name, value }) => [name.value, yamlData(value)] as const);
  return { macros: Object.fromEntries(values), vars, env_vars: environment };
}

/** Makes a declared unit test one that can run: its inputs read, its model's query rendered over their stand-ins. */
export function compileUnitTest(declared: DeclaredUnitTest, context: UnitTestContext): Checked<CompiledUnitTest> {
  const { declaration, packageName, path, fixtures } = declared;
  const { name, model: tested, config } = declaration;
  const model = context.models.get(tested.value);
  if (model === undefined)
    return failed(
      error("unknown-model", `There is no model "${tested.value}" to test.`, {
        span: tested.span,
        hint: didYouMean(tested.value, context.models.keys()),
      }),
    );
  const given = readGiven(declared, model, context);
  const expect = readFixture(declaration.expect, fixtures);
  if (!given.ok || !expect.ok)
    return failed(...(given.ok ? [] : given.diagnostics), ...(expect.ok ? [] : expect.diagnostics));
  const rendered = renderModel(model, { declaration, given: given.value }, context);
  if (!rendered.ok) return rendered;
  const text = checkQuery(rendered.value, { dialect: model.dialect, place: model.span });
  if (!text.ok) return text;
  const inputs = [...given.value.values()];
  const query = model.dialect === "duckdb" ? undefined : translated(text.value, { model, given: inputs }, context);
  if (query?.ok === false) return query;
  const resolved = mergeConfig([config]);
  return passed({
    resourceType: "unit_test",
    uniqueId: `unit_test.${packageName}.${model.name}.${name.value}`,
    name: name.value,
    packageName,
    fqn: [...model.fqn.slice(0, -1), model.name, name.value],
    path,
    patchPath: undefined,
    description: declaration.description,
    tags: configTexts(resolved.values["tags"]) ?? [],
    config: resolved.values,
    model: model.uniqueId,
    modelName: model.name,
    dialect: model.dialect,
    text: text.value,
    given: inputs,
    expect: expect.value,
    query: query?.value,
    dependsOn: [model.uniqueId],
    written: {
      given: declaration.given.map((each) => ({ input: each.input.value, ...writtenFixture(each) })),
      expect: writtenFixture(declaration.expect),
      overrides: writtenOverrides(declaration.overrides),
    },
    span: name.span,
  });
}
