import type { FreshnessEvent } from "../app/invocation.ts";
import { line, type LogLine } from "./log-line.ts";

const words = {
  pass: { said: "PASS", level: "info" },
  warn: { said: "WARN", level: "warn" },
  error: { said: "ERROR STALE", level: "error" },
  "runtime error": { said: "ERROR", level: "error" },
} as const;

/** What is told of the freshness of sources, in dbt's lines (DBT_CONVENTIONS §5). */
export function describeFreshnessEvent(event: FreshnessEvent): readonly LogLine[] {
  switch (event.kind) {
    case "freshnessStarted": {
      const { title, index, total } = event;
      const text = `${`${index} of ${total} START freshness of ${title} `.padEnd(80, ".")} [RUN]`;
      return [line("Q011", "LogStartLine", text)];
    }
    case "freshnessEnded": {
      const { title, index, total, status, elapsedMs, error } = event;
      const { said, level } = words[status];
      const took = `${(elapsedMs / 1000).toFixed(2)}s`;
      const text = `${`${index} of ${total} ${said} freshness of ${title} `.padEnd(80, ".")} [${said} in ${took}]`;
      const ended: LogLine = {
        ...line("Q018", "LogFreshnessResult", text),
        level,
        data: { status, source_name: title, execution_time: elapsedMs / 1000 },
      };
      return error === undefined
        ? [ended]
        : [ended, { ...line("Z024", "RunResultError", `  ${error}`), level: "error" }];
    }
    case "freshnessDone":
      return [line("Q018", "FreshnessCheckComplete", "Done.")];
  }
}
