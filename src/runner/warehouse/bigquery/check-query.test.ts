import { describe, expect, it } from "vitest";
import { type RestCall, RestError } from "./bigquery-client.ts";
import { checkQuery } from "./check-query.ts";

function client(...answers: readonly unknown[]): {
  readonly calls: RestCall[];
  call(request: RestCall): Promise<unknown>;
} {
  const calls: RestCall[] = [];
  return {
    calls,
    call: (request) => {
      const answer = answers[calls.length];
      calls.push(request);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}

const rest = { location: "EU", startedMs: 0, retries: 1, pause: () => Promise.resolve() };
const query = { query: { query: "select 1 as x" } };

describe("a query that is only looked at", () => {
  it("tells its columns and the bytes that it would read, and is no job", async () => {
    const fields = [{ name: "x", type: "INTEGER" }];
    const fake = client({ statistics: { totalBytesProcessed: "12", query: { schema: { fields } } } });
    expect(await checkQuery({ ...rest, client: fake }, query)).toEqual({
      kind: "checked",
      check: { columns: [{ name: "x", type: "INT64" }], bytes: 12 },
    });
    expect(fake.calls).toEqual([
      {
        method: "POST",
        path: "/jobs",
        body: { jobReference: { location: "EU" }, configuration: { ...query, dryRun: true } },
      },
    ]);
  });

  it("is refused in BigQuery's words", async () => {
    const fake = client(new RestError("Unrecognized name: y at [1:8]", { status: 400, reason: "invalidQuery" }));
    expect(await checkQuery({ ...rest, client: fake }, query)).toEqual({
      kind: "refused",
      message: "Unrecognized name: y at [1:8]",
    });
  });

  it("is looked at again where the failure passes, and given up where it does not", async () => {
    const busy = new RestError("busy", { status: 503, reason: "backendError" });
    const done = { statistics: { query: {} } };
    expect(await checkQuery({ ...rest, client: client(busy, done) }, query)).toMatchObject({ kind: "checked" });
    await expect(checkQuery({ ...rest, client: client(busy, busy) }, query)).rejects.toThrow(
      "BigQuery does not answer: looking at a query failed.",
    );
  });
});
