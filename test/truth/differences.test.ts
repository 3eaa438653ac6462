import { describe, expect, it } from "vitest";
import { differences, type TableRow } from "./differences.ts";
import { rawFolder, rawRecord } from "./raw-folder.ts";
import { readTruth } from "./truth.ts";

const time = "2022-10-31T10:00:00Z";

function twoEvents(): { readonly truth: ReturnType<typeof readTruth>; readonly rows: readonly TableRow[] } {
  const records = [rawRecord("u1", time), rawRecord(undefined, time, { distinct_id: "2" })];
  const truth = readTruth(rawFolder({ "2022-10-31/20221031-100001.json": records }));
  const rows = [...truth.events.values()].map((row) => ({
    ...row,
    uuid: row.uuid ?? "made by tsdbt",
    dl_updated_at: "now",
  }));
  return { truth, rows };
}

const dau = [{ event_date: "2022-10-31", cnt: 2 }];
const mau = [{ event_month: "2022-10-01", cnt: "2" }];

describe("differences", () => {
  it("finds none in the right tables", () => {
    const { truth, rows } = twoEvents();
    expect(differences(truth, { event_data: [...rows].reverse(), dau, mau })).toEqual([]);
  });

  it("names a cell that is wrong", () => {
    const { truth, rows } = twoEvents();
    const wrong = rows.map((row) => (row["uuid"] === "u1" ? { ...row, distinct_id: "9" } : row));
    expect(differences(truth, { event_data: wrong, dau, mau })).toEqual([
      'event_data, u1: distinct_id is "9", not "1".',
    ]);
  });

  it("names events that are missing, twice there, or invented", () => {
    const { truth, rows } = twoEvents();
    const [first, second] = rows;
    expect(differences(truth, { event_data: second === undefined ? [] : [second], dau, mau })).toEqual([
      "event_data, u1: it is missing.",
    ]);
    expect(differences(truth, { event_data: first === undefined ? [] : [first], dau, mau })).toHaveLength(1);
    expect(differences(truth, { event_data: [...rows, ...rows.slice(0, 1)], dau, mau })).toEqual([
      "event_data has u1 twice.",
    ]);
    expect(differences(truth, { event_data: [...rows, { uuid: "u3" }], dau, mau })).toEqual([
      "event_data has u3, which no pull tells of.",
    ]);
  });

  it("names days and months that are wrong, missing, twice there or invented", () => {
    const { truth, rows } = twoEvents();
    expect(differences(truth, { event_data: rows, dau: [{ event_date: "2022-10-31", cnt: 1 }], mau: [] })).toEqual([
      "dau, 2022-10-31: 1, not 2.",
      "mau, 2022-10-01: no row, not 2.",
    ]);
    const invented = [...dau, ...dau, { event_date: "2022-01-01", cnt: 0 }];
    expect(differences(truth, { event_data: rows, dau: invented, mau })).toEqual([
      "dau has two rows of one event_date.",
      "dau, 2022-01-01: 0, not no row.",
    ]);
  });
});
