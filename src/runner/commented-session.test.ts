import { describe, expect, it } from "vitest";
import { fakeWarehouse, settle } from "../../test/fake-warehouse.ts";
import type { QueryComment } from "../domain/query-comment.ts";
import { trustedSql } from "../domain/sql.ts";
import { openSession } from "./commented-session.ts";

async function sentWith(comment: QueryComment | undefined): Promise<readonly string[]> {
  const warehouse = fakeWarehouse();
  const sent: string[] = [];
  const session = await openSession(warehouse, { comment, sent: (statement) => sent.push(statement) });
  const answer = session.answer({ kind: "execute", statements: [trustedSql("a"), trustedSql("b -- end")] });
  await settle();
  await warehouse.end(warehouse.open()[0] ?? "");
  await answer;
  session.close();
  expect(warehouse.openSessions()).toBe(0);
  return sent;
}

describe("a session with a comment", () => {
  it("puts it in front of each statement", async () => {
    const comment = { text: "of m", place: "front", labels: {} } as const;
    expect(await sentWith(comment)).toEqual(["/* of m */\na", "/* of m */\nb -- end"]);
  });

  it("puts it behind each, on a line of its own", async () => {
    const comment = { text: "of m", place: "end", labels: {} } as const;
    expect(await sentWith(comment)).toEqual(["a\n/* of m */", "b -- end\n/* of m */"]);
  });

  it("sends statements as they are where there is none", async () => {
    expect(await sentWith(undefined)).toEqual(["a", "b -- end"]);
  });
});
