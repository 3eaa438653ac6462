/** A column's name without the quotes that the author may have put around it. */
export function unquotedName(name: string): string {
  const text = name.trim();
  const [, inside] = /^"((?:[^"]|"")+)"$/u.exec(text) ?? [];
  return inside === undefined ? text.replace(/^`([^`]+)`$/u, "$1") : inside.replaceAll('""', '"');
}

/** Whether a text is a name, with or without quotes, and no expression. */
export function isColumnName(text: string): boolean {
  return /^\s*(?:[\p{L}_][\p{L}\p{N}_$]*|"(?:[^"]|"")+"|`[^`]+`)\s*$/u.test(text);
}
