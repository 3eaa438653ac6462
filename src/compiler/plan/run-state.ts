import type { Column } from "../../domain/column.ts";
import type { Departure, KnownTable } from "../../domain/ledger.ts";
import type { Layout } from "../../domain/layout.ts";
import { type Relation, relationKey, type RelationKind } from "../../domain/relation.ts";

/** A relation that stands in the warehouse. */
export interface StandingRelation {
  readonly relation: Relation;
  readonly kind: RelationKind;
  readonly columns: readonly Column[];
  readonly layout?: Layout | undefined;
}

/** What warehouse and ledger showed before planning; a run is planned from nothing else. */
export interface RunState {
  readonly find: (relation: Relation) => StandingRelation | undefined;
  readonly knownTables: readonly KnownTable[];
  readonly departures: readonly Departure[];
}

/** The state that was read. */
export function runState(read: {
  readonly relations: readonly StandingRelation[];
  readonly knownTables: readonly KnownTable[];
  readonly departures: readonly Departure[];
}): RunState {
  const byKey = new Map(read.relations.map((each) => [relationKey(each.relation), each]));
  return {
    find: (relation) => byKey.get(relationKey(relation)),
    knownTables: read.knownTables,
    departures: read.departures,
  };
}
