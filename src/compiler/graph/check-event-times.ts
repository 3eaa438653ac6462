import { type Diagnostic, warning } from "../../domain/diagnostic.ts";
import type { Materialization } from "../../domain/model.ts";
import type { Span } from "../../domain/source-file.ts";
import type { Readable } from "./name-table.ts";

interface Reader {
  readonly name: string;
  readonly span: Span;
  readonly materialization: Materialization;
  readonly dependencies: readonly { readonly uniqueId: string }[];
}

function isMicrobatch({ materialization }: Reader): boolean {
  return materialization.kind === "incremental" && materialization.strategy.kind === "microbatch";
}

/** A warning for each microbatch model that reads all of its inputs in each batch, for none of them says by what it could be cut. */
export function checkEventTimes(readers: readonly Reader[], inputs: readonly Readable[]): readonly Diagnostic[] {
  const cut = new Set(inputs.filter(({ eventTime }) => eventTime !== undefined).map(({ uniqueId }) => uniqueId));
  return readers
    .filter((reader) => isMicrobatch(reader) && !reader.dependencies.some(({ uniqueId }) => cut.has(uniqueId)))
    .map(({ name, span }) =>
      warning("microbatch", `No input of the microbatch model "${name}" has the config "event_time".`, {
        span,
        hint: "Each batch reads its inputs whole. Say event_time in the config of what is large.",
      }),
    );
}
