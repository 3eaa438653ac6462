import { describe, expect, it } from "vitest";
import { nextWatch, startWatch, type WatchHappening, type WatchMove, type WatchTask } from "./watch-machine.ts";

function walk(...happenings: readonly WatchHappening[]): {
  readonly state: string;
  readonly tasks: readonly (WatchTask | undefined)[];
} {
  const tasks: (WatchTask | undefined)[] = [startWatch.task];
  let move: WatchMove = startWatch;
  for (const happening of happenings) {
    move = nextWatch(move.state, happening);
    tasks.push(move.task);
  }
  return { state: move.state.kind, tasks };
}

const saved: WatchHappening = { kind: "saved" };
const ended: WatchHappening = { kind: "ended" };
const compiled = (...affected: readonly string[]): WatchHappening => ({ kind: "compiled", affected });
const compileTask: WatchTask = { kind: "compile" };
const runTask = (...models: readonly string[]): WatchTask => ({ kind: "run", models, downstream: false });

describe("the watch machine", () => {
  it("compiles first, and waits when nothing is affected", () => {
    expect(walk(compiled())).toEqual({ state: "waiting", tasks: [compileTask, undefined] });
  });

  it("runs what a save affected, and waits again", () => {
    expect(walk(compiled(), saved, compiled("dau"), ended)).toEqual({
      state: "waiting",
      tasks: [compileTask, undefined, compileTask, runTask("dau"), undefined],
    });
  });

  it("never runs twice at once: saves during a run make one compile after it", () => {
    expect(walk(compiled("dau"), saved, saved, saved, ended)).toEqual({
      state: "compiling",
      tasks: [compileTask, runTask("dau"), undefined, undefined, undefined, compileTask],
    });
  });

  it("compiles again when a save comes during a compile", () => {
    expect(walk(saved, compiled("dau"), compiled("dau"))).toEqual({
      state: "running",
      tasks: [compileTask, undefined, compileTask, runTask("dau")],
    });
  });

  it("forgets no affected model when a compile is made again", () => {
    const { tasks } = walk(saved, compiled("dau"), compiled("mau"), ended);
    expect(tasks.flatMap((task) => (task?.kind === "run" ? task.models : []))).toEqual(["dau", "mau"]);
  });

  it("runs downstream of the last models by one key, and nothing before there are any", () => {
    expect(walk(compiled(), { kind: "downstream" }).tasks.at(-1)).toBeUndefined();
    expect(walk(compiled("dau"), ended, { kind: "downstream" }).tasks.at(-1)).toEqual({
      kind: "run",
      models: ["dau"],
      downstream: true,
    });
  });
});
