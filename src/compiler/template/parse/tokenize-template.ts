import type { SourceFile, Span } from "../../../domain/source-file.ts";
import { raise } from "../template-error.ts";
import { skipSpace, trimmedEnd } from "../values/python-space.ts";
import { readNumber } from "./read-number.ts";
import { readString } from "./read-string.ts";
import type { Token, TokenSource, WordToken } from "./tokens.ts";

const punctuation: Readonly<Record<string, WordToken["type"]>> = {
  "(": "left-paren",
  ")": "right-paren",
  "[": "left-bracket",
  "]": "right-bracket",
  "{": "left-curly",
  "}": "right-curly",
  ",": "comma",
  ":": "colon",
  "~": "tilde",
  "|": "pipe",
};

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const operators: readonly string[] = ["//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", ">", "<", "=", "."];

const foreign: Readonly<Record<string, string>> = {
  "===": 'Write "==".',
  "!==": 'Write "!=".',
  "&&": 'Write "and".',
  "||": 'Write "or".',
  "!": 'Write "not".',
  "??": 'Write "x | default(y)".',
  "?": 'Write "x if condition else y".',
  "`": "Write text in single or double quotes.",
};

const foreignSigns = Object.keys(foreign).filter((sign) => sign.length > 1);

const rawStart = /\{%[-+]?\s*raw\s*(?<trim>-?)%\}/uy;
const rawEnd = /\{%(?<trimBefore>[-+]?)\s*endraw\s*(?<trimAfter>[-+]?)%\}/gu;
const word = /[\p{ID_Continue}]+/uy;
const digit = /[0-9]/u;

type Mode = "text" | "block" | "variable";

/**
 * Jinja's lexer with the interface of nunjucks': it applies whitespace control, drops comments and the last line break,
 * resolves `raw`, and keeps brackets in balance, so that the parser sees nothing of these. It is a state machine:
 *
 *     text ──"{{"──▶ variable ──"}}"──▶ text ──"{%"──▶ block ──"%}"──▶ text
 */
export class TemplateTokenizer implements TokenSource {
  readonly tags = { VARIABLE_START: "{{", VARIABLE_END: "}}" } as const;
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #end: number;
  #mode: Mode = "text";
  #position = 0;
  #tagStart = 0;
  #open: { readonly closer: string; readonly at: number }[] = [];

  constructor(file: SourceFile) {
    this.#file = file;
    this.#text = file.text;
    const lastBreak = /(?:\r\n|\r|\n)$/u.exec(file.text.slice(-2));
    this.#end = file.text.length - (lastBreak?.[0].length ?? 0);
  }

  nextToken(): Token | null {
    return this.#mode === "text" ? this.#textToken() : this.#codeToken();
  }

  #span(start: number, end: number): Span {
    return { file: this.#file, start, end };
  }

  #token(type: WordToken["type"], end: number, value: string = this.#text.slice(this.#position, end)): WordToken {
    const token = { type, value, colno: this.#position, lineno: end };
    this.#position = end;
    return token;
  }

  #textToken(): Token | null {
    while (this.#position < this.#end) {
      const tag = this.#tagAt(this.#position);
      const sign = this.#text[tag + 2];
      const end = sign === "-" ? trimmedEnd(this.#text, this.#position, tag) : tag;
      if (end > this.#position) {
        const token = this.#token("data", end);
        this.#position = tag;
        return token;
      }
      this.#position = tag;
      if (tag === this.#end) return null;
      const from = tag + (sign === "-" || sign === "+" ? 3 : 2);
      this.#tagStart = tag;
      const kind = this.#text[tag + 1];
      if (kind === "#") this.#skipComment(from);
      else if (kind === "{") return this.#openTag("variable", from);
      else {
        rawStart.lastIndex = tag;
        const raw = rawStart.exec(this.#text);
        if (raw === null) return this.#openTag("block", from);
        const token = this.#rawToken(tag + raw[0].length, raw.groups?.["trim"] === "-");
        if (token !== undefined) return token;
      }
    }
    return null;
  }

  #tagAt(from: number): number {
    for (let i = this.#text.indexOf("{", from); i !== -1 && i + 1 < this.#end; i = this.#text.indexOf("{", i + 1)) {
      const next = this.#text[i + 1];
      if (next === "{" || next === "%" || next === "#") return i;
    }
    return this.#end;
  }

  #openTag(mode: "block" | "variable", end: number): Token {
    this.#mode = mode;
    this.#open = [];
    return this.#token(`${mode}-start`, end, mode === "block" ? "{%" : "{{");
  }

  #skipComment(from: number): void {
    const end = this.#text.indexOf("#}", from);
    if (end === -1 || end + 2 > this.#end)
      raise("template-syntax", 'This comment is never closed; expected "#}".', {
        span: this.#span(this.#tagStart, this.#tagStart + 2),
      });
    const trims = end > from && this.#text[end - 1] === "-";
    this.#position = trims ? skipSpace(this.#text, end + 2, this.#end) : end + 2;
  }

  #rawToken(from: number, trims: boolean): Token | undefined {
    rawEnd.lastIndex = from;
    const match = rawEnd.exec(this.#text);
    if (match === null)
      return raise("template-syntax", 'The tag "{% raw %}" is never closed.', {
        span: this.#span(this.#tagStart, from),
        hint: 'Add "{% endraw %}".',
      });
    const start = trims ? skipSpace(this.#text, from, match.index) : from;
    const end = match.groups?.["trimBefore"] === "-" ? trimmedEnd(this.#text, start, match.index) : match.index;
    this.#position = start;
    const token = end > start ? this.#token("data", end) : undefined;
    const after = Math.min(match.index + match[0].length, this.#end);
    this.#position = match.groups?.["trimAfter"] === "-" ? skipSpace(this.#text, after, this.#end) : after;
    return token;
  }

  #codeToken(): Token {
    this.#position = skipSpace(this.#text, this.#position, this.#end);
    const at = this.#position;
    if (at >= this.#end) this.#raiseUnclosedTag();
    if (this.#open.length === 0) {
      const end = this.#closeTag();
      if (end !== undefined) return end;
    }
    const character = this.#text.charAt(at);
    if (character === '"' || character === "'") {
      const { value, end } = readString({ file: this.#file, start: at, limit: this.#end });
      return this.#token("string", end, value);
    }
    if (digit.test(character)) {
      const { type, value, end } = readNumber(this.#text, at);
      this.#position = end;
      return { type, value, colno: at, lineno: end };
    }
    word.lastIndex = at;
    const name = word.exec(this.#text);
    if (name !== null) return this.#token("symbol", at + name[0].length);
    return this.#signToken(character);
  }

  #closeTag(): Token | undefined {
    const block = this.#mode === "block";
    const closer = block ? "%}" : "}}";
    const sign = this.#text[this.#position];
    const signed = sign === "-" || (block && sign === "+") ? 1 : 0;
    if (!this.#text.startsWith(closer, this.#position + signed)) {
      if (this.#text.startsWith(block ? "}}" : "%}", this.#position + signed)) this.#raiseWrongCloser();
      return undefined;
    }
    const end = this.#position + signed + 2;
    if (end > this.#end) this.#raiseUnclosedTag();
    this.#mode = "text";
    const token = this.#token(block ? "block-end" : "variable-end", end, closer);
    if (sign === "-") this.#position = skipSpace(this.#text, end, this.#end);
    return token;
  }

  #signToken(character: string): Token {
    const at = this.#position;
    const wrong = foreignSigns.find((sign) => sign.startsWith(character) && this.#text.startsWith(sign, at));
    if (wrong !== undefined) this.#raiseForeign(wrong, foreign[wrong]);
    const type = punctuation[character];
    if (type === undefined) {
      const operator = operators.find((each) => each.startsWith(character) && this.#text.startsWith(each, at));
      if (operator === undefined) return this.#raiseForeign(this.#characterAt(at), foreign[character]);
      return this.#token("operator", at + operator.length);
    }
    const closer = closers[character];
    if (closer !== undefined) this.#open.push({ closer, at });
    else if (character === ")" || character === "]" || character === "}") this.#closeBracket(character);
    return this.#token(type, at + 1);
  }

  #closeBracket(character: string): void {
    const opened = this.#open.pop();
    const span = this.#span(this.#position, this.#position + 1);
    if (opened === undefined) raise("template-syntax", `There is no open bracket for this "${character}".`, { span });
    if (opened.closer !== character)
      raise("template-syntax", `Expected a closing "${opened.closer}", found "${character}".`, {
        span,
        related: [{ message: "The bracket was opened here.", span: this.#span(opened.at, opened.at + 1) }],
      });
  }

  #characterAt(at: number): string {
    return String.fromCodePoint(this.#text.codePointAt(at) ?? 0);
  }

  #raiseForeign(sign: string, hint: string | undefined): never {
    raise("template-syntax", `"${sign}" is not a sign of the template language.`, {
      span: this.#span(this.#position, this.#position + sign.length),
      hint,
    });
  }

  #raiseWrongCloser(): never {
    const [wanted, found] = this.#mode === "block" ? ["%}", "}}"] : ["}}", "%}"];
    raise("template-syntax", `Expected a closing "${wanted}", found "${found}".`, {
      span: this.#span(this.#position, this.#position + 2),
      related: [{ message: "The tag was opened here.", span: this.#span(this.#tagStart, this.#tagStart + 2) }],
    });
  }

  #raiseUnclosedTag(): never {
    const opened = this.#open.at(-1);
    const wanted = opened?.closer ?? (this.#mode === "block" ? "%}" : "}}");
    const start = opened?.at ?? this.#tagStart;
    raise("template-syntax", `Expected a closing "${wanted}", found the end of the file.`, {
      span: this.#span(start, start + (opened === undefined ? 2 : 1)),
    });
  }
}
