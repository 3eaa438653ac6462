import type { DuckDBConnection } from "@duckdb/node-api";
import type { Data } from "../../../domain/data.ts";
import type { DuckdbAttachment, DuckdbExtension, DuckdbSetup } from "../../../domain/settings.ts";
import { WorldError } from "../../../domain/world-error.ts";

/** What a database is made ready with where the target says nothing. */
export const noSetup: DuckdbSetup = { configOptions: {}, extensions: [], attachments: [], settings: {} };

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function word(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The value of a setting as text, which DuckDB casts to what it needs. */
export function printedSetting(value: Data): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function loadStatements({ name, repository }: DuckdbExtension): readonly string[] {
  const from = repository === undefined ? "" : ` from ${/^\w+$/u.test(repository) ? repository : quoted(repository)}`;
  return [`install ${word(name)}${from}`, `load ${word(name)}`];
}

/** A truth value is an option by its name alone, or none; a type and a secret are names; a text within quotes stays as it is. */
function attachOption(key: string, value: Data): readonly string[] {
  if (value === null || value === false) return [];
  const name = key.toUpperCase();
  if (value === true) return [name];
  const text = printedSetting(value);
  const isBare = typeof value !== "string" || ["TYPE", "SECRET"].includes(name) || /^(?:'.*'|".*")$/u.test(text);
  return [`${name} ${isBare ? text : quoted(text)}`];
}

function attachStatement({ path, alias, options }: DuckdbAttachment): string {
  const given = Object.entries(options).flatMap(([key, value]) => attachOption(key, value));
  const as = alias === undefined ? "" : ` as ${word(alias)}`;
  return `attach if not exists ${quoted(path)}${as}${given.length === 0 ? "" : ` (${given.join(", ")})`}`;
}

async function run(connection: DuckDBConnection, statement: string): Promise<void> {
  try {
    await connection.run(statement);
  } catch (cause) {
    throw new WorldError("database-setup", `The target asks for "${statement}", which DuckDB refuses.`, {
      hint: cause instanceof Error ? cause.message.split("\n")[0] : undefined,
      cause,
    });
  }
}

/** Installs and loads the extensions of a target and attaches its databases: once for all connections. */
export async function prepareDatabase(connection: DuckDBConnection, setup: DuckdbSetup): Promise<void> {
  for (const extension of setup.extensions)
    for (const statement of loadStatements(extension)) await run(connection, statement);
  for (const attachment of setup.attachments) await run(connection, attachStatement(attachment));
}

/** Applies the settings of a target to a connection. DuckDB casts their texts to what it needs. */
export async function applySettings(connection: DuckDBConnection, setup: DuckdbSetup): Promise<void> {
  for (const [key, value] of Object.entries(setup.settings))
    await run(connection, `set ${word(key)} = ${quoted(printedSetting(value))}`);
}
