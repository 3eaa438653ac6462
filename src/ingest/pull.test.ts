import { describe, expect, it } from "vitest";
import { windowLabel } from "../domain/window.ts";
import { pullName, pullWindow } from "./pull.ts";

describe("a pull", () => {
  it.each([
    ["2022-10-13/20221013-030129.json", "2022-10-13 03:00"],
    ["20221013-030129.json", "2022-10-13 03:00"],
    ["a/b/20221013-235959.json", "2022-10-13 23:00"],
    ["2022-10-13/20221014-000000.json", "2022-10-14 00:00"],
    ["20240229-000000.json", "2024-02-29 00:00"],
  ])("%s belongs to the window that its name says, whatever folder it lies in", (path, label) => {
    const window = pullWindow(path);
    expect(window && windowLabel(window)).toBe(label);
    expect(pullName(path)).toBe(path.split("/").at(-1));
  });

  it.each([
    "2022-10-13/notes.txt",
    "20221013-030129.json.gz",
    "20221013-030129.JSON",
    "20221013-030129.json.partial",
    "x20221013-030129.json",
    "20221013-0301.json",
    "20221013T030129.json",
    "20221399-000000.json",
    "20221301-000000.json",
    "20220230-000000.json",
    "20230229-000000.json",
    "00000101-000000.json",
    "20221013-240000.json",
    "20221013-236000.json",
    "20221013-235960.json",
    "２０２２1013-030129.json",
    ".json",
    "",
  ])("is not what has another name, or the name of no time: %j", (path) => {
    expect(pullWindow(path)).toBeUndefined();
  });
});
