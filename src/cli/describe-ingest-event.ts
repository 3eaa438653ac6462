import type { DueReason, DueWindow, IngestEvent } from "../domain/ingest-event.ts";
import { windowLabel } from "../domain/window.ts";
import { line, type LogLine } from "./log-line.ts";

function count(number: number, what: string): string {
  return `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
}

const reasons: readonly (readonly [DueReason, string])[] = [
  ["new", "new"],
  ["changed", "changed"],
  ["vanished", "without their files"],
  ["columns", "with other columns"],
  ["restored", "whose CSV was not the loaded one"],
];

function describeDue(due: readonly DueWindow[]): string {
  if (due.length === 0) return "nothing is due";
  const parts = reasons.flatMap(([reason, words]) => {
    const these = due.filter((each) => each.reason === reason).length;
    return these === 0 ? [] : [`${these} ${words}`];
  });
  return `${count(due.length, "window")} due (${parts.join(", ")})`;
}

/** Windows that are told one by one: those that were loaded before and are redone. */
function describeRestated(event: Extract<IngestEvent, { readonly kind: "windowStaged" }>): readonly LogLine[] {
  const { due, staged, isUnchanged, source } = event;
  if (due.reason === "new") return [];
  const what = {
    changed: "its files changed",
    vanished: "its files vanished",
    columns: "the columns are other ones",
    restored: "its CSV was not the one that was loaded",
  }[due.reason];
  const came = isUnchanged
    ? "the content is as it was"
    : `${count(staged.rows, "row")} from ${count(staged.files, "file")}`;
  return [line("T003", "WindowStaged", `${source}: window ${windowLabel(due.window)} again, ${what}: ${came}`)];
}

/** An event of ingest as lines of output. */
export function describeIngestEvent(event: IngestEvent): readonly LogLine[] {
  const { source } = event;
  switch (event.kind) {
    case "pullsListed": {
      const { ignored } = event;
      const lines = [
        line("T001", "PullsListed", `${source}: ${count(event.files, "file")}, ${describeDue(event.due)}`),
      ];
      if (ignored.count === 0) return lines;
      const names = ignored.examples.map((name) => `"${name}"`).join(", ");
      const text = `${source}: ${count(ignored.count, "file")} passed over, for the name says no time: ${names}`;
      return [...lines, { ...line("T002", "NamesIgnored", text), level: "warn" }];
    }
    case "windowStaged":
      return describeRestated(event);
    case "batchLoaded":
      return [
        {
          ...line(
            "T004",
            "BatchLoaded",
            `${source}: ${count(event.windows, "window")} loaded, ${count(event.rows, "row")}`,
          ),
          level: "debug",
        },
      ];
    case "ingestEnded": {
      const { totals } = event;
      if (totals.windows === 0) return [];
      const turnedAway = totals.rejectedFiles + totals.rejectedRecords;
      const loaded = totals.windows - totals.unchangedWindows;
      const text = `${source}: ${count(loaded, "window")} loaded with ${count(totals.rows, "row")} from ${count(totals.files, "file")}`;
      const lines = [line("T005", "IngestEnded", text)];
      if (turnedAway === 0) return lines;
      const rejected = `${source}: turned away ${count(totals.rejectedFiles, "file")} and ${count(totals.rejectedRecords, "record")}; tsdbt ingest --show-rejected lists them`;
      return [...lines, { ...line("T006", "RejectedCounted", rejected), level: "warn" }];
    }
  }
}
