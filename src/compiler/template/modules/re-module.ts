import { namedAttributes } from "../context/named-attributes.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { callValue } from "../evaluate/call-value.ts";
import { integerArgument, textArgument } from "../methods/method.ts";
import { raise } from "../template-error.ts";
import { dict } from "../values/dict.ts";
import { integerOf } from "../values/numeric.ts";
import { printValue, quoteText } from "../values/print-value.ts";
import { type CallableValue, type HostObject, list, orElse, textOf, tuple, type Value } from "../values/value.ts";

/** Python's flags by their bits, and JavaScript's letter for each; `x` has none and is resolved here. */
const flags: readonly (readonly [names: readonly string[], bit: number, letter: string])[] = [
  [["I", "IGNORECASE"], 2, "i"],
  [["M", "MULTILINE"], 8, "m"],
  [["S", "DOTALL"], 16, "s"],
  [["X", "VERBOSE"], 64, "x"],
  [["A", "ASCII"], 256, ""],
  [["U", "UNICODE"], 32, ""],
];

interface Pattern {
  readonly source: string;
  readonly regexp: RegExp;
}

/** Pieces of a pattern that the two languages write differently; classes and escapes are passed over whole. */
const pieces =
  /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\(\?P<(?<named>\w+)>|\(\?P=(?<back>\w+)\)|\(\?#[^)]*\)|(?<space>\s+)|(?<note>#[^\n]*)/gu;

function translated(source: string, isVerbose: boolean): string {
  return source.replaceAll(pieces, (piece, ...rest: readonly unknown[]) => {
    const groups = rest.at(-1);
    const named: unknown =
      typeof groups === "object" && groups !== null && "named" in groups ? groups.named : undefined;
    if (typeof named === "string") return `(?<${named}>`;
    if (piece.startsWith("(?P=")) return `\\k<${piece.slice(4, -1)}>`;
    if (piece.startsWith("(?#")) return "";
    if (piece === "\\A") return "(?<![\\s\\S])";
    if (piece === "\\Z") return "(?![\\s\\S])";
    if (/^\\[^\w\s]$/u.test(piece))
      return /^\\[\^$.*+?()[\]{}|/\\-]$/u.test(piece) ? piece.replace("\\-", "-") : piece.slice(1);
    if (isVerbose && /^[\s#]/u.test(piece)) return "";
    return piece;
  });
}

const compiled = new Map<string, Pattern>();

function compile(source: string, bits: number): Pattern {
  const key = `${bits}:${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const inline = /^\(\?(?<letters>[aimsux]+)\)/u.exec(source);
  const letters = new Set([
    ...Array.from(inline?.groups?.["letters"] ?? ""),
    ...flags.filter(([, bit]) => (bits & bit) !== 0).map(([, , letter]) => letter),
  ]);
  const body = translated(source.slice(inline?.[0].length ?? 0), letters.has("x"));
  try {
    const used = ["i", "m", "s"].filter((letter) => letters.has(letter)).join("");
    const pattern = { source, regexp: new RegExp(body, `dgu${used}`) };
    compiled.set(key, pattern);
    return pattern;
  } catch (cause) {
    if (cause instanceof SyntaxError)
      return raise("argument-type", `The pattern ${quoteText(source)} cannot be read.`, { hint: cause.message });
    throw cause;
  }
}

const patternOf = new WeakMap<HostObject, Pattern>();

function patternArgument(value: Value, bits: Value | undefined, call: Call): Pattern {
  const known = typeof value === "object" && value?.kind === "object" ? patternOf.get(value) : undefined;
  if (known !== undefined) return known;
  return compile(textArgument(value, call), Number(bits === undefined ? 0 : (integerOf(bits) ?? 0)));
}

function matchesOf({ regexp }: Pattern, text: string): readonly RegExpExecArray[] {
  return [...text.matchAll(new RegExp(regexp.source, regexp.flags))];
}

function groupOf(match: RegExpExecArray, which: Value, call: Pick<Call, "name">): Value {
  const name = textOf(which);
  if (name !== undefined) {
    if (match.groups === undefined || !Object.hasOwn(match.groups, name))
      return raise("unknown-item", `The pattern has no group "${name}".`);
    return match.groups[name] ?? null;
  }
  const index = integerArgument(which, call);
  if (index < 0 || index >= match.length) return raise("unknown-item", `The pattern has no group ${index}.`);
  return match[index] ?? null;
}

function place(match: RegExpExecArray, call: Call): readonly [number, number] {
  const { group } = bindArguments(call, { optional: ["group"] });
  const index = group === undefined ? 0 : integerArgument(group, call);
  return match.indices?.[index] ?? [-1, -1];
}

function matchValue(match: RegExpExecArray): HostObject {
  const attributes = namedAttributes({
    group: callable("group", (call) => {
      const [first, ...more] = call.positional;
      if (first === undefined) return match[0];
      return more.length === 0
        ? groupOf(match, first, call)
        : tuple(call.positional.map((each) => groupOf(match, each, call)));
    }),
    groups: callable("groups", (call) => {
      const { default: fallback = null } = bindArguments(call, { optional: ["default"] });
      return tuple(match.slice(1).map((part: string | undefined) => orElse(part, () => fallback)));
    }),
    groupdict: callable("groupdict", () =>
      dict(
        Object.entries(match.groups ?? {}).map(([name, part]: [string, string | undefined]) => [name, part ?? null]),
      ),
    ),
    start: callable("start", (call) => place(match, call)[0]),
    end: callable("end", (call) => place(match, call)[1]),
    span: callable("span", (call) => tuple(place(match, call))),
    string: match.input,
  });
  return {
    kind: "object",
    typeName: "a match",
    print: () =>
      `<re.Match object; span=(${match.index}, ${match.index + match[0].length}), match=${quoteText(match[0])}>`,
    ...attributes,
    item: (key) => groupOf(match, key, { name: "a match" }),
  };
}

/** A replacement with Python's references to groups. */
function expanded(template: string, match: RegExpExecArray): string {
  return template.replaceAll(
    /\\(?:(?<number>\d{1,2})|g<(?<name>\w+)>|(?<other>[\s\S]))/gu,
    (whole, ...rest: readonly unknown[]) => {
      const [number, name, other] = rest;
      if (typeof number === "string") return match[Number(number)] ?? "";
      if (typeof name === "string")
        return /^\d+$/u.test(name) ? (match[Number(name)] ?? "") : (match.groups?.[name] ?? "");
      const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\" };
      return typeof other === "string" ? (escapes[other] ?? whole) : whole;
    },
  );
}

function substituted(
  pattern: Pattern,
  call: Call,
  given: { readonly by: Value; readonly text: string; readonly most: number },
): readonly [string, number] {
  const template = textOf(given.by);
  let count = 0;
  let at = 0;
  let made = "";
  for (const match of matchesOf(pattern, given.text)) {
    if (given.most > 0 && count >= given.most) break;
    count += 1;
    made += given.text.slice(at, match.index);
    made +=
      template === undefined
        ? printValue(callValue(given.by, { ...call, positional: [matchValue(match)], named: new Map() }))
        : expanded(template, match);
    at = match.index + match[0].length;
  }
  return [made + given.text.slice(at), count];
}

type Run = (pattern: Pattern, bound: Readonly<Record<string, Value | undefined>>, call: Call) => Value;

interface Routine {
  readonly parameters: readonly string[];
  readonly optional: readonly string[];
  readonly run: Run;
}

function subject(bound: Readonly<Record<string, Value | undefined>>, call: Call): string {
  return textArgument(bound["string"], call);
}

function first(pattern: Pattern, text: string, accept: (match: RegExpExecArray) => boolean): Value {
  const match = matchesOf(pattern, text).find(accept);
  return match === undefined ? null : matchValue(match);
}

function anchored(pattern: Pattern, text: string, end: "anywhere" | "end"): Value {
  const regexp = new RegExp(
    end === "end" ? `^(?:${pattern.regexp.source})$` : `^(?:${pattern.regexp.source})`,
    pattern.regexp.flags.replace("m", ""),
  );
  return first({ ...pattern, regexp }, text, ({ index }) => index === 0);
}

function partsOf(match: RegExpExecArray): Value {
  if (match.length === 1) return match[0];
  const groups = match.slice(1).map((part: string | undefined) => part ?? "");
  return groups.length === 1 ? (groups[0] ?? "") : tuple(groups);
}

function splitText(pattern: Pattern, text: string, most: number): Value {
  const found: Value[] = [];
  let at = 0;
  for (const match of matchesOf(pattern, text).slice(0, most > 0 ? most : undefined)) {
    found.push(text.slice(at, match.index), ...match.slice(1).map((part: string | undefined) => part ?? null));
    at = match.index + match[0].length;
  }
  found.push(text.slice(at));
  return list(found);
}

function numberIn(bound: Readonly<Record<string, Value | undefined>>, name: string, call: Call): number {
  const value = bound[name];
  return value === undefined ? 0 : integerArgument(value, call);
}

const routines: Readonly<Record<string, Routine>> = {
  search: {
    parameters: ["string"],
    optional: [],
    run: (pattern, bound, call) => first(pattern, subject(bound, call), () => true),
  },
  match: {
    parameters: ["string"],
    optional: [],
    run: (pattern, bound, call) => anchored(pattern, subject(bound, call), "anywhere"),
  },
  fullmatch: {
    parameters: ["string"],
    optional: [],
    run: (pattern, bound, call) => anchored(pattern, subject(bound, call), "end"),
  },
  findall: {
    parameters: ["string"],
    optional: [],
    run: (pattern, bound, call) => list(matchesOf(pattern, subject(bound, call)).map(partsOf)),
  },
  finditer: {
    parameters: ["string"],
    optional: [],
    run: (pattern, bound, call) => list(matchesOf(pattern, subject(bound, call)).map(matchValue)),
  },
  split: {
    parameters: ["string"],
    optional: ["maxsplit"],
    run: (pattern, bound, call) => splitText(pattern, subject(bound, call), numberIn(bound, "maxsplit", call)),
  },
  sub: {
    parameters: ["repl", "string"],
    optional: ["count"],
    run: (pattern, bound, call) =>
      substituted(pattern, call, {
        by: bound["repl"] ?? null,
        text: subject(bound, call),
        most: numberIn(bound, "count", call),
      })[0],
  },
  subn: {
    parameters: ["repl", "string"],
    optional: ["count"],
    run: (pattern, bound, call) =>
      tuple(
        substituted(pattern, call, {
          by: bound["repl"] ?? null,
          text: subject(bound, call),
          most: numberIn(bound, "count", call),
        }),
      ),
  },
};

function ofModule(name: string, { parameters, optional, run }: Routine): CallableValue {
  return callable(`re.${name}`, (call) => {
    const bound: Readonly<Record<string, Value | undefined>> = bindArguments(call, {
      required: ["pattern", ...parameters],
      optional: [...optional, "flags"],
    });
    return run(patternArgument(bound["pattern"] ?? null, bound["flags"], call), bound, call);
  });
}

function patternValue(pattern: Pattern): HostObject {
  const methods = Object.entries(routines).map(
    ([name, { parameters, optional, run }]) =>
      [
        name,
        callable(name, (call) => run(pattern, bindArguments(call, { required: parameters, optional }), call)),
      ] as const,
  );
  const value: HostObject = {
    kind: "object",
    typeName: "a pattern",
    print: () => `re.compile(${quoteText(pattern.source)})`,
    ...namedAttributes({ pattern: pattern.source, ...Object.fromEntries(methods) }),
  };
  patternOf.set(value, pattern);
  return value;
}

/** `modules.re`: Python's regular expressions, by those of JavaScript, which differ in seldom used corners alone. */
export const reModule: HostObject = {
  kind: "object",
  typeName: "the module re",
  print: () => "<module 're'>",
  ...namedAttributes({
    ...Object.fromEntries(Object.entries(routines).map(([name, routine]) => [name, ofModule(name, routine)])),
    compile: callable("re.compile", (call) => {
      const bound = bindArguments(call, { required: ["pattern"], optional: ["flags"] });
      return patternValue(patternArgument(bound.pattern, bound.flags, call));
    }),
    escape: callable("re.escape", (call) =>
      textArgument(bindArguments(call, { required: ["pattern"] }).pattern, call).replaceAll(
        /[\s!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~-]/gu,
        (sign) => (/[!"%',/:;<=>@`]/u.test(sign) ? sign : `\\${sign}`),
      ),
    ),
    ...Object.fromEntries(flags.flatMap(([names, bit]) => names.map((name) => [name, bit] as const))),
  }),
};
