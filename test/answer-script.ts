import type { Column } from "../src/domain/column.ts";
import type { Answer, NamedRelation, Request, Row, Script, StatementResult } from "../src/domain/script.ts";

/** What a script asked, as a reader would note it, and what it ended with. */
export interface AnsweredScript<T> {
  /** Statements of one unit stand in one list; a question is a text. */
  readonly asked: readonly (string | readonly string[])[];
  readonly ended: T;
}

/** An answer without its kind, which is that of the request. */
export type GivenAnswer =
  | { readonly columns: readonly Column[] }
  | { readonly rows: readonly Row[] }
  | { readonly result: StatementResult }
  | { readonly relations: readonly NamedRelation[] }
  | { readonly schemas: readonly string[] }
  | number
  | undefined;

function answerTo(request: Request, given: GivenAnswer): Answer {
  switch (request.kind) {
    case "execute":
      if (typeof given === "object") break;
      return { kind: "execute", rowCount: given };
    case "columns":
      if (typeof given !== "object" || !("columns" in given)) break;
      return { kind: "columns", columns: given.columns };
    case "finished":
      break;
    case "load":
      return { kind: "load" };
    case "rows":
      if (typeof given !== "object" || !("rows" in given)) break;
      return { kind: "rows", rows: given.rows };
    case "check":
      if (typeof given !== "object" || !("columns" in given)) break;
      return { kind: "check", columns: given.columns, bytes: undefined };
    case "statement":
      if (typeof given !== "object" || !("result" in given)) break;
      return { kind: "statement", result: given.result };
    case "relations":
      if (typeof given !== "object" || !("relations" in given)) break;
      return { kind: "relations", relations: given.relations };
    case "schemas":
      if (typeof given !== "object" || !("schemas" in given)) break;
      return { kind: "schemas", schemas: given.schemas };
    case "tell":
      return { kind: "tell" };
    case "functions":
      return { kind: "functions" };
  }
  throw new Error(`the script asks for ${request.kind}, and the test has another answer ready`);
}

function note(request: Request): string | readonly string[] {
  switch (request.kind) {
    case "execute":
      return request.statements.map(({ text }) => text);
    case "columns": {
      const { relation } = request;
      return `columns of ${"temporary" in relation ? relation.temporary : relation.identifier}`;
    }
    case "load":
      return request.loads.map(({ target, uris }) => `load ${target.identifier} from ${uris.join(", ")}`);
    case "finished":
      return "finished steps";
    case "rows":
      return request.query.text;
    case "check":
      return `check ${request.query.text}`;
    case "statement":
      return request.statement.text;
    case "relations":
      return `relations of ${request.schema.database}.${request.schema.schema}`;
    case "schemas":
      return `schemas of ${request.database}`;
    case "tell":
      return `tell ${[...request.told.messages.map(({ text }) => text), ...request.told.warnings.map(({ message }) => message)].join(" ")}`;
    case "functions":
      return `functions ${request.names.join(", ")}`;
  }
}

/** Walks a script with answers that are ready, one for each of its requests: it touches nothing. */
export function answerScript<T>(script: Script<T>, ...answers: readonly GivenAnswer[]): AnsweredScript<T> {
  const asked: (string | readonly string[])[] = [];
  let next = script.next();
  for (const given of answers) {
    if (next.done === true) throw new Error("the script ended before all answers were given");
    asked.push(note(next.value));
    next = script.next(answerTo(next.value, given));
  }
  if (next.done !== true) throw new Error(`the script asks on: ${JSON.stringify(note(next.value))}`);
  return { asked, ended: next.value };
}
