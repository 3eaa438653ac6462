import type { Data, DataMap } from "../domain/data.ts";
import { type Checked, type Diagnostic, error, failed, passed } from "../domain/diagnostic.ts";
import type { CompiledTest } from "../domain/model.ts";
import type { Relation } from "../domain/relation.ts";
import type { DialectName } from "../domain/settings.ts";
import { sql, type Sql, sqlFrom, trustedSql } from "../domain/sql.ts";
import { compileQuery } from "./compile-query.ts";
import { type CompileContext, ephemeralQueries } from "./compile-model.ts";
import { nearestName } from "./nearest-name.ts";
import { nameTest, testHash } from "./project/name-test.ts";
import { type YamlEntry, yamlData } from "./project/parse-yaml.ts";
import type { TestDeclaration } from "./project/parse-test-declarations.ts";
import { configTexts, mergeConfig, type ResolvedConfig } from "./project/resolve-config.ts";
import { linkedEnvironment } from "./render-resource.ts";
import { testQueryTemplate, type TestDefinitions } from "./parse-macros.ts";
import { withNames } from "./template/context/with-names.ts";
import { quotedName } from "./template/context/relation-value.ts";
import { stringLiteralFunction } from "./template/context/string-literal.ts";
import { injectEphemeral } from "./template/inject-ephemeral.ts";
import type { Environment } from "./template/evaluate/evaluation.ts";
import { bindMacro, callMacro, renderTemplate } from "./template/render-template.ts";
import { text, type Value } from "./template/values/value.ts";
import { testArgument } from "./test-argument.ts";

/** A test as declared, and the resource that it is attached to. */
export interface AttachedTest {
  readonly declaration: TestDeclaration;
  readonly attached: {
    readonly uniqueId: string;
    readonly type: "model" | "seed" | "source";
    /** The name of a model or seed, `[source, table]` of a source table. */
    readonly name: readonly string[];
    readonly relation: Relation;
    /** The name of its query, for an ephemeral model. */
    readonly ephemeral: string | undefined;
  };
  readonly dialect: DialectName;
}

function textConfig(config: ResolvedConfig, key: string, fallback: string): string {
  const value = config.values[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : fallback;
}

/** The relation that a test reads, or those of its rows that `where` leaves. */
function testedRows({ attached, dialect }: AttachedTest, config: ResolvedConfig): Sql {
  const relation = trustedSql(attached.ephemeral ?? quotedName(attached.relation, dialect));
  const where = config.values["where"];
  const span = config.spans["where"];
  if (typeof where !== "string" || span === undefined) return relation;
  return sql`(select * from ${relation} where ${sqlFrom(span, where)}) dbt_subquery`;
}

interface NamedTest {
  readonly name: string;
  readonly alias: string;
  readonly uniqueId: string;
  readonly kwargs: DataMap;
}

function namesOf({ declaration, attached }: AttachedTest, packageName: string): NamedTest {
  const [namespace, test] = declaration.test.includes(".")
    ? [declaration.test.replace(/\..*$/u, ""), declaration.test.replace(/^.*\./u, "")]
    : [null, declaration.test];
  const written: Record<string, Data> = {};
  for (const { key, value } of declaration.arguments) written[key] = yamlData(value);
  if (declaration.column !== undefined) written["column_name"] = declaration.column.value;
  const isSource = attached.type === "source";
  const call = `${isSource ? "source" : "ref"}(${attached.name.map((part) => `'${part}'`).join(", ")})`;
  const kwargs: DataMap = { ...written, model: `{{ get_where_subquery(${call}) }}` };
  const kind = [namespace, isSource ? "source" : null, test].filter((part) => part !== null).join("_");
  const names = nameTest(kind, attached.name.join("_"), written);
  const name = declaration.name?.value ?? names.full;
  const alias = declaration.name?.value ?? names.short;
  const hash = testHash(name, { namespace, name: test, kwargs });
  return { name, alias, uniqueId: `test.${packageName}.${name}.${hash}`, kwargs };
}

function checkSeverity(config: ResolvedConfig): Checked<"error" | "warn"> {
  const severity = textConfig(config, "severity", "error").toLowerCase();
  if (severity === "error" || severity === "warn") return passed(severity);
  return failed(
    error("config-value", `The severity of a test is "error" or "warn", found "${severity}".`, {
      span: config.spans["severity"],
    }),
  );
}

function argumentValues({ declaration }: AttachedTest, environment: Environment): Checked<ReadonlyMap<string, Value>> {
  const values = new Map<string, Value>();
  const faults: Diagnostic[] = [];
  for (const { key, value } of declaration.arguments) {
    const evaluated = testArgument(value, environment);
    if (evaluated.ok) values.set(key, evaluated.value);
    else faults.push(...evaluated.diagnostics);
  }
  const { column } = declaration;
  if (column !== undefined) values.set("column_name", text(sqlFrom(column.span, column.value)));
  return faults.length > 0 ? failed(...faults) : passed(values);
}

function configOf(entries: readonly YamlEntry[]): ResolvedConfig {
  return mergeConfig([
    entries.map(({ key, keySpan, value }) => ({
      key,
      value: yamlData(value),
      span: value.kind === "scalar" ? value.span : keySpan,
    })),
  ]);
}

/**
 * Makes a declared test a query that counts its failures, or gives `undefined` for one that is disabled or reads a broken
 * model. What is wrong with it is told at the declaration.
 */
export function compileTest(
  attachedTest: AttachedTest,
  { definitions, broken }: { readonly definitions: TestDefinitions; readonly broken: ReadonlySet<string> },
  context: CompileContext,
): Checked<CompiledTest | undefined> {
  const { declaration, attached, dialect } = attachedTest;
  const { settings } = context;
  const place = declaration.span;
  const config = configOf(declaration.config);
  if (config.values["enabled"] === false) return passed(undefined);
  const definition = definitions.get(declaration.test);
  if (definition === undefined) {
    const near = nearestName(declaration.test, definitions.keys());
    const hint =
      near === undefined
        ? `Known tests are ${[...definitions.keys()].map((name) => `"${name}"`).join(", ")}.`
        : `Did you mean "${near}"?`;
    return failed(error("unknown-test", `There is no test "${declaration.test}".`, { span: place, hint }));
  }
  const severity = checkSeverity(config);
  if (!severity.ok) return severity;
  const names = namesOf(attachedTest, settings.name);
  const path = place.file.path;
  const fqn = [settings.name, ...path.split("/").slice(1, -1), names.name];
  const resource = { uniqueId: names.uniqueId, name: names.name, packageName: settings.name, fqn, path };
  const subject = { resource, relation: attached.relation, dialect, config: config.values };
  const { environment: linked, recording } = linkedEnvironment(subject, "full", context);
  const environment = withNames(linked, { string_literal: stringLiteralFunction(dialect) });
  const values = argumentValues(attachedTest, environment);
  if (!values.ok) return values;
  const rows = callMacro(bindMacro(definition, environment), {
    span: place,
    named: new Map([["model", text(testedRows(attachedTest, config))], ...values.value]),
  });
  if (!rows.ok) return rows;
  const limit = config.values["limit"];
  const counted = renderTemplate(
    testQueryTemplate,
    withNames(environment, {
      rows: rows.value,
      limit: typeof limit === "number" ? limit : null,
      fail_calc: textConfig(config, "fail_calc", "count(*)"),
      warn_if: textConfig(config, "warn_if", "!= 0"),
      error_if: textConfig(config, "error_if", "!= 0"),
    }),
  );
  if (!counted.ok) return counted;
  const dependsOn = [
    attached.uniqueId,
    ...recording.refs.map((reference) => context.names.model(reference)),
    ...recording.sources.map((reference) => context.names.source(reference)),
  ].flatMap((target) => (typeof target === "string" ? [target] : target.ok ? [target.value.uniqueId] : []));
  if (dependsOn.some((id) => broken.has(id))) return passed(undefined);
  const whole = injectEphemeral(counted.value, ephemeralQueries(dependsOn, context.ephemeral));
  const { catalog, translate } = context;
  const compiled = compileQuery(whole, { dialect, catalog, translate, place });
  if (!compiled.ok) return compiled;
  const reference =
    attached.type === "source" ? { sources: [attached.name], refs: [] } : { sources: [], refs: [attached.name] };
  return passed({
    resourceType: "test",
    ...resource,
    patchPath: undefined,
    description: declaration.description,
    tags: configTexts(config.values["tags"]) ?? [],
    config: config.values,
    test: declaration.test.replace(/^.*\./u, ""),
    namespace: declaration.test.includes(".") ? declaration.test.replace(/\..*$/u, "") : undefined,
    arguments: names.kwargs,
    alias: names.alias,
    columnName: declaration.column?.value,
    attachedTo: attached.uniqueId,
    severity: severity.value,
    query: compiled.value.query,
    dependsOn: [...new Set(dependsOn)],
    refs: [...recording.refs.map(({ name }) => [name]), ...reference.refs],
    sources: [
      ...recording.sources.map(({ source, table }) => [source, table] as const),
      ...reference.sources.map(([source = "", table = ""]) => [source, table] as const),
    ],
    span: place,
  });
}
