import type { AppEvent } from "../app/invocation.ts";
import { type Data, isDataList, isDataMap } from "../domain/data.ts";
import type { Diagnostic } from "../domain/diagnostic.ts";
import { positionAt } from "../domain/source-file.ts";
import { describeFreshnessEvent } from "./describe-freshness-event.ts";
import { describeIngestEvent } from "./describe-ingest-event.ts";
import { describeRunEvent } from "./describe-run-event.ts";
import { line, type LogLevel, type LogLine } from "./log-line.ts";
import { type Palette, renderDiagnostic } from "./render-diagnostic.ts";
import type { IngestProgress } from "./ingest-progress.ts";

/** Where a reporter writes: what people asked for goes to `out`, what went wrong to `err`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Tells the events of one call, in its own form. */
export interface Reporter {
  readonly tell: (event: AppEvent) => void;
  readonly say: (line: LogLine) => void;
  /** Takes back what is only shown for the moment, such as a bar of progress. */
  readonly end: () => void;
}

/** How lines are told. `level`: the least grave lines that are told. `logs`: where lines of the work go. */
export interface ReporterOptions {
  readonly streams: Streams;
  readonly palette: Palette;
  readonly level: LogLevel | "none";
  /** Lines of the work go to `err` where `out` carries an answer (`ls`, `show`, `compile`). */
  readonly logs: "out" | "err";
  readonly now: () => Date;
}

/** The diagnostics that an event brings. */
export function diagnosticsOf(event: AppEvent): readonly Diagnostic[] {
  switch (event.kind) {
    case "diagnosed":
      return event.diagnostics;
    case "warned":
      return [event.diagnostic];
    case "stepEnded":
      // Those of a batch were told when it ended.
      return event.result.batches === undefined && event.result.ending.status === "error"
        ? event.result.ending.diagnostics
        : [];
    case "batchEnded":
      return event.result.ending.status === "error" ? event.result.ending.diagnostics : [];
    default:
      return [];
  }
}

/** The lines of output that an event is. */
export function linesOf(event: AppEvent): readonly LogLine[] {
  switch (event.kind) {
    case "diagnosed":
      return [];
    case "projectOpened":
      return [line("W006", "FoundStats", `Found ${event.found}`)];
    case "pullsListed":
    case "windowStaged":
    case "batchLoaded":
    case "ingestEnded":
      return describeIngestEvent(event);
    case "freshnessStarted":
    case "freshnessEnded":
    case "freshnessDone":
      return describeFreshnessEvent(event);
    case "runStarted":
    case "stepStarted":
    case "stepEnded":
    case "batchStarted":
    case "batchEnded":
    case "said":
    case "statementSent":
    case "warned":
    case "runEnded":
      return describeRunEvent(event);
  }
}

const gravity: readonly (LogLevel | "none")[] = ["debug", "info", "warn", "error", "none"];

/** Whether a line of this gravity is told. */
export function isTold(level: LogLevel, least: LogLevel | "none"): boolean {
  return gravity.indexOf(level) >= gravity.indexOf(least);
}

/** How grave a diagnostic is. */
export function levelOf({ severity }: Diagnostic): LogLevel {
  return severity === "error" ? "error" : "warn";
}

/** Lines for people: the time, the text; diagnostics with the author's line. */
export function textReporter(options: ReporterOptions, progress: IngestProgress): Reporter {
  const { streams, palette, level: least, logs, now } = options;
  const say = ({ text, level, isPrinted = false }: LogLine): void => {
    if (isPrinted) {
      streams.out(`${text}\n`);
      return;
    }
    if (!isTold(level, least)) return;
    const time = palette.dim(now().toTimeString().slice(0, 8));
    const painted = level === "error" ? palette.red(text) : level === "warn" ? palette.yellow(text) : text;
    streams[logs](`${time}  ${painted}\n`);
  };
  return {
    say,
    tell: (event) => {
      const diagnostics = diagnosticsOf(event).filter((each) => isTold(levelOf(each), least));
      const lines = linesOf(event).filter(({ level, isPrinted = false }) => isPrinted || isTold(level, least));
      if (lines.length + diagnostics.length > 0) progress.hide();
      lines.forEach(say);
      for (const diagnostic of diagnostics) streams.err(`${renderDiagnostic(diagnostic, palette)}\n\n`);
      progress.follow(event);
    },
    end: () => {
      progress.hide();
    },
  };
}

function diagnosticLine(diagnostic: Diagnostic): LogLine {
  const { code, severity, message, span, hint } = diagnostic;
  const place = span === undefined ? undefined : { path: span.file.path, ...positionAt(span.file, span.start) };
  const text = place === undefined ? message : `${place.path}:${place.line}:${place.column} ${message}`;
  return {
    code: severity === "error" ? "T011" : "T012",
    name: severity === "error" ? "DiagnosedError" : "DiagnosedWarning",
    level: levelOf(diagnostic),
    text,
    data: { code, message, hint: hint ?? null, ...place },
  };
}

/** The same data with the keys of all its mappings in order. */
function sorted(data: Data): Data {
  if (isDataList(data)) return data.map(sorted);
  if (!isDataMap(data)) return data;
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]));
}

/** One JSON object a line with sorted keys, in the form of dbt's log (DBT_CONVENTIONS §5). */
export function jsonReporter(options: ReporterOptions, invocationId: string): Reporter {
  const { streams, level: least, logs, now } = options;
  const say = ({ code, name, level, text, data, isPrinted = false }: LogLine): void => {
    if (!isPrinted && !isTold(level, least)) return;
    const ts = now().toISOString().replace("Z", "000Z");
    const info = {
      category: "",
      code,
      extra: {},
      invocation_id: invocationId,
      level,
      msg: text,
      name,
      pid: process.pid,
      thread: "MainThread",
      ts,
    };
    streams[logs](`${JSON.stringify(sorted({ data: { ...data, msg: text }, info }))}\n`);
  };
  return {
    say,
    tell: (event) => {
      linesOf(event).forEach(say);
      diagnosticsOf(event).map(diagnosticLine).forEach(say);
    },
    end: () => undefined,
  };
}
