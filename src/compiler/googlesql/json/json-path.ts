/** A step of a JSONPath: the member of an object or the element of an array. */
export type JsonStep = string | number;

const standard = /\.(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<name>[^.["'\]\s][^.["'\]]*))|\[(?<index>\d{1,9})\]/uy;
const legacy = /\.(?<name>[^.["'\]\s][^.["'\]]*)|\['(?<quoted>(?:[^'\\]|\\.)*)'\]|\[(?<index>\d{1,9})\]/uy;

/**
 * The steps of a JSONPath as the function's generation spells it: JSON_VALUE and its kin quote a name as `$."a.b"`,
 * JSON_EXTRACT and its kin as `$['a.b']`. `undefined` for what is none.
 */
export function parseJsonPath(text: string, generation: "standard" | "legacy"): readonly JsonStep[] | undefined {
  if (!text.startsWith("$")) return undefined;
  const pattern = generation === "standard" ? standard : legacy;
  const steps: JsonStep[] = [];
  let at = 1;
  while (at < text.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    const { quoted, name, index } = found.groups ?? {};
    steps.push(index === undefined ? (name ?? unescaped(quoted ?? "")) : Number(index));
    at = pattern.lastIndex;
  }
  return steps;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(?<character>.)/gu, "$<character>");
}

/** The same path for DuckDB's JSON functions; `undefined` if a name of it cannot be said there. */
export function duckdbPath(steps: readonly JsonStep[]): string | undefined {
  const parts = steps.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return step === "" || /["\\*]/u.test(step) ? undefined : `."${step}"`;
  });
  return parts.every((part) => part !== undefined) ? `$${parts.join("")}` : undefined;
}

/** A text that holds the steps, for native functions. */
export function encodeSteps(steps: readonly JsonStep[]): string {
  return JSON.stringify(steps);
}

const decoded = new Map<string, readonly JsonStep[]>();

/** The steps that `encodeSteps` wrote. */
export function decodeSteps(text: string): readonly JsonStep[] {
  const known = decoded.get(text);
  if (known !== undefined) return known;
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new Error(`No steps of a JSONPath: ${text}`);
  const steps = value.flatMap((step: unknown) => (typeof step === "string" || typeof step === "number" ? [step] : []));
  if (decoded.size < 1000) decoded.set(text, steps);
  return steps;
}
