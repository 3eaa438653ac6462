import type { Comments } from "../../domain/contract.ts";
import type { PropertiesDeclaration } from "./parse-properties.ts";
import { configMapping, type ResolvedConfig } from "./resolve-config.ts";

/** What `persist_docs` has written to the warehouse of what property files say. */
export function persistedComments(config: ResolvedConfig, described: PropertiesDeclaration | undefined): Comments {
  const { relation, columns } = configMapping(config.values["persist_docs"]);
  const description = described?.description ?? "";
  return {
    relation: relation === true && description !== "" ? description : undefined,
    columns:
      columns === true
        ? (described?.columns ?? []).map(({ name, description: text, isQuoted }) => ({ name, text, isQuoted }))
        : [],
  };
}
