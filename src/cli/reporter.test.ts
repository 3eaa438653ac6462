import { describe, expect, it } from "vitest";
import type { AppEvent } from "../app/invocation.ts";
import { error, warning } from "../domain/diagnostic.ts";
import { noProgress } from "./ingest-progress.ts";
import { colours, plain } from "./render-diagnostic.ts";
import { jsonReporter, type Reporter, type ReporterOptions, textReporter } from "./reporter.ts";

interface Told {
  readonly out: string;
  readonly err: string;
}

function tell(
  open: (options: ReporterOptions) => Reporter,
  events: readonly AppEvent[],
  given: Partial<ReporterOptions> = {},
): Told {
  let out = "";
  let err = "";
  const reporter = open({
    streams: {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    },
    palette: plain,
    level: "info",
    logs: "out",
    now: () => new Date(2022, 10, 1, 4, 5, 6),
    ...given,
  });
  for (const event of events) reporter.tell(event);
  reporter.end();
  return { out, err };
}

const text = (options: ReporterOptions): Reporter => textReporter(options, noProgress);
const json = (options: ReporterOptions): Reporter => jsonReporter(options, "id");

const file = { path: "models/dau.sql", text: "select x" };
const fault = error("unknown-column", 'There is no column "x" here.', {
  span: { file, start: 7, end: 8 },
  hint: "Look again.",
});
const events: readonly AppEvent[] = [
  { kind: "projectOpened", found: "2 models" },
  { kind: "said", message: "hello" },
  { kind: "batchLoaded", source: "s.t", windows: 1, rows: 1 },
  { kind: "diagnosed", diagnostics: [fault, warning("odd", "It is odd.")] },
  { kind: "warned", diagnostic: warning("odder", "It is odder.") },
];

describe("lines for people", () => {
  it("have the time and the text; diagnostics go to the other stream with their frames", () => {
    expect(tell(text, events)).toEqual({
      out: "04:05:06  Found 2 models\n04:05:06  hello\n",
      err: `models/dau.sql:1:8  error  unknown-column
  There is no column "x" here.
  1 │ select x
    │        ~
  hint: Look again.

warning  odd
  It is odd.

warning  odder
  It is odder.

`,
    });
  });

  it("are only of what went wrong where that is asked for", () => {
    const ended: AppEvent = { kind: "runEnded", results: [], elapsedMs: 0, interrupted: true };
    const { out, err } = tell(text, [...events, ended], { level: "error" });
    expect(out).toBe("");
    expect(err).not.toContain("odd");
    expect(err).toContain("unknown-column");
  });

  it("leave the answer's stream alone where there is an answer", () => {
    const { out, err } = tell(text, events, { logs: "err" });
    expect(out).toBe("");
    expect(err).toContain("04:05:06  Found 2 models\n");
  });

  it("are painted on a terminal, and keep their text", () => {
    const { out } = tell(text, events, { palette: colours });
    expect(out).toContain("\u001B[2m04:05:06\u001B[0m  Found 2 models\n");
  });
});

describe("lines for programs", () => {
  it("are one JSON object each, keys in order, in the form of dbt's log", () => {
    const { out, err } = tell(json, events);
    expect(err).toBe("");
    const lines = out.split("\n");
    expect(lines.pop()).toBe("");
    const parsed = lines.map((line): unknown => JSON.parse(line));
    expect(parsed).toMatchObject([
      { data: { msg: "Found 2 models" }, info: { code: "W006", name: "FoundStats", level: "info" } },
      { data: { msg: "hello" }, info: { code: "I062", name: "JinjaLogInfo", level: "info" } },
      {
        data: {
          code: "unknown-column",
          column: 8,
          hint: "Look again.",
          line: 1,
          message: 'There is no column "x" here.',
          msg: 'models/dau.sql:1:8 There is no column "x" here.',
          path: "models/dau.sql",
        },
        info: { code: "T011", name: "DiagnosedError", level: "error", invocation_id: "id", thread: "MainThread" },
      },
      { data: { msg: "It is odd." }, info: { code: "T012", name: "DiagnosedWarning", level: "warn" } },
      { data: { msg: "It is odder." }, info: { level: "warn" } },
    ]);
    const keys = (line: string): readonly string[] =>
      [...line.matchAll(/"(?<key>\w+)":/gu)].map((match) => match[1] ?? "");
    expect(keys(lines[1] ?? "")).toEqual([
      "data",
      "msg",
      "info",
      "category",
      "code",
      "extra",
      "invocation_id",
      "level",
      "msg",
      "name",
      "pid",
      "thread",
      "ts",
    ]);
    expect(lines[0]).toMatch(/"ts":"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z"/u);
  });

  it("go where the answer does not, and are only of what went wrong where that is asked for", () => {
    const { out, err } = tell(json, events, { logs: "err", level: "error" });
    expect(out).toBe("");
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});
