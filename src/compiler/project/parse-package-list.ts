import type { Data } from "../../domain/data.ts";
import { type Diagnostic, error, warning } from "../../domain/diagnostic.ts";
import type { PackageOrigin, PackageSpec } from "../../domain/package-spec.ts";
import type { SourceFile } from "../../domain/source-file.ts";
import type { Environment } from "../template/evaluate/evaluation.ts";
import { readYaml, type YamlNode, yamlData, yamlEntry } from "./parse-yaml.ts";
import { renderYaml } from "./render-yaml.ts";
import { anything, asNode, listOf, mapping, strictListOf, text, truth } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

const entry = mapping(
  {
    local: text,
    git: text,
    tarball: text,
    package: text,
    private: text,
    revision: text,
    subdirectory: text,
    name: text,
    version: listOf(text),
    "warn-unpinned": truth,
    warn_unpinned: truth,
    install_prerelease: truth,
    "install-prerelease": truth,
    provider: anything,
  },
  { what: "a package" },
);

const kinds = ["local", "git", "tarball", "package"] as const;

function originOf(node: YamlNode, report: Report): PackageOrigin | undefined {
  const value = entry(node, report)?.value;
  if (value === undefined) return undefined;
  const { local, git, tarball, name, package: hub, version } = value;
  const named = kinds.filter((kind) => value[kind] !== undefined);
  if (value.private !== undefined || named.length !== 1) {
    const message =
      value.private === undefined
        ? `A package comes from one place, found ${named.length === 0 ? "none" : named.map((kind) => `"${kind}"`).join(" and ")}.`
        : "Private packages are found by dbt's platform alone.";
    const hint = `Give "local", "git", "tarball" or "package".`;
    report(error("package-list", message, { span: node.span, hint }));
    return undefined;
  }
  if (local !== undefined) return { kind: "local", path: local };
  if (git !== undefined) return { kind: "git", url: git, revision: value.revision, subdirectory: value.subdirectory };
  if (tarball !== undefined) {
    if (name !== undefined) return { kind: "tarball", url: tarball, name };
    report(error("package-list", 'A package from a tarball needs the key "name".', { span: node.span }));
    return undefined;
  }
  if (hub === undefined) return undefined;
  if (!/^[^/\s]+\/[^/\s]+$/u.test(hub) || version === undefined) {
    const [message, hint] =
      version === undefined
        ? [`The package "${hub}" needs the key "version".`, 'Write a version, or a range: [">=1.0.0", "<2.0.0"].']
        : [`A package of the hub is named "owner/name", found "${hub}".`, undefined];
    report(error("package-list", message, { span: node.span, hint }));
    return undefined;
  }
  const takesPrereleases = (value.install_prerelease ?? value["install-prerelease"]) === true;
  return { kind: "hub", name: hub, versions: version, takesPrereleases };
}

/** What dbt hashes of an entry: what it understood, and the entry as written. */
function hashed(origin: PackageOrigin, rendered: YamlNode, unrendered: Data): Data {
  const at = (key: string): Data => {
    const found = yamlEntry(rendered, key);
    return found === undefined ? null : yamlData(found.value);
  };
  switch (origin.kind) {
    case "local":
      return { local: at("local"), unrendered };
    case "git":
      return {
        git: at("git"),
        revision: at("revision"),
        "warn-unpinned": at("warn-unpinned"),
        subdirectory: at("subdirectory"),
        unrendered,
      };
    case "tarball":
      return { tarball: at("tarball"), name: at("name"), unrendered };
    case "hub":
      return {
        package: at("package"),
        version: at("version"),
        install_prerelease: origin.takesPrereleases,
        unrendered,
      };
  }
}

const listFile = mapping(
  { packages: strictListOf(asNode), projects: anything, sha1_hash: text, version: anything },
  { what: "a list of packages", isOpen: true },
);

/** The packages that a file lists (`packages.yml`, `dependencies.yml`, `package-lock.yml`), and the hash that a lock has. */
export interface PackageList {
  readonly packages: readonly PackageSpec[];
  readonly hash: string | undefined;
}

/** Reads a list of packages, its templates rendered where it may have any; `undefined` where something is wrong with it, which is told. */
export function parsePackageList(
  file: SourceFile,
  environment: Environment | undefined,
  report: Report,
): PackageList | undefined {
  const faults: Diagnostic[] = [];
  const note: Report = (diagnostic) => {
    if (diagnostic.severity === "error") faults.push(diagnostic);
    report(diagnostic);
  };
  const root = readYaml(file, note);
  if (root === undefined) return undefined;
  const value = listFile(root, note)?.value;
  const projects = yamlEntry(root, "projects");
  if (projects !== undefined)
    note(
      warning("package-list", "Projects of dbt's platform are not reached from here; they are passed over.", {
        span: projects.keySpan,
      }),
    );
  const packages = (value?.packages ?? []).flatMap((written): readonly PackageSpec[] => {
    const rendered =
      environment === undefined ? written : renderYaml(written, { environment, isKept: () => false, report: note });
    const origin = originOf(rendered, note);
    if (origin === undefined) return [];
    return [{ origin, span: written.span, hashed: hashed(origin, rendered, yamlData(written)) }];
  });
  return faults.length === 0 ? { packages, hash: value?.sha1_hash } : undefined;
}
