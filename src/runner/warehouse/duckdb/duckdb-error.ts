import type { Sql } from "../../../domain/sql.ts";
import { WorldError } from "../../../domain/world-error.ts";
import { StatementError } from "../../warehouse.ts";

/** DuckDB's errors under `errors_as_json`; the parser's have words before the JSON, the binder's have not (1.5.6). */
interface DuckdbFault {
  readonly type: string;
  readonly message: string;
  /** In UTF-8 bytes. */
  readonly position: number | undefined;
  readonly name: string | undefined;
  readonly candidates: readonly string[];
}

function textField(value: object, key: string): string | undefined {
  const field: unknown = Reflect.get(value, key);
  return typeof field === "string" ? field : undefined;
}

function parseFault(message: string): DuckdbFault {
  const start = message.indexOf("{");
  if (start !== -1) {
    try {
      const parsed: unknown = JSON.parse(message.slice(start));
      if (typeof parsed === "object" && parsed !== null) {
        const position = textField(parsed, "position");
        return {
          type: textField(parsed, "exception_type") ?? "",
          message: textField(parsed, "exception_message") ?? message,
          position: position === undefined ? undefined : Number(position),
          name: textField(parsed, "name"),
          candidates: (textField(parsed, "candidates") ?? "").split(",").filter((each) => each !== ""),
        };
      }
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
    }
  }
  const [, type = "", rest = message] = /^(\w+) Error: ([\s\S]*)$/u.exec(message) ?? [];
  return { type, message: rest, position: undefined, name: undefined, candidates: [] };
}

function utf16Offset(text: string, bytes: number): number {
  return Buffer.from(text, "utf8").subarray(0, bytes).toString("utf8").length;
}

function firstSentence(message: string): string {
  const line = (message.split("\n")[0] ?? message).trim();
  return /[.!?]$/u.test(line) ? line.replace(/!$/u, ".") : `${line}.`;
}

/** A failure of the machine or the disk rather than of a statement, if the message tells of one. */
export function worldErrorOf(message: string, path: string): WorldError | undefined {
  const fault = parseFault(message);
  const lock = /Could not set lock on file "(?<file>[^"]+)": (?<why>[\s\S]*)/u.exec(fault.message);
  if (lock !== null) {
    const holder = /held in (?<program>\S+) \(PID (?<pid>\d+)\)/u.exec(fault.message)?.groups;
    const who =
      holder === undefined ? "another process" : `process ${holder["pid"] ?? ""} (${holder["program"] ?? ""})`;
    return new WorldError("database-locked", `The database file "${path}" is in use by ${who}.`, {
      hint: "Wait until it has ended, or close the program that has the file open.",
      isRetryable: true,
    });
  }
  if (/No space left on device|not enough space|disk quota|File too large|Could not write/iu.test(fault.message))
    return new WorldError("disk-full", `The disk took no more of the database file "${path}".`, {
      hint: "Make room on the disk and run again; nothing half was written.",
    });
  if (fault.type === "Serialization" || fault.message.includes("not a valid DuckDB database file"))
    return new WorldError("not-a-database", `The file "${path}" is not a DuckDB database.`);
  if (fault.type === "IO" || fault.message.startsWith("Cannot open file"))
    return new WorldError(
      "database-io",
      `The database file "${path}" cannot be used: ${firstSentence(fault.message)}`,
      {
        hint: 'Look at the path under "targets" in the project file, and at the rights on the folder.',
      },
    );
  return undefined;
}

function codeOf({ type, message }: ReturnType<typeof parseFault>): StatementError["code"] {
  if (type === "INTERRUPT") return "interrupted";
  if (type === "TransactionContext") return "conflict";
  return message.includes("which is attached in read-only mode") ? "read-only" : "refused";
}

/** DuckDB's refusal of a statement, in our words and offsets; a failure of the world becomes a `WorldError`. */
export function statementErrorOf(cause: unknown, statement: Sql, path: string): StatementError | WorldError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const world = worldErrorOf(message, path);
  if (world !== undefined) return world;
  const fault = parseFault(message);
  return new StatementError(firstSentence(fault.message), {
    statement,
    code: codeOf(fault),
    offset: fault.position === undefined ? undefined : utf16Offset(statement.text, fault.position),
    length: fault.name?.length ?? 1,
    candidates: fault.candidates,
    cause,
  });
}
