import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { holdWarehouse, type Holding, type LockOptions } from "../../src/app/warehouse-lock.ts";
import { bigquery } from "../../src/compiler/dialect/bigquery.ts";
import { bigqueryLock } from "../../src/compiler/dialect/bigquery-lock.ts";
import { type Sql, trustedSql } from "../../src/domain/sql.ts";
import { openBigquery } from "../../src/runner/warehouse/bigquery/open-bigquery.ts";
import { bigqueryOptions } from "./bigquery-options.ts";
import { absenceOf, type RunningEmulator, startBigquery } from "./start-emulator.ts";

const absence = absenceOf("bqemulator");

describe.skipIf(absence !== undefined)(
  `the lock on BigQuery's emulator${absence === undefined ? "" : ` (${absence})`}`,
  () => {
    let root: string;
    let emulator: RunningEmulator;
    let tests = 0;
    let ledger = { database: "test", schema: "", identifier: "" };
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), "tsdbt-buckets-"));
      emulator = await startBigquery(root);
    });
    afterAll(async () => {
      await emulator.stop();
      rmSync(root, { recursive: true, force: true });
    });
    beforeEach(() => {
      ledger = { ...ledger, schema: `lock_${++tests}` };
    });

    const said: string[] = [];
    const optionsOf = (holder: string, more: Partial<LockOptions> = {}): LockOptions => ({
      warehouse: openBigquery(bigqueryOptions(emulator.url)),
      dialect: bigqueryLock(bigquery({ scratch: ledger, location: undefined })),
      ledger,
      holder,
      waitSeconds: 0,
      signal: new AbortController().signal,
      pause: async (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            resolve();
          });
        }),
      clock: Date.now,
      say: (message) => said.push(message),
      ...more,
    });
    const execute = async (...statements: readonly Sql[]): Promise<unknown> => {
      const session = await openBigquery(bigqueryOptions(emulator.url)).session();
      return session.answer({ kind: "execute", statements });
    };
    const expire = async (): Promise<unknown> =>
      execute(trustedSql(`update test.${ledger.schema}.lock set expires = timestamp '2020-01-01' where true`));
    const fenceOf = async ({ held }: Holding): Promise<number> => Promise.resolve(held.fence);

    it("lets one run after another hold the warehouse, each by a greater number", async () => {
      expect(await holdWarehouse(optionsOf("a"), fenceOf)).toBe(1);
      expect(await holdWarehouse(optionsOf("b"), fenceOf)).toBe(2);
    });

    it("tells a second run who holds it", async () => {
      const second = holdWarehouse(optionsOf("a"), async () => holdWarehouse(optionsOf("b"), fenceOf));
      await expect(second).rejects.toMatchObject({
        code: "locked-warehouse",
        message: "The run a holds the warehouse.",
      });
      expect(await holdWarehouse(optionsOf("b"), fenceOf)).toBe(2);
    });

    it("lets a second run wait", async () => {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const order: string[] = [];
      let second: Promise<unknown> = Promise.resolve();
      const first = holdWarehouse(optionsOf("a"), async () => {
        second = holdWarehouse(optionsOf("b", { waitSeconds: 60, pause: waiting }), async () => {
          order.push("b");
          return Promise.resolve();
        });
        await released;
        order.push("a");
      });
      async function waiting(_: number, signal: AbortSignal): Promise<void> {
        release();
        if (!signal.aborted) await first;
      }
      await first;
      await second;
      expect(order).toEqual(["a", "b"]);
      expect(said).toEqual(["The run a holds the warehouse: waiting"]);
    });

    it("lets another run take over what ran out, and stops the statements of the one that lost it", async () => {
      const dialect = bigqueryLock(bigquery({ scratch: ledger, location: undefined }));
      await holdWarehouse(optionsOf("a"), async ({ held }) => {
        await execute(dialect.check(ledger, held));
        await execute(
          trustedSql("begin transaction"),
          ...dialect.fence(ledger, held),
          trustedSql("commit transaction"),
        );
        await expire();
        expect(await holdWarehouse(optionsOf("b"), fenceOf)).toBe(2);
        await expect(execute(dialect.check(ledger, held))).rejects.toThrow("another run has taken the lock");
        await expect(
          execute(trustedSql("begin transaction"), ...dialect.fence(ledger, held), trustedSql("commit transaction")),
        ).rejects.toThrow("another run has taken the lock");
      });
      expect(await holdWarehouse(optionsOf("c"), fenceOf)).toBe(3);
    });

    it("gives a run up that cannot renew its lease", async () => {
      let renew: () => void = () => undefined;
      const run = holdWarehouse(
        optionsOf("a", {
          pause: async (_, signal) =>
            new Promise((resolve) => {
              renew = resolve;
              signal.addEventListener("abort", () => {
                resolve();
              });
            }),
        }),
        async ({ signal }) => {
          await expire();
          renew();
          await new Promise((resolve) => {
            signal.addEventListener("abort", resolve);
          });
        },
      );
      await expect(run).rejects.toMatchObject({ code: "lost-lock" });
    });
  },
);
