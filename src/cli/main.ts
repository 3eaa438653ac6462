#!/usr/bin/env node
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommanderError } from "commander";
import type { AppEvent, Invocation } from "../app/invocation.ts";
import { dbtVersion } from "../domain/dbt-version.ts";
import { error, warning } from "../domain/diagnostic.ts";
import { WorldError } from "../domain/world-error.ts";
import type { ExitCode } from "./call-context.ts";
import { secretHider } from "./hide-secrets.ts";
import { line } from "./log-line.ts";
import { engineVariables, readDotEnv } from "./prepare-environment.ts";
import { type ParsedCall, tsdbtProgram } from "./program.ts";
import { parseTime } from "./parse-range.ts";
import type { Reporter, Streams } from "./reporter.ts";
import { usageDiagnostic, UsageError } from "./usage-error.ts";

const streams: Streams = {
  out: (text) => process.stdout.write(hideSecrets(text)),
  err: (text) => process.stderr.write(hideSecrets(text)),
};

function hideSecrets(text: string): string {
  return secretHider(process.env)(text);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return "unknown";
  return String(manifest.version);
}

/** Parses the command line; `undefined` if it asked only for help or the version. */
function parseCall(argv: readonly string[]): ParsedCall | undefined {
  let call: ParsedCall | undefined;
  const program = tsdbtProgram(version(), (parsed) => {
    call = parsed;
  });
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])])
    command.exitOverride().configureOutput({ writeOut: streams.out, writeErr: () => undefined });
  try {
    program.parse([...argv], { from: "user" });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    if (cause.exitCode === 0) return undefined;
    if (cause.code === "commander.help") {
      streams.out(program.helpInformation());
      return undefined;
    }
    const { code, message, hint } = usageDiagnostic(cause);
    throw new UsageError(code, message, hint);
  }
  return call;
}

async function openReporter(call: ParsedCall, id: string): Promise<Reporter> {
  const { jsonReporter, textReporter } = await import("./reporter.ts");
  const { colours, plain } = await import("./render-diagnostic.ts");
  const { common, out } = call;
  const isTerminal = out === "lines" ? process.stdout.isTTY : process.stderr.isTTY;
  const palette = (common.useColors ?? (isTerminal && process.env["NO_COLOR"] === undefined)) ? colours : plain;
  const options = {
    streams,
    palette,
    level: common.logLevel,
    logs: out === "lines" ? ("out" as const) : ("err" as const),
    now: () => new Date(),
  };
  if (common.logFormat === "json") return jsonReporter(options, id);
  const { noProgress, terminalProgress } = await import("./ingest-progress.ts");
  const hasBar = process.stderr.isTTY && common.logLevel !== "error" && common.logLevel !== "none";
  return textReporter(options, hasBar ? terminalProgress(process.stderr, Date.now) : noProgress);
}

/** The reporter of a call with its log file, unless there is none: no project, or no level that it would tell. */
async function withLogFile(reporter: Reporter, call: ParsedCall, id: string): Promise<Reporter> {
  const { logFile, logPath, projectDir } = call.common;
  if (logFile.level === "none") return reporter;
  const { fileReporter, logFolder, tellBoth } = await import("./log-file-reporter.ts");
  const { LogFile } = await import("./log-file.ts");
  const folder = logFolder(process.cwd(), {
    projectDir: projectDir === undefined ? undefined : resolve(projectDir),
    logPath,
  });
  if (folder === undefined) return reporter;
  const tellFault = (cause: string): void => {
    const fault = warning("log-file", `There is no log file in "${folder}".`, { hint: cause });
    reporter.tell({ kind: "diagnosed", diagnostics: [fault] });
  };
  const file = new LogFile(folder, { maxBytes: logFile.maxBytes, tellFault, show: hideSecrets });
  const told = fileReporter(file, { ...logFile, invocationId: id, now: () => new Date() });
  return tellBoth(reporter, told);
}

async function makeCall(call: ParsedCall, environment: NodeJS.ProcessEnv): Promise<ExitCode> {
  const { common } = call;
  const id = randomUUID();
  const startedMs = Date.now();
  const now = common.now === undefined ? startedMs * 1000 : parseTime(common.now, "--now");
  const abort = new AbortController();
  const interrupt = (): void => {
    abort.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const { parseVars } = common.vars === undefined ? { parseVars: undefined } : await import("../app/parse-vars.ts");
  const vars = common.vars === undefined ? undefined : parseVars?.(common.vars);
  const reporter = await withLogFile(await openReporter(call, id), call, id);
  reporter.say({ ...line("A001", "MainReportVersion", `Running with dbt=${dbtVersion}`), level: "debug" });
  if (vars?.ok === false) {
    reporter.tell({ kind: "diagnosed", diagnostics: vars.diagnostics });
    return 2;
  }
  const { parseWarningRule } = await import("../app/parse-warning-rule.ts");
  const rule = parseWarningRule(common.warnErrorOptions, common.warnError);
  if (!rule.ok) {
    reporter.tell({ kind: "diagnosed", diagnostics: rule.diagnostics });
    return 2;
  }
  const idle = common.idle.map((each) => warning("idle-option", `The option "${each}" does nothing here.`));
  if (idle.length > 0) reporter.tell({ kind: "diagnosed", diagnostics: idle });
  const { parseSample } = await import("./parse-sample.ts");
  const invocation: Invocation = {
    id,
    folder: process.cwd(),
    projectDir: common.projectDir === undefined ? undefined : resolve(common.projectDir),
    profilesDir: common.profilesDir === undefined ? undefined : resolve(common.profilesDir),
    profileName: common.profile,
    targetName: common.target,
    vars: vars?.value ?? {},
    environment,
    targetPath: common.targetPath,
    threads: common.threads,
    checksVersion: common.versionCheck,
    warningRule: rule.value,
    writesArtifacts: common.writeJson,
    storesFailures: common.storeFailures,
    reads: common.empty ? "none" : common.sample === undefined ? "all" : parseSample(common.sample, now),
    now,
    startedMs,
    command: call.command,
    arguments: {
      invocation_command: ["tsdbt", ...process.argv.slice(2)].join(" "),
      select: call.select,
      full_refresh: call.fullRefresh,
      now: new Date(now / 1000).toISOString(),
      event_time_start: call.eventTimes.start ?? null,
      event_time_end: call.eventTimes.end ?? null,
      fail_fast: common.failFast,
      store_failures: common.storeFailures,
      target: common.target ?? null,
      vars: vars?.value ?? {},
      project_dir: common.projectDir ?? null,
      profiles_dir: common.profilesDir ?? null,
      profile: common.profile ?? null,
      threads: common.threads ?? null,
    },
    signal: abort.signal,
    emit: (event: AppEvent) => {
      reporter.tell(event);
    },
    clock: Date.now,
  };
  try {
    return await call.make({ invocation, reporter, answer: streams.out }, interrupt);
  } catch (cause) {
    if (cause instanceof WorldError) {
      reporter.tell({ kind: "diagnosed", diagnostics: [error(cause.code, cause.message, { hint: cause.hint })] });
      return 2;
    }
    if (abort.signal.aborted && cause === abort.signal.reason) {
      reporter.tell({
        kind: "diagnosed",
        diagnostics: [error("interrupted", "Interrupted; nothing is left half done.")],
      });
      return 2;
    }
    throw cause;
  } finally {
    const took = ((Date.now() - startedMs) / 1000).toFixed(2);
    const time = new Date().toTimeString().slice(0, 8);
    const text = `Command \`tsdbt ${call.command}\` ended at ${time} after ${took} seconds`;
    reporter.say({ ...line("Q039", "CommandCompleted", text), level: "debug" });
    reporter.end();
  }
}

async function main(): Promise<ExitCode> {
  try {
    const argv = process.argv.slice(2);
    // The shell's variables win over those of the file.
    Object.assign(process.env, { ...readDotEnv(process.cwd()), ...process.env });
    const environment = { ...process.env };
    Object.assign(process.env, engineVariables(process.env));
    const call = parseCall(argv);
    if (call === undefined) return 0;
    const { readProjectFlags } = await import("../app/read-project-flags.ts");
    const { projectDir } = call.common;
    const flags = readProjectFlags(process.cwd(), projectDir === undefined ? undefined : resolve(projectDir));
    if (Object.keys(flags).length === 0) return await makeCall(call, environment);
    // Options are read from the environment as they are parsed, and the project's flags weigh less than either.
    Object.assign(process.env, { ...flags, ...process.env });
    return await makeCall(parseCall(argv) ?? call, environment);
  } catch (cause) {
    if (cause instanceof UsageError) {
      const { colours, plain, renderDiagnostic } = await import("./render-diagnostic.ts");
      streams.err(`${renderDiagnostic(cause.diagnostic, process.stderr.isTTY ? colours : plain)}\n`);
      return 2;
    }
    streams.err(
      `This is a bug in tsdbt.\n${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
    );
    return 2;
  }
}

// Whoever reads the output may stop reading it: `tsdbt ls | head`.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code !== "EPIPE") throw cause;
});

process.exitCode = await main();
