import type { Catalog as QueryCatalog } from "../../compiler/googlesql/emit/context.ts";
import type { Catalog, Translate } from "../../compiler/translation.ts";
import { passed } from "../../domain/diagnostic.ts";
import type { Relation } from "../../domain/relation.ts";
import type { Target } from "../../domain/settings.ts";

/** The translator of GoogleSQL. Loading it takes a quarter of a second, so only what needs it does. */
export async function openTranslator(target: Target): Promise<Translate> {
  const translator = await (await import("../../compiler/googlesql/translator.ts")).openTranslator();
  return (query, catalog) => {
    const tables = queryCatalog(catalog, target);
    const translated = translator.translateQuery(query, { catalog: tables });
    if (!translated.ok) return translated;
    const lineage = translated.value.lineage.map(({ column, sources }) => ({
      column,
      sources: sources.map((source) => ({ ...source, table: tables.find(source.table)?.relation ?? source.table })),
    }));
    return passed({ ...translated.value, lineage });
  };
}

function nameOf({ database, schema, identifier }: Relation): readonly string[] {
  return [database, schema, identifier];
}

/** A project's catalog as queries ask it: by names of one to three parts, of which the target gives those left out. */
function queryCatalog(catalog: Catalog, target: Target): QueryCatalog {
  return {
    find: (path) => {
      const [identifier = "", schema = target.schema, database = target.database] = path.toReversed();
      const table = catalog.find({ database, schema, identifier });
      return table === undefined ? undefined : { relation: nameOf(table.relation), columns: table.columns ?? [] };
    },
    names: () => Array.from(catalog.tables(), ({ relation }) => nameOf(relation).join(".")),
  };
}
