import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import { parseAddedPackage, withPackage } from "./add-package.ts";

const kit = { name: "me/kit", version: "1.0.0", source: "hub" } as const;

function added(text: string, given: Parameters<typeof withPackage>[2] = kit): string {
  const result = withPackage("packages.yml", text, given);
  return result.ok ? result.value : result.diagnostics.map(told).join("\n");
}

describe("a package that is put on a list", () => {
  it("comes last, in the way in which the list is written", () => {
    const entry = '- package: me/kit\n    version: "1.0.0"\n';
    expect(added("")).toBe(`packages:\n  ${entry}`);
    expect(added("packages:\n")).toBe(`packages:\n  ${entry}`);
    expect(added("# none yet\npackages:")).toBe(`# none yet\npackages:\n  ${entry}`);
    expect(added("packages:\n- local: a\nother: 1\n")).toBe(
      'packages:\n- local: a\n- package: me/kit\n  version: "1.0.0"\nother: 1\n',
    );
  });

  it("takes the place of an entry for the same package", () => {
    expect(added("packages:\n  - package: me/kit # old\n    version: 0.9.0\n  - local: a\n")).toBe(
      'packages:\n  - package: me/kit\n    version: "1.0.0"\n  - local: a\n',
    );
  });

  it("is not put into a list that is written in one line", () => {
    expect(added("packages: [{ local: a }]\n")).toBe(
      'error add-package packages.yml:1:1 «packages» The list of packages in "packages.yml" is not written one entry a line. → Add the package by hand.',
    );
  });
});

describe("a package as --add-package names it", () => {
  it("has its version behind an @, which the address of a repository may have of its own", () => {
    expect(parseAddedPackage("me/kit@1.0.0", "hub")).toMatchObject({ value: { name: "me/kit", version: "1.0.0" } });
    expect(parseAddedPackage("git@host:me/kit.git@v1", "git")).toMatchObject({
      value: { name: "git@host:me/kit.git", version: "v1" },
    });
    expect(parseAddedPackage("../a@b", "local")).toMatchObject({ ok: true });
    expect(parseAddedPackage("git@host:me/kit.git", "git")).toMatchObject({ ok: false });
    expect(parseAddedPackage("me/kit", "hub")).toMatchObject({ ok: false });
  });
});
