import type { DataMap } from "../domain/data.ts";
import { relationName } from "../domain/relation.ts";
import type { RunEvent, StepEnding, StepResult } from "../domain/run-event.ts";
import type { Step } from "../domain/plan.ts";
import { line, type LogLevel, type LogLine } from "./log-line.ts";

/** Titles are filled with dots to this width, as dbt does. */
const titleWidth = 80;

function dotted(title: string): string {
  return `${title} `.padEnd(titleWidth, ".");
}

function seconds(fromMs: number, toMs: number): string {
  return `${((toMs - fromMs) / 1000).toFixed(2)}s`;
}

function nodeInfo(step: Step, status: string): DataMap {
  return {
    node_info: {
      node_name: step.name,
      unique_id: step.id,
      node_status: status,
      resource_type: step.kind,
      node_path: step.path ?? null,
      node_relation: step.relation === undefined ? null : { relation_name: relationName(step.relation) },
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
  const isTest = step.kind === "test";
  const own = step.kind === "seed" ? { code: "Q016", name: "LogSeedResult" } : { code: "Q012", name: "LogModelResult" };
  const test = { code: "Q007", name: "LogTestResult" };
  switch (ending.status) {
    case "success": {
      const verb = step.kind === "seed" ? "loaded" : "created";
      return {
        ...own,
        level: "info",
        said: `OK ${verb} ${step.title}`,
        status: `${ending.message}${rows(ending.rowCount)}`,
      };
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
      const verb = step.kind === "seed" ? "loading" : "creating";
      return { ...own, level: "error", said: `ERROR ${verb} ${step.title}`, status: "ERROR" };
    }
    case "skipped": {
      const skipped = { code: "Q034", name: "SkippingDetails", level: "info", status: "SKIP" } as const;
      return { ...skipped, said: isTest ? `SKIP test ${step.name}` : `SKIP relation ${relationOf(step)}` };
    }
  }
}

function relationOf({ relation, name }: Step): string {
  return relation === undefined ? name : `${relation.schema}.${relation.identifier}`;
}

function countOf(results: readonly StepResult[], ...statuses: readonly StepEnding["status"][]): number {
  return results.filter(({ ending }) => statuses.includes(ending.status)).length;
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function summary(results: readonly StepResult[], interrupted: boolean): LogLine {
  const errors = countOf(results, "error", "fail");
  const warnings = countOf(results, "warn");
  if (interrupted)
    return { ...line("Z030", "EndOfRunSummary", "Exited because of keyboard interrupt"), level: "error" };
  if (errors > 0) {
    const text = `Completed with ${plural(errors, "error")}, 0 partial successes, and ${plural(warnings, "warning")}:`;
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
    ERROR: countOf(results, "error", "fail"),
    SKIP: countOf(results, "skipped"),
    "NO-OP": 0,
    TOTAL: results.length,
  };
  const text = Object.entries(stats).map(([name, count]) => `${name}=${count}`);
  return { ...line("Z023", "StatsLine", `Done. ${text.join(" ")}`), data: { stats } };
}

function failureLines(results: readonly StepResult[]): readonly LogLine[] {
  return results.flatMap(({ step, ending }): readonly LogLine[] => {
    if (ending.status !== "fail" && ending.status !== "warn") return [];
    const isFailure = ending.status === "fail";
    const head = `[${isFailure ? "ERROR" : "WARNING"}] in test ${step.name} (${step.path ?? ""})`;
    const level = isFailure ? "error" : "warn";
    return [
      {
        ...line(isFailure ? "Z022" : "Z021", "RunResultFailure", `${head}: ${ending.message}`),
        level,
        data: nodeInfo(step, ending.status),
      },
    ];
  });
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
        line("Q027", "ConcurrencyLine", `Concurrency: ${plural(event.threads, "thread")} (target='${event.target}')`),
      ];
    }
    case "stepStarted": {
      const { step, index, total } = event;
      const text = `${dotted(`${index} of ${total} START ${step.title}`)} [RUN]`;
      return [{ ...line("Q011", "LogStartLine", text), data: nodeInfo(step, "started") }];
    }
    case "stepEnded": {
      const { result, index, total } = event;
      const { step, startedMs, endedMs, ending } = result;
      const { code, name, level, said, status } = describeEnding(result);
      const place = step.kind === "prepare" ? "" : `${index} of ${total} `;
      const took = ending.status === "skipped" ? "" : ` in ${seconds(startedMs, endedMs)}`;
      const text = `${dotted(`${place}${said}`)} [${status}${took}]`;
      return [{ code, name, level, text, data: { ...nodeInfo(step, ending.status), index, total } }];
    }
    case "warned":
      return [];
    case "runEnded": {
      const results = event.results.filter(({ step }) => step.kind !== "prepare");
      if (event.results.length === 0) return [];
      return [summary(event.results, event.interrupted), ...failureLines(results), statsLine(results)];
    }
  }
}
