import type { Answer, Request } from "../src/domain/script.ts";
import { trustedSql } from "../src/domain/sql.ts";
import { type QueryResult, type Session, StatementError, type Warehouse } from "../src/runner/warehouse.ts";

/** A unit that was sent to the fake and is not answered yet: the test decides how it ends. */
interface OpenUnit {
  readonly session: Session;
  readonly end: (rowCount: number) => void;
  readonly refuse: (cause: unknown) => void;
}

/** A warehouse whose every unit is answered by the test, by the unit's first statement. */
export interface FakeWarehouse extends Warehouse {
  /** First statements of the units that wait for their answers, in the order in which they came. */
  readonly open: () => readonly string[];
  readonly end: (statement: string) => Promise<void>;
  readonly refuse: (statement: string, cause: unknown) => Promise<void>;
  /** The functions that each session was opened with. */
  readonly functions: (readonly string[])[];
  readonly openSessions: () => number;
}

/** Lets everything happen that can happen without another answer. */
export async function settle(): Promise<void> {
  await new Promise((done) => {
    setImmediate(done);
  });
}

/** A refusal as a warehouse throws it. */
export function refusal(code: StatementError["code"], message: string = `It is ${code}.`): StatementError {
  return new StatementError(message, { statement: trustedSql(""), code });
}

/** Opens a fake warehouse; `opening` is waited for before each session is there. */
export function fakeWarehouse(opening: () => Promise<void> = () => Promise.resolve()): FakeWarehouse {
  const units = new Map<string, OpenUnit>();
  const functions: (readonly string[])[] = [];
  let sessions = 0;
  const take = (statement: string): OpenUnit => {
    const unit = units.get(statement);
    if (unit === undefined) throw new Error(`"${statement}" was not sent; open are ${[...units.keys()].join(", ")}`);
    units.delete(statement);
    return unit;
  };
  const openSession = (): Session => {
    let isInterrupted = false;
    let isClosed = false;
    const session: Session = {
      answer: (request: Request) =>
        new Promise<Answer>((resolve, reject) => {
          if (isClosed) throw new Error("the session is closed");
          if (isInterrupted) {
            reject(refusal("interrupted"));
            return;
          }
          const statement = request.kind === "execute" ? (request.statements[0]?.text ?? "") : request.kind;
          units.set(statement, {
            session,
            end: (rowCount) => {
              resolve({ kind: "execute", rowCount });
            },
            refuse: reject,
          });
        }),
      rows: () => Promise.resolve<QueryResult>({ columns: [], rows: [] }),
      check: () => Promise.resolve({ columns: [], bytes: undefined }),
      interrupt: () => {
        isInterrupted = true;
        for (const [statement, unit] of units)
          if (unit.session === session) take(statement).refuse(refusal("interrupted"));
      },
      close: () => {
        if (isClosed) throw new Error("the session is closed twice");
        isClosed = true;
        sessions -= 1;
      },
    };
    return session;
  };
  return {
    session: async ({ functions: given = [] } = {}) => {
      await opening();
      functions.push(given);
      sessions += 1;
      return openSession();
    },
    inspect: () => Promise.resolve([]),
    close: () => undefined,
    open: () => [...units.keys()],
    end: async (statement) => {
      take(statement).end(1);
      await settle();
    },
    refuse: async (statement, cause) => {
      take(statement).refuse(cause);
      await settle();
    },
    functions,
    openSessions: () => sessions,
  };
}
