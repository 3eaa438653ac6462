import { describe, expect, it } from "vitest";
import { type LiteralInputs, literalSettings, parseLiteralSettings, told } from "../../../../test/literal-project.ts";
import { parseTemplate } from "../parse-template.ts";
import { renderTemplate } from "../render-template.ts";
import { inputEnvironment, settingsEnvironment, targetEnvironment } from "./yaml-environment.ts";
import type { Environment } from "../evaluate/evaluation.ts";

const vars = `vars:
  days: 30
  text: plain
  list: [a, 1]
  nothing:
  where: "{{ target.schema }}_{{ var('days') }}"
  kept: ["{{ target.name }}"]
  circle: "{{ var('other_circle') }}"
  other_circle: "{{ var('circle') }}"
  bad: "{{ 1 + }}"
  undefined_name: "{{ nope }}"
  own: global
  shop:
    own: scoped
`;

function render(template: string, environment: Environment): string {
  const parsed = parseTemplate({ path: "p.yml", text: template });
  const rendered = parsed.ok ? renderTemplate(parsed.value, environment) : parsed;
  return rendered.ok ? rendered.value.text : rendered.diagnostics.map(told).join("; ");
}

function project(template: string, given: LiteralInputs = {}): string {
  const inputs = { environment: {}, vars: {}, targetName: undefined, ...given };
  const { parsed, told: all } = parseLiteralSettings(literalSettings + vars, inputs);
  if (parsed === undefined) throw new Error(all.join("\n"));
  return render(template, settingsEnvironment(parsed.settings, inputs));
}

describe("var", () => {
  it.each([
    ["{{ var('days') + 1 }}", "31"],
    ["{{ var('text') }}", "plain"],
    ["{{ var('list') }}", "['a', 1]"],
    ["{{ var('nothing') }}", "None"],
    ["{{ var('nope', 'other') }}", "other"],
    ["{{ var('nope', default=none) }}", "None"],
    ["{{ var('days', 5) }}", "30"],
    ["{{ var.has_var('days') }} {{ var.has_var('nope') }} {{ var.has_var('constructor') }}", "True False False"],
  ])("%s is %s", (template, expected) => {
    expect(project(template)).toBe(expected);
  });

  it("comes from the command line, then the project's own package, then the project", () => {
    expect(project("{{ var('own') }}")).toBe("scoped");
    expect(project("{{ var('own') }}", { vars: { own: "given" } })).toBe("given");
    expect(project("{{ var('own') is none }}", { vars: { own: null } })).toBe("True");
  });

  it("is rendered where it is asked for, if it is text, as dbt does", () => {
    expect(project("{{ var('where') }}")).toBe("main_30");
    expect(project("{{ var('where') }}", { vars: { days: 7 } })).toBe("main_7");
    expect(project("{{ var('x') + '1' }}", { vars: { x: "{{ 1 + 1 }}" } })).toBe("21");
    expect(project("{{ var('kept') }}")).toBe("['{{ target.name }}']");
    expect(project("{{ var('nope', '{{ target.name }}') }}")).toBe("{{ target.name }}");
  });

  it.each([
    [
      "{{ var('dayz') }}",
      'error unknown-var p.yml:1:4 «var(\'dayz\')» The variable "dayz" has no value. → Did you mean "days"?',
    ],
    [
      "{{ var('nonsense') }}",
      'error unknown-var p.yml:1:4 «var(\'nonsense\')» The variable "nonsense" has no value. → Give it one under "vars" in the project file, by --vars \'{"nonsense": …}\', or as the default of var().',
    ],
    ["{{ var(5) }}", 'error unknown-var p.yml:1:4 «var(5)» "var" takes the name of a variable as text.'],
    ["{{ var() }}", 'error missing-argument p.yml:1:4 «var()» "var" needs the argument "name".'],
    [
      "{{ var('circle') }}",
      "error var-cycle p.yml:1:4 «var('circle')» The value of the variable \"circle\" asks for the variable itself.",
    ],
  ])("with a fault is told: %s", (template, expected) => {
    expect(project(template)).toBe(expected);
  });

  it("whose own template has a fault is told where it is asked for", () => {
    expect(project("{{ var('bad') }}")).toMatch(/^error \S+ p\.yml:1:4 «var\('bad'\)» /u);
    expect(project("{{ var('undefined_name') }}")).toMatch(/^error \S+ p\.yml:1:4 «var\('undefined_name'\)» /u);
    expect(project("{{ var.toString() }}")).toMatch(/^error /u);
  });
});

describe("secrets of the environment", () => {
  const inputs = { environment: { DBT_ENV_SECRET_KEY: "k" }, vars: {}, targetName: undefined };
  const template = "{{ env_var('DBT_ENV_SECRET_KEY') }}";

  it("are shown to profiles", () => {
    expect(render(template, inputEnvironment(inputs))).toBe("k");
  });

  it("are refused to all else", () => {
    expect(project(template, inputs)).toContain(
      `The secret "DBT_ENV_SECRET_KEY" is shown to profiles alone, not to what may end up in a log or an artifact.`,
    );
  });
});

describe("env_var", () => {
  const environment = { HOME: "/home", EMPTY: "" };

  it.each([
    ["{{ env_var('HOME') }}", "/home"],
    ["[{{ env_var('EMPTY', 'x') }}]", "[]"],
    ["{{ env_var('NOPE', 'x') }}", "x"],
    [
      "{{ env_var('NOPE') }}",
      "error unknown-env-var p.yml:1:4 «env_var('NOPE')» The environment variable \"NOPE\" is not set. → Set it, or give a default: env_var('NOPE', '…').",
    ],
    [
      "{{ env_var('NOPE', none) }}",
      "error unknown-env-var p.yml:1:4 «env_var('NOPE', none)» The environment variable \"NOPE\" is not set. → Set it, or give a default: env_var('NOPE', '…').",
    ],
    [
      "{{ env_var(5) }}",
      'error unknown-env-var p.yml:1:4 «env_var(5)» "env_var" takes the name of a variable as text.',
    ],
    [
      "{{ env_var('constructor') }}",
      "error unknown-env-var p.yml:1:4 «env_var('constructor')» The environment variable \"constructor\" is not set. → Set it, or give a default: env_var('constructor', '…').",
    ],
  ])("%s is %s", (template, expected) => {
    expect(project(template, { environment })).toBe(expected);
  });
});

describe("the target", () => {
  it.each([
    ["{{ target }} {{ target.name }} {{ target.target_name }} {{ target.type }}", "dev dev dev duckdb"],
    ["{{ target.schema }} {{ target.dataset }} {{ target.database }} {{ target.project }}", "main main shop shop"],
    ["{{ target.path }} {{ target.threads }} {{ target.profile_name }}", "data/shop.duckdb 1 shop"],
    [
      "{{ target['schema'] }} {{ target.get('schema') }} {{ target.get('nope', 'x') }} {{ 'schema' in target }}",
      "main main x True",
    ],
    ["{{ project_name }}", "shop"],
  ])("%s is %s", (template, expected) => {
    const text = project(template);
    expect(expected === "error" ? text.slice(0, 5) : text).toBe(expected);
  });
});

describe("what is known while the project file is read", () => {
  const inputs = { environment: { A: "a" }, vars: { given: 1 }, targetName: undefined };

  it("is what comes from outside, and then the target", () => {
    expect(render("{{ env_var('A') }}{{ var('given') }}", inputEnvironment(inputs))).toBe("a1");
    expect(render("{{ target }}", inputEnvironment(inputs))).toMatch(/^error /u);
    const { parsed } = parseLiteralSettings(literalSettings);
    if (parsed === undefined) throw new Error("the settings have a fault");
    expect(
      render(
        "{{ target.name }}{{ var('given') }}",
        targetEnvironment(parsed.settings.target, { inputs, profileName: undefined }),
      ),
    ).toBe("dev1");
    expect(
      render("{{ project_name }}", targetEnvironment(parsed.settings.target, { inputs, profileName: undefined })),
    ).toMatch(/^error /u);
  });
});
