const written =
  /\b(?:insert\s+into|merge\s+into|delete\s+from|truncate\s+table|update|(?:create|create\s+or\s+replace|alter|drop)\s+table(?:\s+if\s+(?:not\s+)?exists)?)\s+(?<table>(?:`[^`]+`|[\p{L}_][\p{L}\p{N}_]*)(?:\s*\.\s*(?:`[^`]+`|[\p{L}_][\p{L}\p{N}_]*))*)/giu;

/** The tables that statements of ours write to, by their names as the text spells them, in order and without repetition. */
export function writtenTables(text: string): readonly string[] {
  const tables = [...text.matchAll(written)].map(({ groups }) =>
    (groups?.["table"] ?? "").replaceAll(/[`\s]/gu, "").toLowerCase(),
  );
  return [...new Set(tables)].sort();
}

/**
 * Lets one job at a time write to a table: BigQuery runs two changes of a table and queues twenty, and the next one fails
 * (https://cloud.google.com/bigquery/quotas#data-manipulation-language-statements).
 */
export class TableQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs something when nothing else writes to any of these tables, which are in order. */
  async run<T>(tables: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = tables.flatMap((table) => this.#last.get(table) ?? []);
    // All places are taken at once, so that no two jobs wait for each other.
    const mine = Promise.allSettled(before).then(work);
    const settled = mine.catch(() => undefined);
    for (const table of tables) this.#last.set(table, settled);
    try {
      return await mine;
    } finally {
      for (const table of tables) if (this.#last.get(table) === settled) this.#last.delete(table);
    }
  }
}
