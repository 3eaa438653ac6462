import { type Checked, type Diagnostic, failed, passed } from "../../domain/diagnostic.ts";
import type { CompiledTest } from "../../domain/model.ts";
import { sql, type Sql, sqlFrom, trustedSql } from "../../domain/sql.ts";
import { collectEphemeral } from "../collect-ephemeral.ts";
import type { CompileContext } from "../compile-model.ts";
import { compileQuery, type QueryWithColumns } from "../compile-query.ts";
import { type GenericTest, testQueryTemplate } from "../parse-macros.ts";
import type { ResolvedConfig } from "../project/resolve-config.ts";
import { linkedEnvironment, tableValue } from "../render-resource.ts";
import { usesBrokenMacro } from "../template/context/model-environment.ts";
import type { Recording } from "../template/context/recording.ts";
import { stringLiteralFunction } from "../template/context/string-literal.ts";
import { withNames } from "../template/context/with-names.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { injectEphemeral } from "../template/inject-ephemeral.ts";
import { bindMacro, callMacro, renderTemplate } from "../template/render-template.ts";
import { text, type Value } from "../template/values/value.ts";
import type { LinkedTest } from "./link-test.ts";
import { testArgument } from "./test-argument.ts";

/** What becomes of a test: its query; or it is off, or reads what has a fault, which was told. */
export type TestOutcome =
  | { readonly kind: "compiled"; readonly test: CompiledTest }
  | { readonly kind: "disabled" }
  | { readonly kind: "broken" };

/** What of the config goes into the query, from where it was written. */
function configText({ values, spans }: ResolvedConfig, key: string, fallback: string): Value {
  const value = values[key];
  const span = spans[key];
  return typeof value === "string" && span !== undefined ? text(sqlFrom(span, value)) : fallback;
}

/** What a test reads: its resource, or those of its rows that `where` leaves. */
function testedRows({ attached, config }: LinkedTest): Value {
  const relation = tableValue(attached, attached.dialect);
  const where = config.resolved.values["where"];
  const span = config.resolved.spans["where"];
  if (typeof where !== "string" || where === "" || span === undefined) return relation;
  return text(sql`(select * from ${trustedSql(relation.print())} where ${sqlFrom(span, where)}) dbt_subquery`);
}

function argumentValues({ declaration, names }: LinkedTest, environment: Environment): Checked<Map<string, Value>> {
  const values = new Map<string, Value>();
  const faults: Diagnostic[] = [];
  const { column } = declaration;
  if (column !== undefined && names.columnName !== undefined)
    values.set("column_name", text(sqlFrom(column.name.span, names.columnName)));
  for (const { key, value } of declaration.arguments) {
    const evaluated = testArgument(value, environment);
    if (evaluated.ok) values.set(key, evaluated.value);
    else faults.push(...evaluated.diagnostics);
  }
  return faults.length > 0 ? failed(...faults) : passed(values);
}

/** The query that counts a test's failures. */
function renderTest(test: LinkedTest, definition: GenericTest, environment: Environment): Checked<Sql> {
  const { resolved } = test.config;
  const values = argumentValues(test, environment);
  if (!values.ok) return values;
  const rows = callMacro(bindMacro(definition, environment), {
    span: test.declaration.span,
    named: new Map([...values.value, ["model", testedRows(test)]]),
  });
  if (!rows.ok) return rows;
  const limit = resolved.values["limit"];
  return renderTemplate(
    testQueryTemplate,
    withNames(environment, {
      rows: rows.value,
      limit: typeof limit === "number" ? limit : null,
      fail_calc: configText(resolved, "fail_calc", "count(*)"),
      warn_if: configText(resolved, "warn_if", "!= 0"),
      error_if: configText(resolved, "error_if", "!= 0"),
    }),
  );
}

/** The resources that a test reads, in dbt's order: sources, then models and seeds, what it is attached to as the last of its kind. */
function readIds({ attached }: LinkedTest, recording: Recording, { names }: CompileContext): readonly string[] {
  const own = (isOfKind: boolean): readonly string[] => (isOfKind ? [attached.uniqueId] : []);
  const ids = (targets: readonly Checked<{ readonly uniqueId: string }>[]): readonly string[] =>
    targets.flatMap((target) => (target.ok ? [target.value.uniqueId] : []));
  return [
    ...new Set([
      ...ids(recording.sources.map((reference) => names.source(reference))),
      ...own(attached.type === "source"),
      ...ids(recording.refs.map((reference) => names.model(reference))),
      ...own(attached.type !== "source"),
    ]),
  ];
}

function describeTest(
  test: LinkedTest,
  { query }: QueryWithColumns,
  { recording, dependsOn }: { readonly recording: Recording; readonly dependsOn: readonly string[] },
): CompiledTest {
  const { declaration, attached, resource, names, config } = test;
  const { values } = config.resolved;
  const [source = "", table = ""] = attached.name;
  return {
    resourceType: "test",
    ...resource,
    patchPath: undefined,
    description: declaration.description,
    tags: config.tags,
    config: values,
    test: names.test,
    namespace: names.namespace,
    arguments: names.kwargs,
    alias: typeof values["alias"] === "string" ? values["alias"] : names.alias,
    columnName: names.columnName,
    attachedTo: attached.uniqueId,
    severity: config.severity,
    query,
    dependsOn,
    refs: [...recording.refs.map(({ name }) => [name]), ...(attached.type === "source" ? [] : [attached.name])],
    sources: [
      ...recording.sources.map((reference) => [reference.source, reference.table] as const),
      ...(attached.type === "source" ? [[source, table] as const] : []),
    ],
    span: declaration.span,
  };
}

function isOff({ code }: Diagnostic): boolean {
  return code === "disabled-ref" || code === "disabled-source";
}

/**
 * Makes a linked test a query that counts its failures. One that reads what is switched off is off itself, as in dbt.
 * `sound` are the ids of the resources that can be read.
 */
export function compileTest(
  test: LinkedTest,
  sound: ReadonlySet<string>,
  context: CompileContext,
): Checked<TestOutcome> {
  const { attached, definition, resource, config } = test;
  if (!test.isEnabled) return passed({ kind: "disabled" });
  if (definition === "broken" || !sound.has(attached.uniqueId)) return passed({ kind: "broken" });
  const { dialect, relation } = attached;
  const subject = { resource, relation, dialect, config: config.resolved.values };
  const { environment, recording } = linkedEnvironment(subject, "full", context);
  const own = withNames(environment, { string_literal: stringLiteralFunction(dialect) });
  const counted = renderTest(test, definition, own);
  if (usesBrokenMacro(recording, context.macros)) return passed({ kind: "broken" });
  if (!counted.ok) return counted.diagnostics.every(isOff) ? passed({ kind: "disabled" }) : counted;
  const dependsOn = readIds(test, recording, context);
  if (!dependsOn.every((id) => sound.has(id))) return passed({ kind: "broken" });
  const place = test.declaration.span;
  const ephemeral = collectEphemeral(dependsOn, { dialect, place, ephemeral: context.ephemeral });
  if (!ephemeral.ok) return ephemeral;
  const { catalog, translate } = context;
  const compiled = compileQuery(injectEphemeral(counted.value, ephemeral.value), {
    dialect,
    catalog,
    translate,
    place,
  });
  if (!compiled.ok) return compiled;
  return passed({ kind: "compiled", test: describeTest(test, compiled.value, { recording, dependsOn }) });
}
