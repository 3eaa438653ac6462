import type { Seed } from "../../domain/model.ts";
import type { Outcome } from "../../domain/plan.ts";
import type { RelationKind } from "../../domain/relation.ts";
import { execute, type Script } from "../../domain/script.ts";
import type { WarehouseSql } from "./warehouse-sql.ts";

/** A seed's rows are put in place of whatever stood there. */
export function* seed(seed: Seed, existing: RelationKind | undefined, { dialect }: WarehouseSql): Script<Outcome> {
  yield* execute(...dialect.replaceTableByRows(seed.relation, existing, seed));
  return { status: "success", message: `INSERT ${seed.rows.length}`, rowCount: seed.rows.length, warnings: [] };
}
