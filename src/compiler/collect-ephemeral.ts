import { type Checked, type Diagnostic, error, failed, passed } from "../domain/diagnostic.ts";
import type { DialectName } from "../domain/settings.ts";
import type { Span } from "../domain/source-file.ts";
import type { Sql } from "../domain/sql.ts";
import { ephemeralName } from "./template/context/relation-value.ts";
import type { EphemeralQuery } from "./template/inject-ephemeral.ts";

/** An ephemeral model's query, before others are put in front of it, and the ids of the resources that it reads. */
export interface EphemeralModel {
  readonly identifier: string;
  readonly dialect: DialectName;
  readonly query: Sql;
  readonly reads: readonly string[];
  /** The model's file, where it is told that its query does not fit its reader. */
  readonly span: Span;
}

/** Who reads, and what there is to be read. */
export interface EphemeralReader {
  readonly dialect: DialectName;
  readonly place: Span;
  readonly ephemeral: KnownEphemeral;
}

/** Ephemeral models by their ids. */
export type KnownEphemeral = Pick<ReadonlyMap<string, EphemeralModel>, "get">;

function withAll(ids: readonly string[], ephemeral: KnownEphemeral): readonly EphemeralModel[] {
  const found = new Map<string, EphemeralModel>();
  const visit = (id: string): void => {
    const model = ephemeral.get(id);
    if (model === undefined || found.has(id)) return;
    model.reads.forEach(visit);
    found.set(id, model);
  };
  ids.forEach(visit);
  return [...found.values()];
}

/** The queries of all ephemeral models that a reader needs, each once, those that others read first; what cannot be put together is told. */
export function collectEphemeral(
  ids: readonly string[],
  { dialect, place, ephemeral }: EphemeralReader,
): Checked<readonly EphemeralQuery[]> {
  const models = withAll(ids, ephemeral);
  const faults: Diagnostic[] = [];
  const known = new Map<string, EphemeralModel>();
  for (const model of models) {
    const related = [{ message: "The ephemeral model is here.", span: model.span }];
    if (model.dialect !== dialect)
      faults.push(
        error("ephemeral-dialect", `The ephemeral model "${model.identifier}" is written in another dialect.`, {
          span: place,
          related,
          hint: "Its query becomes a part of its readers': make it a view.",
        }),
      );
    const name = model.identifier.toLowerCase();
    if (known.has(name))
      faults.push(
        error("ephemeral-name", `Two ephemeral models that are read here have the alias "${model.identifier}".`, {
          span: place,
          related,
        }),
      );
    known.set(name, model);
  }
  if (faults.length > 0) return failed(...faults);
  return passed(models.map(({ identifier, query }) => ({ name: ephemeralName(identifier, dialect), query })));
}
