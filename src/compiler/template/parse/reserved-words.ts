/** Words of the language that cannot name a variable. */
export const reservedWords: ReadonlySet<string> = new Set(["and", "or", "not", "in", "is", "if", "else", "elif"]);

/** Names that stand for constants and cannot be assigned to. */
export const constantNames: ReadonlySet<string> = new Set(["true", "false", "none", "True", "False", "None"]);
