import { describe, expect, it } from "vitest";
import { told } from "../../../test/literal-project.ts";
import type { Data } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { spanText } from "../../domain/source-file.ts";
import { inputEnvironment } from "../template/context/yaml-environment.ts";
import { parseYaml, yamlData, yamlEntry, type YamlNode } from "./parse-yaml.ts";
import { renderYaml } from "./render-yaml.ts";

const environment = inputEnvironment({
  environment: { SCHEMA: "prod", PORT: "5" },
  vars: { days: 30, models: ["a", "b"], on: { x: 1.5 } },
  targetName: undefined,
});

function render(
  text: string,
  isKept: (key: string, above: readonly string[]) => boolean = () => false,
): { readonly node: YamlNode; readonly data: Data; readonly told: readonly string[] } {
  const parsed = parseYaml({ path: "p.yml", text });
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(told).join("\n"));
  const diagnostics: Diagnostic[] = [];
  const node = renderYaml(parsed.value, { environment, isKept, report: (each) => diagnostics.push(each) });
  return { node, data: yamlData(node), told: diagnostics.map(told) };
}

describe("templates in YAML values", () => {
  it("keep the type of a value that is one expression", () => {
    expect(
      render('a: "{{ var(\'days\') }}"\nb: "{{ var(\'models\') }}"\nc: "{{ var(\'on\') }}"\nd: "{{ 1 == 1 }}"\n').data,
    ).toEqual({
      a: 30,
      b: ["a", "b"],
      c: { x: 1.5 },
      d: true,
    });
  });

  it("are text where more stands around them, and where they give text", () => {
    expect(render("a: \"x_{{ var('days') }}\"\nb: \"{{ env_var('PORT') }}\"\nc: plain\n").data).toEqual({
      a: "x_30",
      b: "5",
      c: "plain",
    });
  });

  it("are found in lists and mappings of any depth, and their keys left alone", () => {
    expect(render('- [{ "{{ k }}": "{{ env_var(\'SCHEMA\') }}" }]\n').data).toEqual([[{ "{{ k }}": "prod" }]]);
  });

  it("stay as written where they are kept, told by key and the keys above", () => {
    const isKept = (key: string, above: readonly string[]): boolean => key === "vars" && above.join("/") === "models";
    const text = 'vars: "{{ 1 }}"\nmodels: [{ vars: "{{ 1 }}" }]\n';
    expect(render(text, isKept).data).toEqual({ vars: 1, models: [{ vars: "{{ 1 }}" }] });
  });

  it("leave every value its place", () => {
    const { node } = render("a: \"{{ var('models') }}\"\n");
    const list = yamlEntry(node, "a")?.value;
    expect(list?.kind === "list" && list.items.map(({ span }) => spanText(span))).toEqual([
      "\"{{ var('models') }}\"",
      "\"{{ var('models') }}\"",
    ]);
  });

  it("with a fault are told at the value, all of them, and leave a value of which no more is said", () => {
    const { node, told: all } = render('a: "{{ env_var(\'NO\') }}"\nb: "{{ nope }}"\nc: "{{ 1 + }}"\n');
    expect(all).toEqual([
      "error unknown-env-var p.yml:1:4 «\"{{ env_var('NO') }}\"» The environment variable \"NO\" is not set. → Set it, or give a default: env_var('NO', '…').",
      expect.stringContaining('p.yml:2:4 «"{{ nope }}"»'),
      expect.stringContaining('p.yml:3:4 «"{{ 1 + }}"»'),
    ]);
    expect(yamlEntry(node, "a")?.value).toMatchObject({ value: null, isBroken: true });
  });
});
