import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Placed } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

type Version = readonly [major: number, minor: number, patch: number];

function parseVersion(text: string): Version | undefined {
  const [, major, minor = "0", patch = "0"] = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-a-z+.].*)?$/u.exec(text.trim()) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function compare(a: Version, b: Version): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  return a[1] === b[1] ? a[2] - b[2] : a[1] - b[1];
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  ">=": (order) => order >= 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  "<": (order) => order < 0,
  "=": (order) => order === 0,
  "==": (order) => order === 0,
};

/** Which of two versions is the later one: below, at or above 0. What is no version comes first. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [parseVersion(a), parseVersion(b)];
  if (first === undefined || second === undefined) return Number(first !== undefined) - Number(second !== undefined);
  const order = compare(first, second);
  // A version that is to come is before the one that it comes to.
  return order === 0 ? Number(isPrerelease(b)) - Number(isPrerelease(a)) : order;
}

/** Whether a version is one before a release: `1.0.0-rc1`. */
export function isPrerelease(version: string): boolean {
  return /^\d+(?:\.\d+)*[-a-z]/u.test(version.trim());
}

/** Whether a version meets all of some conditions, such as `>=1.3.0`, each of them alone or several parted by commas. */
export function meetsAll(version: string, conditions: readonly string[]): boolean {
  const own = parseVersion(version);
  return (
    own !== undefined &&
    conditions.flatMap((each) => each.split(",")).every((each) => each.trim() === "" || meets(own, each) === true)
  );
}

/** Whether a version meets one condition, such as `>=1.3.0`; `undefined` where that is no condition. */
function meets(version: Version, condition: string): boolean | undefined {
  const [, sign = "=", text = ""] = /^\s*(>=|<=|==|=|>|<)?\s*(.*)$/u.exec(condition) ?? [];
  const other = parseVersion(text);
  return other === undefined ? undefined : comparisons[sign]?.(compare(version, other));
}

/** Tells a `require-dbt-version` that this version does not meet: all conditions, in a list or parted by commas, have to hold. */
export function checkRequiredVersion(conditions: readonly Placed<string>[], version: string, report: Report): void {
  const own = parseVersion(version);
  if (own === undefined) throw new Error(`${version} is no version`);
  for (const { value, span } of conditions)
    for (const condition of value.split(",").filter((part) => part.trim() !== "")) {
      const met = meets(own, condition);
      if (met === true) continue;
      const message =
        met === undefined
          ? `"${condition.trim()}" is no condition for a version.`
          : `The project asks for dbt ${condition.trim()}, and tsdbt does as dbt ${version} does.`;
      const hint = met === undefined ? 'Write ">=1.3.0".' : "Change require-dbt-version, or pass --no-version-check.";
      report(error("dbt-version", message, { span, hint }));
    }
}
