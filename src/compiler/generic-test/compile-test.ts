import { type Checked, type Diagnostic, failed, passed } from "../../domain/diagnostic.ts";
import type { CompiledTest } from "../../domain/model.ts";
import type { Relation } from "../../domain/relation.ts";
import { sql, type Sql, sqlFrom, trustedSql } from "../../domain/sql.ts";
import type { Told } from "../../domain/told.ts";
import type { CompileContext } from "../compile-model.ts";
import { countFailures, shouldStoreFailures } from "../data-test/count-failures.ts";
import { failuresRelation } from "../data-test/failures-relation.ts";
import { resolveTestConfig } from "../data-test/test-config.ts";
import type { GenericTest } from "../parse-macros.ts";
import { linkedEnvironment, tableValue } from "../render-resource.ts";
import { usesBrokenMacro } from "../template/context/model-environment.ts";
import type { Recording } from "../template/context/recording.ts";
import { stringLiteralFunction } from "../template/context/string-literal.ts";
import { withNames } from "../template/context/with-names.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { bindMacro, callMacro } from "../template/render-template.ts";
import { printValue } from "../template/values/print-value.ts";
import { text, type Value } from "../template/values/value.ts";
import type { LinkedTest } from "./link-test.ts";
import { testArgument } from "./test-argument.ts";

/** What becomes of a test: its query; or it is off, or reads what has a fault, which was told. */
export type TestOutcome =
  | { readonly kind: "compiled"; readonly test: CompiledTest; readonly told: Told }
  | { readonly kind: "disabled" }
  | { readonly kind: "broken" };

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

/** The rows that fail a test. */
function renderRows(test: LinkedTest, definition: GenericTest, environment: Environment): Checked<Sql> {
  const values = argumentValues(test, environment);
  if (!values.ok) return values;
  const rows = callMacro(bindMacro(definition, environment), {
    span: test.declaration.span,
    named: new Map([...values.value, ["model", testedRows(test)]]),
  });
  return rows.ok ? passed(textSql(rows.value)) : rows;
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
  counted: Pick<CompiledTest, "rows" | "stored" | "query">,
  {
    recording,
    dependsOn,
    relation,
  }: { readonly recording: Recording; readonly dependsOn: readonly string[]; readonly relation: Relation },
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
    generic: {
      test: names.test,
      namespace: names.namespace,
      arguments: names.kwargs,
      columnName: names.columnName,
      attachedTo: attached.uniqueId,
    },
    alias: relation.identifier,
    relation,
    severity: config.severity,
    ...counted,
    macros: [...recording.macros].sort(),
    dependsOn,
    refs: [...recording.refs.map(({ name }) => [name]), ...(attached.type === "source" ? [] : [attached.name])],
    sources: [
      ...recording.sources.map((reference) => [reference.source, reference.table] as const),
      ...(attached.type === "source" ? [[source, table] as const] : []),
    ],
    span: declaration.span,
  };
}

/** The text of a macro's output. */
function textSql(value: Value): Sql {
  return typeof value === "object" && value?.kind === "text" ? value.sql : trustedSql(printValue(value));
}

/** Whether a reference fails only because what it means is switched off. */
export function isOff({ code }: Diagnostic): boolean {
  return code === "disabled-ref" || code === "disabled-source";
}

interface RenderedOnce {
  readonly rows: Checked<Sql>;
  readonly recording: Recording;
  readonly environment: Environment;
  readonly relation: Relation;
}

function renderOnce(test: LinkedTest, definition: GenericTest, context: CompileContext): RenderedOnce {
  const { attached, resource, config, names } = test;
  const { values } = config.resolved;
  const relation = failuresRelation(names.alias, values, context.settings);
  const subject = { resource, relation: attached.relation, dialect: attached.dialect, config: values };
  const { environment: linked, recording } = linkedEnvironment(subject, "full", context);
  const environment = withNames(linked, {
    string_literal: stringLiteralFunction(attached.dialect),
    should_store_failures: shouldStoreFailures(config, context),
  });
  return { rows: renderRows(test, definition, environment), recording, environment, relation };
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
  const { attached, definition } = test;
  if (!test.isEnabled) return passed({ kind: "disabled" });
  if (definition === "broken" || !sound.has(attached.uniqueId)) return passed({ kind: "broken" });
  const said: Diagnostic[] = [];
  const first = renderOnce(test, definition, context);
  // What the generic test says of its own config counts before it is rendered for good.
  const isConfigured = first.rows.ok && first.recording.config.length > 0;
  const configured = isConfigured
    ? {
        ...test,
        config: resolveTestConfig({ ...test.layers, block: first.recording.config }, (each) => said.push(each)),
      }
    : test;
  const faults = said.filter(({ severity }) => severity === "error");
  if (faults.length > 0) return failed(...faults);
  const { rows, recording, environment, relation } = isConfigured ? renderOnce(configured, definition, context) : first;
  if (usesBrokenMacro(recording, context.macros)) return passed({ kind: "broken" });
  if (!rows.ok) return rows.diagnostics.every(isOff) ? passed({ kind: "disabled" }) : rows;
  const dependsOn = readIds(configured, recording, context);
  if (!dependsOn.every((id) => sound.has(id))) return passed({ kind: "broken" });
  const counted = countFailures(
    rows.value,
    {
      config: configured.config,
      dialect: attached.dialect,
      relation,
      reads: dependsOn,
      place: test.declaration.span,
      environment,
    },
    context,
  );
  if (!counted.ok) return counted;
  const described = describeTest(configured, counted.value, { recording, dependsOn, relation });
  return passed({ kind: "compiled", test: described, told: recording });
}
