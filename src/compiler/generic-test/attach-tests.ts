import type { ModelVersion } from "../../domain/model-version.ts";
import type { Relation } from "../../domain/relation.ts";
import type { DialectName } from "../../domain/settings.ts";
import type { ParsedProject } from "../parse-project.ts";
import { mergeConfig, configTexts } from "../project/resolve-config.ts";
import type { TestDeclaration } from "../project/parse-test-declarations.ts";
import { resourceRelation } from "../project/resource-relation.ts";

/** The resource that a test is attached to. */
export interface TestedResource {
  readonly uniqueId: string;
  readonly packageName: string;
  readonly type: "model" | "seed" | "source";
  /** The name of a model or seed, `[source, table]` of a source table. */
  readonly name: readonly string[];
  readonly version?: ModelVersion | undefined;
  readonly relation: Relation;
  readonly isEphemeral: boolean;
  readonly isEnabled: boolean;
  readonly dialect: DialectName;
  /** Tags that its tests have too: those of a source, as in dbt. */
  readonly tags: readonly string[];
}

/** A test as declared, and the resource that it is attached to. */
export interface AttachedTest {
  readonly declaration: TestDeclaration;
  readonly attached: TestedResource;
}

interface Tested {
  readonly columns: readonly { readonly tests: readonly TestDeclaration[] }[];
  readonly tests: readonly TestDeclaration[];
}

function attach(attached: TestedResource, tested: Tested | undefined): readonly AttachedTest[] {
  const declarations = [...(tested?.columns.flatMap(({ tests }) => tests) ?? []), ...(tested?.tests ?? [])];
  return declarations.map((declaration) => ({ declaration, attached }));
}

interface Named {
  readonly uniqueId: string;
  readonly isEnabled?: boolean;
}

function oneOfName<Resource extends Named>(resources: readonly Resource[]): readonly Resource[] {
  const lastWins = resources.toReversed().toSorted((a, b) => Number(a.isEnabled ?? true) - Number(b.isEnabled ?? true));
  const chosen = new Map(lastWins.map((resource) => [resource.uniqueId, resource]));
  return resources.filter((resource) => chosen.get(resource.uniqueId) === resource);
}

/**
 * All tests that property files declare for resources of the project, whether these are sound or not. Of two resources
 * of one name the enabled one has them, else the first: that there are two is told where they are named.
 */
export function attachTests(parsed: ParsedProject): readonly AttachedTest[] {
  const { settings, sources } = parsed;
  const [seeds, models, faulty] = [oneOfName(parsed.seeds), oneOfName(parsed.models), oneOfName(parsed.faulty)];
  const unknown = { isEphemeral: false, isEnabled: true, dialect: settings.dialect, tags: [] };
  return [
    ...sources.flatMap(({ source, declaration, isEnabled }) => {
      const { uniqueId, packageName, relation, sourceName, name } = source;
      const tags = configTexts(mergeConfig([declaration.sourceConfig]).values["tags"]) ?? [];
      const attached = { ...unknown, uniqueId, packageName, relation, isEnabled, tags, name: [sourceName, name] };
      return attach({ ...attached, type: "source" }, declaration);
    }),
    ...seeds.flatMap(({ uniqueId, packageName, relation, isEnabled, name, described }) => {
      const facts = { ...unknown, uniqueId, packageName, relation, isEnabled, name: [name] };
      return attach({ ...facts, type: "seed" }, described);
    }),
    ...models.flatMap((model) => {
      const { uniqueId, packageName, relation, isEnabled, dialect, version, materialization } = model;
      const isEphemeral = materialization.kind === "ephemeral";
      const attached: TestedResource = {
        ...{ uniqueId, packageName, relation, isEnabled, dialect, isEphemeral, tags: [] },
        type: "model",
        name: [model.name],
        version,
      };
      return attach(attached, model.described);
    }),
    ...faulty.flatMap(({ uniqueId, packageName, name, described }) => {
      const relation = resourceRelation(name, {}, settings);
      return attach({ ...unknown, uniqueId, packageName, relation, type: "model", name: [name] }, described);
    }),
  ];
}
