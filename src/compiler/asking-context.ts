import type { Column } from "../domain/column.ts";
import { type Checked, failed } from "../domain/diagnostic.ts";
import { type Relation, relationKey } from "../domain/relation.ts";
import type { DialectName } from "../domain/settings.ts";
import type { Script } from "../domain/script.ts";
import type { EphemeralModel } from "./collect-ephemeral.ts";
import type { CompileContext } from "./compile-model.ts";
import { googlesqlType } from "./dialect/googlesql-type.ts";
import { answered, type Ask, askNobody } from "./template/context/ask.ts";
import { nativeWarehouse, type WarehouseAccess } from "./template/context/warehouse-access.ts";
import { replay, unlessAsking } from "./template/replay.ts";
import { TemplateError } from "./template/template-error.ts";
import type { Catalog, CatalogTable } from "./translation.ts";

/** Models that are compiled at their turn in the run: what reads them before knows neither their columns nor their queries. */
export interface AskingModels {
  /** By `relationKey`. */
  readonly relations: ReadonlySet<string>;
  /** How ephemeral ones are compiled, by unique id. */
  readonly ephemeral: ReadonlyMap<string, (context: CompileContext) => EphemeralModel>;
}

/** A table whose columns are asked for when they are looked at. */
function askingTable(relation: Relation, ask: Ask): CatalogTable {
  let columns: readonly Column[] | undefined;
  return {
    relation,
    get columns() {
      columns ??= answered(ask, { kind: "columns", relation, isStable: false }).columns.map(({ name, type }) => ({
        name,
        type: googlesqlType(type),
      }));
      return columns;
    },
  };
}

function askingCatalog(catalog: Catalog, relations: ReadonlySet<string>, ask: Ask): Catalog {
  return {
    find: (relation) => (relations.has(relationKey(relation)) ? askingTable(relation, ask) : catalog.find(relation)),
    tables: () => catalog.tables(),
  };
}

/** The value, or its first fault on the way to whoever reads it. */
export function raiseFirst<T>(result: Checked<T>): T {
  if (result.ok) return result.value;
  const [first] = result.diagnostics;
  if (first === undefined) throw new Error("what fails says why");
  throw new TemplateError(first, { isPlaced: true });
}

function accessOf({ translate, catalog }: CompileContext, dialect: DialectName, ask: Ask): WarehouseAccess {
  if (dialect === "duckdb") return nativeWarehouse(ask);
  return {
    ask,
    prepare: (statement) => raiseFirst(translate(statement, catalog)),
    knownColumns: (relation) => catalog.find(relation)?.columns,
    typeName: googlesqlType,
  };
}

/** The context in which a resource of a dialect is compiled where these questions are answered. */
function askingContext(context: CompileContext, dialect: DialectName, ask: Ask): CompileContext {
  const { asking } = context;
  const catalog = asking === undefined ? context.catalog : askingCatalog(context.catalog, asking.relations, ask);
  const known: CompileContext = { ...context, catalog };
  const whole: CompileContext = {
    ...known,
    warehouse: accessOf(known, dialect, ask),
    ephemeral: { get: (id) => asking?.ephemeral.get(id)?.(whole) ?? context.ephemeral.get(id) },
  };
  return whole;
}

/** What a compilation gives where nobody answers, or that it asks. */
export function compileUnasked<T>(
  { context, dialect }: { readonly context: CompileContext; readonly dialect: DialectName },
  compile: (context: CompileContext) => Checked<T>,
): Checked<T> | "asks" {
  return unlessAsking(() => told(() => compile(askingContext(context, dialect, askNobody))));
}

/** Compiles with answers. */
export function* compileAsking<T>(
  { context, dialect }: { readonly context: CompileContext; readonly dialect: DialectName },
  compile: (context: CompileContext) => Checked<T>,
): Script<Checked<T>> {
  return yield* replay((ask) => told(() => compile(askingContext(context, dialect, ask))));
}

/** An ephemeral model that is at fault is the fault of what reads it. */
function told<T>(compile: () => Checked<T>): Checked<T> {
  try {
    return compile();
  } catch (cause) {
    if (cause instanceof TemplateError) return failed(cause.diagnostic);
    throw cause;
  }
}
