import { join, resolve } from "node:path";
import { findProject } from "../app/find-project.ts";
import { WorldError } from "../domain/world-error.ts";
import type { LogFile } from "./log-file.ts";
import type { LogLevel, LogLine } from "./log-line.ts";
import { plain, renderDiagnostic } from "./render-diagnostic.ts";
import { diagnosticsOf, isTold, jsonReporter, levelOf, linesOf, type Reporter } from "./reporter.ts";

/** How lines of the log file are told. */
export interface FileReporterOptions {
  readonly format: "text" | "json";
  /** The least grave lines that are told. */
  readonly level: LogLevel | "none";
  readonly invocationId: string;
  readonly now: () => Date;
}

/**
 * The folder of the log file: the one that is named, from where the call was made, or `logs` in the project's; `undefined` where
 * there is no project.
 */
export function logFolder(
  folder: string,
  { projectDir, logPath }: { readonly projectDir: string | undefined; readonly logPath: string | undefined },
): string | undefined {
  if (logPath !== undefined) return resolve(folder, logPath);
  try {
    return join(findProject(folder, projectDir), "logs");
  } catch (cause) {
    if (cause instanceof WorldError) return undefined;
    throw cause;
  }
}

/** dbt's times in the file: `18:38:12.488616`; here the clock has no finer part than milliseconds. */
function timeOf(now: Date): string {
  return `${now.toTimeString().slice(0, 8)}.${String(now.getMilliseconds()).padStart(3, "0")}000`;
}

/** Tells everything in `dbt.log`, in the form of dbt's: a heading a call, then each line with its time, its level and its thread. */
export function fileReporter(
  file: LogFile,
  { format, level: least, invocationId, now }: FileReporterOptions,
): Reporter {
  const end = (): void => {
    file.close();
  };
  const write = (text: string): void => {
    file.write(text);
  };
  if (format === "json") {
    const streams = { out: write, err: write };
    return { ...jsonReporter({ streams, palette: plain, level: least, logs: "out", now }, invocationId), end };
  }
  let isHeaded = false;
  const put = (level: LogLevel, text: string): void => {
    if (!isTold(level, least)) return;
    const time = timeOf(now());
    if (!isHeaded) write(`\n\n${"=".repeat(30)} ${time} | ${invocationId} ${"=".repeat(30)}\n`);
    isHeaded = true;
    write(`${time} [${level.padEnd(5)}] [MainThread]: ${text}\n`);
  };
  const say = ({ level, text }: LogLine): void => {
    put(level, text);
  };
  return {
    say,
    tell: (event) => {
      linesOf(event).forEach(say);
      for (const diagnostic of diagnosticsOf(event)) put(levelOf(diagnostic), renderDiagnostic(diagnostic, plain));
    },
    end,
  };
}

/** Tells the same to several. */
export function tellBoth(first: Reporter, second: Reporter): Reporter {
  return {
    say: (line) => {
      first.say(line);
      second.say(line);
    },
    tell: (event) => {
      first.tell(event);
      second.tell(event);
    },
    end: () => {
      first.end();
      second.end();
    },
  };
}
