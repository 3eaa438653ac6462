import type { DataMap } from "../domain/data.ts";
import { relationName } from "../domain/relation.ts";
import type { RunEvent, StepEnding, StepResult } from "../domain/run-event.ts";
import type { Step } from "../domain/plan.ts";
import { describeBatchEvent } from "./describe-batch.ts";
import { line, type LogLevel, type LogLine } from "./log-line.ts";

/** Titles are filled with dots to this width, as dbt does. */
const titleWidth = 80;

function dotted(title: string): string {
  return `${title} `.padEnd(titleWidth, ".");
}

function seconds(fromMs: number, toMs: number): string {
  return `${((toMs - fromMs) / 1000).toFixed(2)}s`;
}

/** What dbt's log says of a node; times that are not known yet are empty there. */
function nodeInfo(step: Step, status: string, times: Pick<StepResult, "startedMs" | "endedMs"> | undefined): DataMap {
  const { relation } = step;
  return {
    node_info: {
      node_name: step.name,
      unique_id: step.id,
      node_status: status,
      resource_type: step.kind,
      node_path: step.path ?? "",
      node_started_at: times === undefined ? "" : new Date(times.startedMs).toISOString(),
      node_finished_at: times === undefined ? "" : new Date(times.endedMs).toISOString(),
      node_relation:
        relation === undefined
          ? {}
          : {
              database: relation.database,
              schema: relation.schema,
              alias: relation.identifier,
              relation_name: relationName(relation),
            },
    },
  };
}

interface EndedLine {
  readonly code: string;
  readonly name: string;
  readonly level: LogLevel;
  readonly said: string;
  readonly status: string;
}

function rows(count: number | undefined): string {
  return count === undefined ? "" : ` (${count} ${count === 1 ? "row" : "rows"})`;
}

function describeEnding({ step, ending }: StepResult): EndedLine {
  const isTest = step.kind === "test" || step.kind === "unit_test";
  const own = step.kind === "seed" ? { code: "Q016", name: "LogSeedResult" } : { code: "Q012", name: "LogModelResult" };
  const test = { code: "Q007", name: "LogTestResult" };
  switch (ending.status) {
    case "success": {
      if (step.kind === "hook")
        return { code: "Q033", name: "LogHookEndLine", level: "info", said: `OK ${step.title}`, status: "OK" };
      const said = step.kind === "seed" ? `OK loaded ${step.title}` : `OK created ${step.title}`;
      // A seed's message has its number of rows already.
      const status = step.kind === "seed" ? ending.message : `${ending.message}${rows(ending.rowCount)}`;
      return { ...own, level: "info", said, status };
    }
    case "pass":
      return { ...test, level: "info", said: `PASS ${step.name}`, status: "PASS" };
    case "warn":
      return {
        ...test,
        level: "warn",
        said: `WARN ${ending.failures} ${step.name}`,
        status: `WARN ${ending.failures}`,
      };
    case "fail":
      return {
        ...test,
        level: "error",
        said: `FAIL ${ending.failures} ${step.name}`,
        status: `FAIL ${ending.failures}`,
      };
    case "error": {
      if (isTest) return { ...test, level: "error", said: `ERROR ${step.name}`, status: "ERROR" };
      if (step.kind === "hook") return { ...own, level: "error", said: `ERROR ${step.title}`, status: "ERROR" };
      const verb = step.kind === "seed" ? "loading" : "creating";
      return { ...own, level: "error", said: `ERROR ${verb} ${step.title}`, status: "ERROR" };
    }
    case "partial success":
      return {
        ...own,
        level: "error",
        said: `PARTIAL SUCCESS created ${step.title}`,
        status: ending.message,
      };
    case "skipped": {
      const skipped = { code: "Q034", name: "SkippingDetails", level: "info", status: "SKIP" } as const;
      return { ...skipped, said: isTest ? `SKIP test ${step.name}` : `SKIP relation ${relationOf(step)}` };
    }
  }
}

/** dbt names what it skips by its schema and its own name, whatever its alias. */
function relationOf({ relation, name }: Step): string {
  return relation === undefined ? name : `${relation.schema}.${name}`;
}

function countOf(results: readonly StepResult[], ...statuses: readonly StepEnding["status"][]): number {
  return results.filter(({ ending }) => statuses.includes(ending.status)).length;
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function summary(results: readonly StepResult[], interrupted: boolean): LogLine {
  const errors = countOf(results, "error", "fail");
  const partial = countOf(results, "partial success");
  const warnings = countOf(results, "warn");
  if (interrupted)
    return { ...line("Z030", "EndOfRunSummary", "Exited because of keyboard interrupt"), level: "error" };
  if (errors + partial > 0) {
    const successes = `${String(partial)} partial ${partial === 1 ? "success" : "successes"}`;
    const text = `Completed with ${plural(errors, "error")}, ${successes}, and ${plural(warnings, "warning")}:`;
    return { ...line("Z030", "EndOfRunSummary", text), level: "error" };
  }
  if (warnings > 0)
    return { ...line("Z030", "EndOfRunSummary", `Completed with ${plural(warnings, "warning")}:`), level: "warn" };
  return line("Z030", "EndOfRunSummary", "Completed successfully");
}

/** The one line that dbt's tools look for, letter by letter. */
function statsLine(results: readonly StepResult[]): LogLine {
  const stats = {
    PASS: countOf(results, "success", "pass"),
    WARN: countOf(results, "warn"),
    ERROR: countOf(results, "error", "fail", "partial success"),
    SKIP: countOf(results, "skipped"),
    "NO-OP": 0,
    TOTAL: results.length,
  };
  const text = Object.entries(stats).map(([name, count]) => `${name}=${count}`);
  return { ...line("Z023", "StatsLine", `Done. ${text.join(" ")}`), data: { stats } };
}

/** Every line of a message, two spaces in. */
function indented(message: string): string {
  return message.replaceAll(/^/gmu, "  ");
}

function messageOf(ending: StepEnding): string {
  if (ending.status === "error") return ending.diagnostics.map(({ message }) => message).join(" ");
  return ending.status === "skipped" ? ending.because : ending.message;
}

/** A step that did not end well, once more at the end: which, and what it came to. */
function reminder(result: StepResult, level: "error" | "warn"): readonly LogLine[] {
  const { step, ending } = result;
  const data = nodeInfo(step, ending.status, result);
  const place = step.path === undefined ? "" : ` (${step.path})`;
  const head =
    level === "error"
      ? line("Z022", "RunResultFailure", `[ERROR] in ${step.kind} ${step.name}${place}`)
      : line("Z021", "RunResultWarning", `[WARNING] in ${step.kind} ${step.name}${place}`);
  const message =
    level === "error"
      ? line("Z024", "RunResultError", indented(messageOf(ending)))
      : line("Z046", "RunResultWarningMessage", `  ${messageOf(ending)}`);
  return [{ ...head, level, data }, { ...message, level, data }, ...keptRows(result, data)];
}

/** The query that shows the rows which a test kept, between two lines, as dbt prints it. */
function keptRows({ step: { kind, relation } }: StepResult, data: DataMap): readonly LogLine[] {
  if (kind !== "test" || relation === undefined) return [];
  const parts = [relation.database, relation.schema, relation.identifier];
  const query = `  select * from ${parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(".")}`;
  const rule = `  ${"-".repeat(query.length - 2)}`;
  return ["  See test failures:", rule, query, rule].map((text) => ({
    ...line("Z029", "CheckNodeTestFailure", text),
    data,
  }));
}

/** All that failed, then all that warned, as dbt lists them (DBT_CONVENTIONS §5). */
function reminders(results: readonly StepResult[]): readonly LogLine[] {
  const failed = results.filter(({ ending }) => ["error", "fail", "partial success"].includes(ending.status));
  const warned = results.filter(({ ending }) => ending.status === "warn");
  return [
    ...failed.flatMap((result) => reminder(result, "error")),
    ...warned.flatMap((result) => reminder(result, "warn")),
  ];
}

const messageLines = {
  info: { code: "I062", name: "JinjaLogInfo", level: "info" },
  debug: { code: "I063", name: "JinjaLogDebug", level: "debug" },
  print: { code: "Z052", name: "PrintEvent", level: "info" },
} as const;

function describeMessage({ message, level = "info" }: Extract<RunEvent, { readonly kind: "said" }>): LogLine {
  return { ...messageLines[level], text: message, data: {}, isPrinted: level === "print" };
}

function describeStatement({ step, statement }: Extract<RunEvent, { readonly kind: "statementSent" }>): LogLine {
  const data = { conn_name: step.id, sql: statement, ...nodeInfo(step, "executing", undefined) };
  return { ...line("E016", "SQLQuery", `On ${step.id}: ${statement}`), level: "debug", data };
}

/** An event of a run as lines of output; diagnostics are not among them, they are rendered with their frames. */
export function describeRunEvent(event: RunEvent): readonly LogLine[] {
  switch (event.kind) {
    case "runStarted": {
      const steps = event.steps.filter(({ kind }) => kind !== "prepare");
      if (steps.length === 0)
        return [
          {
            ...line(
              "Q035",
              "NothingToDo",
              "Nothing to do. Try checking your model configs and model specification args",
            ),
            level: "warn",
          },
        ];
      return [
        // dbt says "1 threads" too.
        line("Q027", "ConcurrencyLine", `Concurrency: ${event.threads} threads (target='${event.target}')`),
      ];
    }
    case "stepStarted": {
      const { step, index, total } = event;
      const text = `${dotted(`${index} of ${total} START ${step.title}`)} [RUN]`;
      const data = { ...nodeInfo(step, "started", undefined), index, total };
      const began = line("Q024", "NodeStart", `Began running node ${step.id}`);
      return [
        { ...line("Q011", "LogStartLine", text), data },
        { ...began, level: "debug", data },
      ];
    }
    case "stepEnded": {
      const { result, index, total } = event;
      const { step, startedMs, endedMs, ending } = result;
      const { code, name, level, said, status } = describeEnding(result);
      const place = step.kind === "prepare" ? "" : `${index} of ${total} `;
      const took = ending.status === "skipped" ? "" : ` in ${seconds(startedMs, endedMs)}`;
      const text = `${dotted(`${place}${said}`)} [${status}${took}]`;
      const data = {
        ...nodeInfo(step, ending.status, result),
        status: ending.status,
        execution_time: (endedMs - startedMs) / 1000,
        index,
        total,
      };
      const finished = line("Q025", "NodeFinished", `Finished running node ${step.id}`);
      return [
        { code, name, level, text, data },
        { ...finished, level: "debug", data },
      ];
    }
    case "batchStarted":
    case "batchEnded":
      return [describeBatchEvent(event)];
    case "said":
      return [describeMessage(event)];
    case "statementSent":
      return [describeStatement(event)];
    case "warned":
      return [];
    case "runEnded": {
      const results = event.results.filter(({ step }) => step.kind !== "prepare");
      if (event.results.length === 0) return [];
      return [summary(event.results, event.interrupted), ...reminders(event.results), statsLine(results)];
    }
  }
}
