import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { translate } from "../../src/app/googlesql.ts";

const root = join(import.meta.dirname, "../..");

it("runs the example of its page as the page says", () => {
  const page = readFileSync(join(root, "docs/googlesql.md"), "utf8");
  const { code = "", output } = /```js\n(?<code>.*?)```\n\nIt prints `(?<output>[^`]*)`/su.exec(page)?.groups ?? {};
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { cwd: root, encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.stdout.trim()).toBe(output);
});

it("finds tables under every name that the default project allows", async () => {
  const tables = { "shop.orders": [{ name: "id", type: "INT64" }], "P-1.shop.users": [{ name: "id", type: "STRING" }] };
  const query = "select o.id, u.id as user from `p-1.shop.orders` o cross join Shop.Users u";
  expect(await translate(query, { tables, defaultProject: "p-1" })).toMatchObject({
    ok: true,
    columns: [
      { name: "id", type: "INT64" },
      { name: "user", type: "STRING" },
    ],
  });
  expect(await translate(query, { tables })).toMatchObject({ ok: false });
});

it("tells mistakes with their places in the text", async () => {
  const text = "select nme from orders";
  expect(await translate(text, { tables: { orders: [{ name: "name", type: "STRING" }] } })).toEqual({
    ok: false,
    diagnostics: [
      {
        code: "unknown-column",
        message: 'There is no column "nme" in "orders".',
        hint: 'Did you mean "name"?',
        start: 7,
        end: 10,
      },
    ],
  });
});
