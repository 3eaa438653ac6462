import { type Checked, type Diagnostic, error, failed, passed } from "../../domain/diagnostic.ts";
import type { Settings } from "../../domain/settings.ts";
import { didYouMean } from "../nearest-name.ts";
import type { GenericTest, TestDefinitions } from "../parse-macros.ts";
import type { YamlNode } from "../project/parse-yaml.ts";
import { projectConfig } from "../project/resolve-config.ts";
import { pathInPackage, type ResourceProperties } from "../project/resource-properties.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import type { AttachedTest } from "./attach-tests.ts";
import { checkTestArguments } from "./check-test-arguments.ts";
import { type AttachedTestNames, nameAttachedTest } from "./name-attached-test.ts";
import {
  renderTestConfig,
  resolveTestConfig,
  type TestConfig,
  type TestConfigLayers,
} from "../data-test/test-config.ts";

/** What tests are linked with. */
export interface TestContext {
  readonly settings: Settings;
  readonly definitions: TestDefinitions;
  /** `data_tests:` of the project file of a package, and what the project's own says of it. */
  readonly configsOf: (packageName: string) => {
    readonly own: YamlNode | undefined;
    readonly overrides: YamlNode | undefined;
  };
  /** What templates in the config of a package's test see. */
  readonly environmentOf: (packageName: string) => Environment;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** A test whose definition, names and config are known, before its query is rendered. */
export interface LinkedTest extends AttachedTest {
  /** `broken`: the file that defines it has a fault, which was told. */
  readonly definition: GenericTest | "broken";
  readonly resource: ResourceProperties;
  readonly names: AttachedTestNames;
  readonly config: TestConfig;
  readonly layers: TestConfigLayers;
  readonly isEnabled: boolean;
}

function findDefinition(
  { test }: AttachedTest["declaration"],
  packageName: string,
  { definitions, settings }: TestContext,
): Checked<GenericTest | "broken"> {
  // Both prefixes mean what is there without them: tsdbt's own tests are dbt's. A package's tests keep theirs.
  const prefix = ["dbt.", `${settings.name}.`].find((each) => test.startsWith(each)) ?? "";
  const found = definitions.get(`${packageName}.${test}`) ?? definitions.get(test.slice(prefix.length));
  if (found !== undefined) return passed(found);
  const known = `Known tests are ${[...definitions.keys()].map((name) => `"${name}"`).join(", ")}.`;
  const hint = didYouMean(test, definitions.keys()) ?? known;
  return failed(error("unknown-test", `There is no test "${test}".`, { hint }));
}

/** Finds a test's definition, names it and resolves its config. All that is wrong with its declaration is reported; `undefined`, if anything is. */
export function linkTest(attachedTest: AttachedTest, context: TestContext): LinkedTest | undefined {
  const { declaration, attached } = attachedTest;
  const { settings } = context;
  const { packageName } = attached;
  const { own, overrides } = context.configsOf(packageName);
  const faults: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    if (diagnostic.severity === "error") faults.push(diagnostic);
    context.report(diagnostic);
  };
  const names = nameAttachedTest(attachedTest, packageName);
  const path = pathInPackage(declaration.span.file.path, packageName, settings);
  const fqn = [packageName, ...path.split("/").slice(1, -1), names.name];
  const layers: TestConfigLayers = {
    project: projectConfig(own, fqn),
    block: [],
    own: renderTestConfig(declaration.config, context.environmentOf(packageName), report),
    overrides: projectConfig(overrides, fqn),
    near: [...attached.tags, ...(declaration.column?.tags ?? [])],
  };
  const config = resolveTestConfig(layers, report);
  const isEnabled = attached.isEnabled && config.resolved.values["enabled"] !== false;
  const definition = findDefinition(declaration, packageName, context);
  if (isEnabled && !definition.ok)
    for (const diagnostic of definition.diagnostics) report({ ...diagnostic, span: declaration.span });
  if (isEnabled && definition.ok && definition.value !== "broken")
    checkTestArguments(declaration, definition.value, report);
  const given = declaration.name;
  if (given !== undefined && /\s/u.test(given.value))
    report(error("resource-name", `The name of the test "${given.value}" has a space in it.`, { span: given.span }));
  if (faults.length > 0) return undefined;
  const resource = { uniqueId: names.uniqueId, name: names.name, packageName, fqn, path };
  return {
    ...attachedTest,
    definition: definition.ok ? definition.value : "broken",
    resource,
    names,
    config,
    layers,
    isEnabled,
  };
}
