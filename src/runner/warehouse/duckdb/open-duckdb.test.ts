import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { trustedSql } from "../../../domain/sql.ts";
import { WorldError } from "../../../domain/world-error.ts";
import { describeWarehouse } from "../warehouse.contract.ts";
import { openDuckdb } from "./open-duckdb.ts";

const folder = mkdtempSync(join(tmpdir(), "tsdbt-duckdb-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describeWarehouse({
  name: "DuckDB in memory",
  open: () => openDuckdb({ path: "", name: "memory", access: "memory" }),
  relation: (identifier) => ({ database: "memory", schema: "main", identifier }),
});

let files = 0;
describeWarehouse({
  name: "a DuckDB file",
  open: () =>
    openDuckdb({ path: join(folder, `f${String(files++)}`, "own.duckdb"), name: "own.duckdb", access: "write" }),
  relation: (identifier) => ({ database: "own", schema: "main", identifier }),
});

function open(path: string, access: "write" | "read" = "write"): Promise<unknown> {
  return openDuckdb({ path: join(folder, path), name: path, access }).catch((cause: unknown) => cause);
}

describe("opening a database file", () => {
  it("tells of a file that is no database", async () => {
    writeFileSync(join(folder, "text.duckdb"), "not a database\n".repeat(1000));
    expect(await open("text.duckdb")).toMatchObject({
      code: "not-a-database",
      message: 'The file "text.duckdb" is not a DuckDB database.',
    });
  });

  it("tells of a folder in place of the file", async () => {
    mkdirSync(join(folder, "folder.duckdb"));
    expect(await open("folder.duckdb")).toBeInstanceOf(WorldError);
  });

  it("makes no file where it only reads", async () => {
    expect(await open("absent.duckdb", "read")).toMatchObject({ code: "database-io" });
  });

  it("names the process that holds the file", async () => {
    const path = join(folder, "held.duckdb");
    const script = `const { DuckDBInstance } = await import("@duckdb/node-api");
      const held = await DuckDBInstance.create(${JSON.stringify(path)}); console.log("held"); process.stdin.resume();`;
    const holder = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(holder.stdout, "data");
    const refusal = await open("held.duckdb");
    holder.kill("SIGKILL");
    expect(refusal).toMatchObject({ code: "database-locked", isRetryable: true });
    expect(refusal).toHaveProperty("message", expect.stringContaining(`is in use by process ${String(holder.pid)} (`));
  });

  it("does not depend on the time zone of the process", async () => {
    const zone = process.env["TZ"];
    process.env["TZ"] = "America/New_York";
    const warehouse = await openDuckdb({ path: "", name: "memory", access: "memory" });
    const session = await warehouse.session();
    const { rows } = await session.rows(
      trustedSql(
        "select timestamptz '2022-10-31 23:30:00+00' as t, cast(timestamptz '2022-10-31 23:30:00+00' as date) as d",
      ),
    );
    session.close();
    warehouse.close();
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
    expect(rows).toEqual([{ t: "2022-10-31 23:30:00+00", d: "2022-10-31" }]);
  });
});
