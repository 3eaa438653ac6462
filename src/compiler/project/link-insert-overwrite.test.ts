import { describe, expect, it } from "vitest";
import type { DataMap } from "../../domain/data.ts";
import type { Diagnostic } from "../../domain/diagnostic.ts";
import { linkInsertOverwrite } from "./link-insert-overwrite.ts";

function link(values: DataMap): readonly [kind: string, faults: readonly string[]] {
  const faults: Diagnostic[] = [];
  const { kind } = linkInsertOverwrite({ values, spans: {} }, (fault) => faults.push(fault));
  return [kind, faults.map(({ message }) => message)];
}

describe("insert_overwrite", () => {
  it("replaces partitions", () => {
    expect(link({ partition_by: { field: "day" }, partitions: ["current_date()"] })).toEqual(["insert_overwrite", []]);
  });

  it("is told where there are none, or where they are to be copied", () => {
    expect(link({})[1]).toEqual(['The strategy "insert_overwrite" needs the config "partition_by".']);
    expect(link({ partition_by: { field: "day", copy_partitions: true } })[1]).toEqual([
      'tsdbt does not copy partitions yet, which "copy_partitions" asks for.',
    ]);
  });
});
