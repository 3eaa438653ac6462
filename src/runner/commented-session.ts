import type { QueryComment } from "../domain/query-comment.ts";
import type { Answer, SessionRequest } from "../domain/script.ts";
import { sql, type Sql, trustedSql } from "../domain/sql.ts";
import type { Session, SessionUse, Warehouse } from "./warehouse.ts";

/** A statement with its comment; what is a place in it stays one, for the comment has no origin. */
function withComment(statement: Sql, comment: QueryComment | undefined): Sql {
  if (comment === undefined) return statement;
  const text = trustedSql(`/* ${comment.text} */`);
  return comment.place === "front" ? sql`${text}\n${statement}` : sql`${statement}\n${text}`;
}

/** What a commented session is opened for. */
export interface CommentedUse extends Omit<SessionUse, "labels"> {
  readonly comment: QueryComment | undefined;
  /** Hears of each statement as the warehouse gets it. */
  readonly sent?: (statement: string) => void;
}

/** Opens a session whose statements all carry a comment. */
export async function openSession(
  warehouse: Warehouse,
  { comment, sent = () => undefined, ...use }: CommentedUse,
): Promise<Session> {
  const session = await warehouse.session({ ...use, labels: comment?.labels });
  const commented = (statement: Sql): Sql => {
    const whole = withComment(statement, comment);
    sent(whole.text);
    return whole;
  };
  return {
    answer: async (request: SessionRequest): Promise<Answer> => {
      switch (request.kind) {
        case "execute":
          return await session.answer({ ...request, statements: request.statements.map(commented) });
        case "rows":
          return await session.answer({ ...request, query: commented(request.query) });
        case "statement":
          return await session.answer({ ...request, statement: commented(request.statement) });
        case "check":
        case "load":
        case "columns":
        case "relations":
        case "schemas":
        case "functions":
          return await session.answer(request);
      }
    },
    rows: async (query, limit) => await session.rows(commented(query), limit),
    // Nothing is run: there is nothing to find again by a comment.
    check: async (query) => await session.check(query),
    spent: () => session.spent?.(),
    interrupt: () => {
      session.interrupt();
    },
    close: () => {
      session.close();
    },
  };
}
