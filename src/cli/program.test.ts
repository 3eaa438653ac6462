import { afterEach, describe, expect, it, vi } from "vitest";
import { CommanderError } from "commander";
import type { Diagnostic } from "../domain/diagnostic.ts";
import { type ParsedCall, tsdbtProgram } from "./program.ts";
import { usageDiagnostic } from "./usage-error.ts";

/** Parses a command line as `main` does: the call, or what is wrong with it, or undefined if help was asked for. */
function parse(...argv: readonly string[]): ParsedCall | Diagnostic | undefined {
  let call: ParsedCall | undefined;
  const program = tsdbtProgram("1.2.3", (parsed) => {
    call = parsed;
  });
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  try {
    program.parse([...argv], { from: "user" });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    return cause.exitCode === 0 ? undefined : usageDiagnostic(cause);
  }
  return call;
}

const commands = ["build", "run", "test", "seed", "ingest", "compile", "plan", "ls", "show", "watch", "debug", "clean"];

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the command line", () => {
  it.each([...commands, "init"])("knows %s", (name) => {
    expect(parse(name, ...(name === "init" ? ["folder"] : []))).toMatchObject({ command: name });
  });

  it("knows ls by dbt's other name too", () => {
    expect(parse("list")).toMatchObject({ command: "ls" });
  });

  const common = [
    ["--project-dir", "p", { projectDir: "p" }],
    ["--target", "t", { target: "t" }],
    ["-t", "t", { target: "t" }],
    ["--vars", "{a: 1}", { vars: "{a: 1}" }],
    ["--target-path", "x", { targetPath: "x" }],
    ["--now", "2022-10-31", { now: "2022-10-31" }],
    ["--quiet", undefined, { logLevel: "error" }],
    ["-q", undefined, { logLevel: "error" }],
    ["--log-level", "warn", { logLevel: "warn" }],
    ["--debug", undefined, { logLevel: "debug" }],
    ["-d", undefined, { logLevel: "debug" }],
    ["--log-path", "x", { logPath: "x" }],
    ["--profile", "p", { profile: "p" }],
    ["--profiles-dir", "p", { profilesDir: "p" }],
    ["--warn-error", undefined, { warnError: true }],
    ["--no-warn-error", undefined, { warnError: false }],
    ["--warn-error-options", "{error: all}", { warnErrorOptions: "{error: all}" }],
    ["--no-write-json", undefined, { writeJson: false }],
    ["--no-version-check", undefined, { versionCheck: false }],
    ["--no-partial-parse", undefined, { idle: ["--no-partial-parse"] }],
    ["--printer-width", "80", { idle: ["--printer-width"] }],
    ["--log-format", "json", { logFormat: "json" }],
    ["--log-format", "text", { logFormat: "text" }],
    ["--log-format", "debug", { logFormat: "text" }],
    ["--log-format", "default", { logFormat: "text" }],
    ["--use-colors", undefined, { useColors: true }],
    ["--no-use-colors", undefined, { useColors: false }],
  ] as const;

  it.each(common)("takes %s %s before and after every command", (flag, value, expected) => {
    const option = value === undefined ? [flag] : [flag, value];
    for (const name of commands) {
      expect(parse(...option, name)).toMatchObject({ command: name, common: expected });
      expect(parse(name, ...option)).toMatchObject({ command: name, common: expected });
    }
  });

  it.each([
    ["--threads", "3", { threads: 3 }],
    ["--fail-fast", undefined, { failFast: true }],
    ["-x", undefined, { failFast: true }],
  ] as const)("takes %s %s before and after commands that run steps", (flag, value, expected) => {
    const option = value === undefined ? [flag] : [flag, value];
    for (const name of ["build", "run", "test", "seed", "watch"]) {
      expect(parse(...option, name)).toMatchObject({ command: name, common: expected });
      expect(parse(name, ...option)).toMatchObject({ command: name, common: expected });
    }
  });

  it("has nothing given where nothing was", () => {
    expect(parse("run")).toMatchObject({
      common: {
        projectDir: undefined,
        target: undefined,
        vars: undefined,
        targetPath: undefined,
        now: undefined,
        logLevel: "info",
        logFormat: "text",
        threads: undefined,
        failFast: false,
        useColors: undefined,
      },
      select: [],
    });
  });

  it("takes the later of a value before and one after the command", () => {
    expect(parse("--target", "a", "run", "--target", "b")).toMatchObject({ common: { target: "b" } });
  });

  it.each(["build", "run", "test", "seed", "compile", "plan", "ls", "show", "watch"])(
    "selects for %s by one flag or many, with one value or several",
    (name) => {
      expect(parse(name, "-s", "a", "b+", "--exclude", "c")).toMatchObject({ select: ["a", "b+"] });
      expect(parse(name, "--select", "a b", "--select", "c")).toMatchObject({ select: ["a b", "c"] });
      expect(parse(name, "--indirect-selection", "cautious")).toMatchObject({ command: name });
    },
  );

  it.each([
    ["build", "--full-refresh"],
    ["run", "-f"],
    ["seed", "--full-refresh"],
    ["plan", "--full-refresh", "--titles", "--output", "json"],
    ["ingest", "--source", "a", "b.c", "--start", "2022-10-31", "--end", "2022-11-01"],
    ["ingest", "--show-rejected", "--output", "json"],
    ["compile", "--output", "json"],
    ["ls", "--resource-type", "model", "test", "--output", "json", "--output-keys", "name", "config.tags"],
    ["ls", "--output", "selector"],
    ["ls", "--output", "path"],
    ["show", "--inline", "select 1", "--limit", "-1", "--output", "json"],
    ["show", "--select", "dau", "--limit", "100"],
  ])("takes %s %s", (name, ...options) => {
    expect(parse(name, ...options)).toMatchObject({ command: name });
  });

  it("sends the lines of the work where the answer is not", () => {
    const outs = [...commands.map((name) => [name]), ["ingest", "--show-rejected"]].map((argv) => {
      const call = parse(...argv);
      return call !== undefined && "out" in call ? `${argv.join(" ")}: ${call.out}` : "none";
    });
    expect(outs.filter((out) => out.endsWith("answer"))).toEqual([
      "compile: answer",
      "plan: answer",
      "ls: answer",
      "show: answer",
      "ingest --show-rejected: answer",
    ]);
  });

  it("gives help and version without a call", () => {
    for (const argv of [["--help"], ["-h"], ["run", "--help"], ["--version"], ["-v"]])
      expect(parse(...argv)).toBeUndefined();
  });
});

describe("the environment", () => {
  it.each([
    ["DBT_PROJECT_DIR", "p", { projectDir: "p" }],
    ["DBT_TARGET", "t", { target: "t" }],
    ["DBT_TARGET_PATH", "x", { targetPath: "x" }],
    ["TSDBT_NOW", "2022-10-31", { now: "2022-10-31" }],
    ["DBT_LOG_FORMAT", "json", { logFormat: "json" }],
    ["DBT_QUIET", "true", { logLevel: "error" }],
    ["DBT_QUIET", "1", { logLevel: "error" }],
    ["DBT_FAIL_FAST", "1", { failFast: true }],
  ])("gives a value by %s=%s", (name, value, expected) => {
    vi.stubEnv(name, value);
    expect(parse("run")).toMatchObject({ common: expected });
  });

  it.each(["0", "false", "False", "no", "off", "n", "f", ""])("turns flags off by %j, as in dbt", async (off) => {
    for (const name of ["DBT_QUIET", "DBT_FAIL_FAST", "DBT_FULL_REFRESH"]) vi.stubEnv(name, off);
    const call = parse("plan");
    expect(call).toMatchObject({ common: { logLevel: "info", failFast: false } });
    expect(await fullRefreshOf("plan")).toBe(false);
    vi.stubEnv("DBT_FULL_REFRESH", "true");
    expect(await fullRefreshOf("plan")).toBe(true);
  });

  it("gives way to the command line", () => {
    vi.stubEnv("DBT_TARGET", "env");
    expect(parse("--target", "before", "run")).toMatchObject({ common: { target: "before" } });
    expect(parse("run", "--target", "after")).toMatchObject({ common: { target: "after" } });
  });
});

/** Whether commander has `--full-refresh` set on a command after a call of it. */
async function fullRefreshOf(name: string): Promise<boolean> {
  const program = tsdbtProgram("1", () => undefined);
  await program.parseAsync([name], { from: "user" });
  return program.commands.find((command) => command.name() === name)?.getOptionValue("fullRefresh") === true;
}

describe("a call that cannot be made", () => {
  const help = "tsdbt --help lists commands and options.";
  it.each([
    [["rnu"], "unknown-command", 'There is no command "rnu".', 'Did you mean "run"?'],
    [["nonsense"], "unknown-command", 'There is no command "nonsense".', help],
    [["run", "--selct", "x"], "unknown-option", 'There is no option "--selct".', 'Did you mean "--select"?'],
    [["--trget", "x", "run"], "unknown-option", 'There is no option "--trget".', 'Did you mean "--target"?'],
    [["--select", "x", "run"], "unknown-option", 'There is no option "--select".', help],
    [["init"], "usage", 'The argument "folder" is missing.', help],
    [["run", "--select"], "usage", 'The option "--select" needs a value.', help],
    [["run", "--target"], "usage", 'The option "--target" needs a value.', help],
    [
      ["run", "dau"],
      "usage",
      'There are more arguments than "run" takes.',
      "Values go with their options, such as --select; tsdbt --help lists them.",
    ],
    [
      ["run", "--threads", "0"],
      "usage",
      'The value of --threads cannot be "0".',
      "It is not a whole number of at least 1.",
    ],
    [["run", "--threads", "two"], "usage", 'The value of --threads cannot be "two".', "It is not a whole number."],
    [["show", "--limit", "1.5"], "usage", 'The value of --limit cannot be "1.5".', "It is not a whole number."],
    [
      ["ls", "--output", "it's"],
      "usage",
      'The value of --output cannot be "it\'s".',
      'It is one of "selector" or "name" or "path" or "json".',
    ],
  ] as const)("%j is told in our words", (argv, code, message, hint) => {
    expect(parse(...argv)).toEqual({ code, severity: "error", message, hint });
  });

  it("names the variable of the environment that has the value", () => {
    vi.stubEnv("DBT_LOG_FORMAT", "xml");
    expect(parse("run")).toMatchObject({ code: "usage", message: 'The value of DBT_LOG_FORMAT cannot be "xml".' });
  });

  it("names every near option where there are several", () => {
    const message = "error: unknown option '--targe'\n(Did you mean one of --target, --targets?)";
    expect(usageDiagnostic({ code: "commander.unknownOption", message }).hint).toBe(
      'Did you mean "--target" or "--targets"?',
    );
  });

  it("makes a sentence of any other complaint", () => {
    expect(usageDiagnostic({ code: "commander.other", message: "error: something is off\nat length" })).toMatchObject({
      message: "Something is off.",
    });
  });
});
