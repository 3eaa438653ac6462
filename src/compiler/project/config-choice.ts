import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import { didYouMean } from "../nearest-name.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

/** A config that is one of a few words. */
export interface Choice<T extends string> {
  readonly key: string;
  readonly words: readonly T[];
  readonly fallback: T;
}

/** The word that a config chooses, the fallback where it is not set; any other word is reported. */
export function chooseConfig<T extends string>(
  config: ResolvedConfig,
  { key, words, fallback }: Choice<T>,
  report: (diagnostic: Diagnostic) => void,
): T {
  const value = config.values[key];
  if (value === undefined || value === null) return fallback;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const near = typeof value === "string" ? didYouMean(value, words) : undefined;
  report(
    error("config-value", `The config "${key}" cannot be ${JSON.stringify(value)}.`, {
      span: config.spans[key],
      hint: near ?? `It is one of ${words.map((word) => `"${word}"`).join(", ")}.`,
    }),
  );
  return fallback;
}
