import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { inputEnvironment } from "../template/context/yaml-environment.ts";
import { parsePackageList } from "./parse-package-list.ts";

const environment = inputEnvironment({ environment: { WHERE: "../kit" }, vars: {}, targetName: undefined });

function parse(text: string): readonly unknown[] {
  const diagnostics: Diagnostic[] = [];
  const list = parsePackageList({ path: "packages.yml", text }, environment, (each) => diagnostics.push(each));
  return [...diagnostics.map(told), ...(list?.packages ?? []).map(({ origin }) => origin)];
}

describe("a list of packages", () => {
  it("says where each comes from, by a template where it likes", () => {
    expect(
      parse(`packages:
  - local: "{{ env_var('WHERE') }}"
  - { git: https://host/repo.git, revision: 1.0, subdirectory: kit, warn-unpinned: false }
  - { package: me/kit, version: [">=1.0.0", "<2.0.0"] }
  - { tarball: https://host/kit.tgz, name: kit }
`),
    ).toEqual([
      { kind: "local", path: "../kit" },
      { kind: "git", url: "https://host/repo.git", revision: "1.0", subdirectory: "kit" },
      { kind: "hub", name: "me/kit", versions: [">=1.0.0", "<2.0.0"], takesPrereleases: false },
      { kind: "tarball", url: "https://host/kit.tgz", name: "kit" },
    ]);
  });

  it.each([
    ["packages: [{ private: a/b }]", "Private packages are found by dbt's platform alone."],
    ["packages: [{ tarball: a }]", 'A package from a tarball needs the key "name".'],
    ["packages: [{ package: a/b }]", 'The package "a/b" needs the key "version".'],
    ["packages: { local: a }", "Expected a list, found a mapping."],
    ["projects: [{ name: a }]", "Projects of dbt's platform are not reached from here; they are passed over."],
  ])("%s", (text, message) => {
    expect(parse(text)).toEqual([expect.stringContaining(message)]);
  });
});
