import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Catalog, CatalogTable, Translate, Translation } from "../../compiler/translation.ts";
import { passed } from "../../domain/diagnostic.ts";
import { type Relation, relationKey } from "../../domain/relation.ts";
import type { Target } from "../../domain/settings.ts";
import type { Sql } from "../../domain/sql.ts";
import { WorldError } from "../../domain/world-error.ts";
import { writeWhole } from "../artifacts/write-artifacts.ts";
import { filesOf, sqlData, type SqlData, sqlOf } from "./sql-data.ts";

/** What a translation found in the catalog: it holds as long as the same is found again. */
type Finding = readonly [relation: Relation, answer: string];

interface KnownTranslation extends Omit<Translation, "statement"> {
  readonly statement: SqlData;
  readonly findings: readonly Finding[];
}

interface KnownFile {
  readonly translator: string;
  readonly project: string;
  readonly translations: Readonly<Record<string, KnownTranslation>>;
}

/** Thrown by a translator that has nothing but what is known, at a query that is not. */
export class UnknownTranslation extends Error {}

/**
 * Translations of earlier calls, in a file of the target folder. A query is known with all that its translation hangs on: its
 * text and where that came from, what the catalog said, and which translator it was. Those that fail are not kept.
 */
export interface KnownTranslations {
  /** Whether the file was written for just this project, so that all of its queries should be known. */
  readonly areCurrent: boolean;
  /** Gives what is known, and throws `UnknownTranslation` at the rest. */
  readonly recall: Translate;
  /** Gives what is known, and translates and remembers the rest. */
  readonly complete: (translate: Translate) => Translate;
  /** Writes what was asked for in this call, if anything changed. A disk that does not take it is no fault: it costs time alone. */
  readonly write: () => void;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** The translator that is installed: another one may translate in another way. A build in place changes its files, not its version. */
function installedTranslator(target: Target): string {
  const folder = join(import.meta.dirname, "..", "..", "compiler", "googlesql");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const states = files.map((file) => {
    const { size, mtimeMs } = statSync(join(folder, file));
    return [file, size, mtimeMs];
  });
  const manifest = readFileSync(join(import.meta.dirname, "..", "..", "..", "package.json"), "utf8");
  return hash(JSON.stringify([manifest, states, target.type, target.database, target.schema]));
}

function keyOf(query: Sql): string {
  return hash(JSON.stringify(sqlData(query)));
}

function readFile(path: string): Partial<KnownFile> {
  try {
    const data: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof data === "object" && data !== null ? data : {};
  } catch {
    return {};
  }
}

function answerOf(table: CatalogTable | undefined): string {
  return table === undefined ? "" : hash(JSON.stringify([table.relation, table.columns]));
}

/** A catalog that notes what is found in it. What lists all tables hangs on more than can be noted. */
function noting(catalog: Catalog): {
  readonly catalog: Catalog;
  readonly findings: () => readonly Finding[] | undefined;
} {
  const findings = new Map<string, Finding>();
  let isListed = false;
  return {
    catalog: {
      find: (relation) => {
        const table = catalog.find(relation);
        findings.set(relationKey(relation), [relation, answerOf(table)]);
        return table;
      },
      tables: () => {
        isListed = true;
        return catalog.tables();
      },
    },
    findings: () => (isListed ? undefined : [...findings.values()]),
  };
}

/** Reads the translations that are known. `project` is a text that is another one for each state of the project's files. */
export function readKnownTranslations(
  path: string,
  { project: state, target }: { readonly project: string; readonly target: Target },
): KnownTranslations {
  const translator = installedTranslator(target);
  const stamp = hash(state);
  const file = readFile(path);
  const isOfTranslator = file.translator === translator;
  const before = new Map(isOfTranslator ? Object.entries(file.translations ?? {}) : []);
  const asked = new Map<string, KnownTranslation>();
  const areCurrent = isOfTranslator && file.project === stamp;
  let isChanged = !areCurrent;
  let isWhole = true;

  const find = (query: Sql, catalog: Catalog): Translation | undefined => {
    const key = keyOf(query);
    const known = asked.get(key) ?? before.get(key);
    if (known?.findings.every(([relation, answer]) => answerOf(catalog.find(relation)) === answer) !== true)
      return undefined;
    asked.set(key, known);
    const { statement, columns, lineage, uses } = known;
    return { statement: sqlOf(statement, filesOf(query)), columns, lineage, uses };
  };

  return {
    areCurrent,
    recall: (query, catalog) => {
      const known = find(query, catalog);
      if (known === undefined) throw new UnknownTranslation();
      return passed(known);
    },
    complete: (translate) => (query, catalog) => {
      const known = find(query, catalog);
      if (known !== undefined) return passed(known);
      const noted = noting(catalog);
      const translated = translate(query, noted.catalog);
      const findings = noted.findings();
      isChanged = true;
      if (!translated.ok || findings === undefined) {
        isWhole = false;
        return translated;
      }
      const { statement, columns, lineage, uses } = translated.value;
      asked.set(keyOf(query), { statement: sqlData(statement), columns, lineage, uses, findings });
      return translated;
    },
    write: () => {
      if (!isChanged) return;
      const project = isWhole ? stamp : "";
      const known: KnownFile = { translator, project, translations: Object.fromEntries(asked) };
      try {
        writeWhole(path, JSON.stringify(known));
      } catch (cause) {
        if (!(cause instanceof WorldError)) throw cause;
      }
    },
  };
}
