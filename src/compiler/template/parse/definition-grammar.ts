import { raise } from "../template-error.ts";
import type { Grammar } from "./nunjucks-parser.ts";
import type { ParsedNode, ParsedParameter } from "./parsed-node.ts";
import { constantNames, reservedWords } from "./reserved-words.ts";

/** A name that is defined here: neither a word of the language nor a constant. */
export function parseNewName(grammar: Grammar, wanted: string): ParsedNode {
  const token = grammar.peek();
  if (token.type !== "symbol" || reservedWords.has(token.value)) return grammar.refuse(wanted);
  const name = token.value;
  grammar.nextToken();
  if (constantNames.has(name))
    raise("template-syntax", `"${name}" is a constant; nothing can be assigned to it.`, {
      span: { file: grammar.file, start: token.colno, end: token.lineno },
    });
  return new grammar.nodes.Symbol(token.lineno, token.colno, name);
}

/** The parameters of a macro or call block, from bracket to bracket. */
export function parseParameters(grammar: Grammar): readonly ParsedParameter[] {
  const parameters: ParsedParameter[] = [];
  grammar.take("left-paren");
  while (!grammar.skip("right-paren")) {
    if (parameters.length > 0) {
      if (!grammar.skip("comma")) grammar.refuse('"," or ")"');
      if (grammar.skip("right-paren")) break;
    }
    const name = parseNewName(grammar, "the name of a parameter");
    if (grammar.skipValue("operator", "=")) parameters.push({ name, default: grammar.parseExpression() });
    else if (parameters.at(-1)?.default === undefined) parameters.push({ name, default: undefined });
    else
      raise("template-syntax", "A parameter without a default stands behind one with a default.", {
        span: { file: grammar.file, start: name.colno, end: name.lineno },
      });
  }
  return parameters;
}

/** `macro name(parameters)`, and dbt's `test name(parameters)`. */
export function parseRoutine(grammar: Grammar, start: number): ParsedNode {
  const tag = grammar.skipSymbol("macro") ? "macro" : "test";
  if (tag === "test") grammar.nextToken();
  const name = parseNewName(grammar, `the name of the ${tag}`);
  const parameters = parseParameters(grammar);
  grammar.advanceAfterBlockEnd(tag);
  const body = grammar.parseUntilBlocks(`end${tag}`);
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form: tag === "macro" ? "macro" : "test-definition", name, parameters, body });
}

/** dbt's `snapshot name` and `docs name`. */
export function parseNamedBlock(grammar: Grammar, start: number): ParsedNode {
  const form = grammar.skipSymbol("snapshot") ? "snapshot" : "docs";
  if (form === "docs") grammar.nextToken();
  const name = parseNewName(grammar, `the name of the ${form}`);
  grammar.advanceAfterBlockEnd(form);
  const body = grammar.parseUntilBlocks(`end${form}`);
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form, name, body });
}

/** dbt's `materialization name, default` or `adapter='…'`, with `supported_languages=[…]`. */
export function parseMaterialization(grammar: Grammar, start: number): ParsedNode {
  grammar.nextToken();
  const name = parseNewName(grammar, "the name of the materialization");
  let adapter: string | undefined;
  let languages: readonly string[] = ["sql"];
  while (grammar.skip("comma")) {
    if (grammar.skipSymbol("default")) continue;
    if (grammar.skipSymbol("adapter")) {
      if (!grammar.skipValue("operator", "=")) grammar.refuse('"="');
      adapter = grammar.take("string").value;
    } else if (grammar.skipSymbol("supported_languages")) {
      if (!grammar.skipValue("operator", "=")) grammar.refuse('"="');
      languages = parseLanguages(grammar);
    } else grammar.refuse('"default", "adapter" or "supported_languages"');
  }
  grammar.advanceAfterBlockEnd("materialization");
  const body = grammar.parseUntilBlocks("endmaterialization");
  grammar.advanceAfterBlockEnd();
  return grammar.jinja(start, { form: "materialization", name, adapter, languages, body });
}

function parseLanguages(grammar: Grammar): readonly string[] {
  const languages: string[] = [];
  grammar.take("left-bracket");
  while (!grammar.skip("right-bracket")) {
    if (languages.length > 0 && !grammar.skip("comma")) grammar.refuse('"," or "]"');
    languages.push(grammar.take("string").value);
  }
  return languages;
}
