import type { Catalog as QueryCatalog } from "../compiler/googlesql/emit/context.ts";
import type { Catalog, Translate } from "../compiler/translation.ts";
import type { Relation } from "../domain/relation.ts";
import type { Target } from "../domain/settings.ts";

/** The translator of GoogleSQL. Loading it takes a quarter of a second, so only a project that needs it does. */
export async function openTranslator({ target }: { readonly target: Target }): Promise<Translate> {
  const translator = await (await import("../compiler/googlesql/translator.ts")).openTranslator();
  return (query, catalog) => translator.translateQuery(query, { catalog: queryCatalog(catalog, target) });
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
