import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endOf, startTsdbt, succeed } from "./binary.ts";
import { projectOf } from "./example-project.ts";

const files = {
  "project.yml": "name: shop\ntargets:\n  local: { type: duckdb, path: data/shop.duckdb }\n",
  "models/base.sql": "select 1 as id\n",
  "models/below.sql": "select id from {{ ref('base') }}\n",
  "models/apart.sql": "select 2 as other\n",
};

/** A watch that is going on: what it printed since it was last asked. */
class Watching {
  readonly #child: ChildProcess;
  readonly ended: ReturnType<typeof endOf>;
  #heard = "";
  #wake: () => void = () => undefined;

  constructor(project: string) {
    this.#child = startTsdbt({ folder: project }, ["watch"]);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#heard += text;
        this.#wake();
      });
    this.ended = endOf(this.#child);
  }

  /** Waits until the text was printed, and gives all that was printed up to there. */
  async hears(text: string): Promise<string> {
    while (!this.#heard.includes(text)) {
      if (this.#child.exitCode !== null) throw new Error(`the watch ended; it had printed\n${this.#heard}`);
      await new Promise<void>((woken) => {
        this.#wake = woken;
        this.ended.then(() => {
          woken();
        }, woken);
      });
    }
    const until = this.#heard.indexOf(text) + text.length;
    const heard = this.#heard.slice(0, until);
    this.#heard = this.#heard.slice(until);
    return heard;
  }

  press(key: string): void {
    this.#child.stdin?.write(key);
  }
}

describe("watch", () => {
  it("runs what a save affected, tells faults and watches on, and runs downstream by a key", async () => {
    const project = projectOf(files);
    await succeed(project, "build");
    const save = (text: string): void => {
      writeFileSync(join(project, "models/base.sql"), text);
    };
    const watching = new Watching(project);
    await watching.hears("Watching.");

    save("select 2 as id\n");
    const changed = await watching.hears("Watching.");
    expect(changed).toContain("OK created sql view model main.base");
    expect(changed).not.toContain("main.below");
    expect(changed).not.toContain("main.apart");

    save("select {{ 2 as id\n");
    await watching.hears("models/base.sql:1:13  error  template-syntax");

    save("select 3 as id\n");
    await watching.hears("OK created sql view model main.base");
    await watching.hears("Watching.");

    watching.press("d");
    const downstream = await watching.hears("Watching.");
    expect(downstream).toContain("OK created sql view model main.below");
    expect(downstream).not.toContain("main.apart");

    watching.press("q");
    expect((await watching.ended).code).toBe(0);
    const { out } = await succeed(project, "show", "--select", "below", "--output", "json");
    expect(out).toContain('"show":[{"id":3}]');
  });
});
