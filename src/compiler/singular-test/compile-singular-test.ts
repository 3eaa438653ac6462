import { type Checked, passed } from "../../domain/diagnostic.ts";
import type { CompiledTest } from "../../domain/model.ts";
import type { Told } from "../../domain/told.ts";
import type { CompileContext } from "../compile-model.ts";
import { countFailures, shouldStoreFailures } from "../data-test/count-failures.ts";
import { failuresRelation } from "../data-test/failures-relation.ts";
import type { Dependency } from "../link-models.ts";
import { linkedEnvironment } from "../render-resource.ts";
import { withNames } from "../template/context/with-names.ts";
import { renderTemplate } from "../template/render-template.ts";
import type { ParsedSingularTest } from "./parse-singular-test.ts";

/** A singular test whose references lead to resources of the project. */
export interface LinkedSingularTest extends ParsedSingularTest {
  readonly dependencies: readonly Dependency[];
}

/** A compiled test, and what its template said. */
export interface TestWithWords {
  readonly test: CompiledTest;
  readonly told: Told;
}

/** Makes a singular test a query that counts its failures. */
export function compileSingularTest(test: LinkedSingularTest, context: CompileContext): Checked<TestWithWords> {
  const { uniqueId, name, packageName, fqn, path, template, described, config, span } = test;
  const { settings } = context;
  const { values } = config.resolved;
  const relation = failuresRelation(name, values, settings);
  const dialect = values["dialect"] === "duckdb" ? "duckdb" : settings.dialect;
  const { environment: linked, recording } = linkedEnvironment(
    { resource: test, relation, dialect, config: values },
    "full",
    context,
  );
  const environment = withNames(linked, { should_store_failures: shouldStoreFailures(config, context) });
  const rows = renderTemplate(template, environment);
  if (!rows.ok) return rows;
  const dependsOn = test.dependencies.map((dependency) => dependency.uniqueId);
  const counted = countFailures(
    rows.value,
    { config, dialect, relation, reads: dependsOn, place: span, environment },
    context,
  );
  if (!counted.ok) return counted;
  const compiled: CompiledTest = {
    resourceType: "test",
    uniqueId,
    name,
    packageName,
    fqn,
    path,
    patchPath: described?.name.span.file.path,
    description: described?.description ?? "",
    tags: config.tags,
    config: values,
    generic: undefined,
    alias: relation.identifier,
    relation,
    severity: config.severity,
    ...counted.value,
    macros: [...recording.macros].sort(),
    dependsOn,
    refs: recording.refs.map(({ name: model, packageName: ofPackage }) =>
      ofPackage === undefined ? [model] : [ofPackage, model],
    ),
    sources: recording.sources.map(({ source, table }) => [source, table] as const),
    span,
  };
  return passed({ test: compiled, told: recording });
}
