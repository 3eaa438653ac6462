import { isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { IncrementalStrategy } from "../../domain/incremental.ts";
import { authorSqls } from "./author-sql.ts";
import { linkPartitioning } from "./link-partitioning.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

/** How whole partitions of a model's table are replaced, from its config (DBT_SEMANTICS §4.4). */
export function linkInsertOverwrite(
  config: ResolvedConfig,
  report: (diagnostic: Diagnostic) => void,
): IncrementalStrategy {
  const written = config.values["partition_by"];
  // What is wrong with the mapping itself is told where the layout is linked.
  const partitioning = linkPartitioning(config, () => undefined);
  const span = config.spans["incremental_strategy"];
  if (written === undefined || written === null)
    report(
      error("config-value", 'The strategy "insert_overwrite" needs the config "partition_by".', {
        span,
        hint: 'Write partition_by={"field": "day"}.',
      }),
    );
  if (written !== undefined && isDataMap(written) && written["copy_partitions"] === true)
    report(
      error("unsupported-config", 'tsdbt does not copy partitions yet, which "copy_partitions" asks for.', {
        span: config.spans["partition_by"],
        hint: "Without it the same rows come in by one merge.",
      }),
    );
  if (partitioning === undefined || partitioning.kind === "ingestion") return { kind: "append" };
  return { kind: "insert_overwrite", partitioning, listed: authorSqls(config, "partitions") };
}
