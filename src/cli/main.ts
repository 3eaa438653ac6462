#!/usr/bin/env node
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommanderError } from "commander";
import type { AppEvent, Invocation } from "../app/invocation.ts";
import { error } from "../domain/diagnostic.ts";
import { WorldError } from "../domain/world-error.ts";
import type { ExitCode } from "./call-context.ts";
import { type ParsedCall, tsdbtProgram } from "./program.ts";
import { parseTime } from "./parse-range.ts";
import type { Reporter, Streams } from "./reporter.ts";
import { usageDiagnostic, UsageError } from "./usage-error.ts";

const streams: Streams = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

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
  for (const command of [program, ...program.commands])
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
    isQuiet: common.quiet,
    logs: out === "lines" ? ("out" as const) : ("err" as const),
    now: () => new Date(),
  };
  if (common.logFormat === "json") return jsonReporter(options, id);
  const { noProgress, terminalProgress } = await import("./ingest-progress.ts");
  const hasBar = process.stderr.isTTY && !common.quiet;
  return textReporter(options, hasBar ? terminalProgress(process.stderr, Date.now) : noProgress);
}

async function makeCall(call: ParsedCall): Promise<ExitCode> {
  const { common } = call;
  const id = randomUUID();
  const startedMs = Date.now();
  const abort = new AbortController();
  const interrupt = (): void => {
    abort.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const { parseVars } = common.vars === undefined ? { parseVars: undefined } : await import("../app/parse-vars.ts");
  const vars = common.vars === undefined ? undefined : parseVars?.(common.vars);
  const reporter = await openReporter(call, id);
  if (vars?.ok === false) {
    reporter.tell({ kind: "diagnosed", diagnostics: vars.diagnostics });
    return 2;
  }
  const invocation: Invocation = {
    id,
    folder: process.cwd(),
    projectDir: common.projectDir === undefined ? undefined : resolve(common.projectDir),
    profilesDir: common.profilesDir === undefined ? undefined : resolve(common.profilesDir),
    profileName: common.profile,
    targetName: common.target,
    vars: vars?.value ?? {},
    environment: process.env,
    targetPath: common.targetPath,
    threads: common.threads,
    now: common.now === undefined ? startedMs * 1000 : parseTime(common.now, "--now"),
    startedMs,
    command: call.command,
    arguments: {
      invocation_command: ["tsdbt", ...process.argv.slice(2)].join(" "),
      select: call.select,
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
    reporter.end();
  }
}

async function main(): Promise<ExitCode> {
  try {
    const call = parseCall(process.argv.slice(2));
    return call === undefined ? 0 : await makeCall(call);
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
