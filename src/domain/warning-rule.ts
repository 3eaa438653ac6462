import type { Diagnostic } from "./diagnostic.ts";

/** Which warnings count as errors (`--warn-error`, `--warn-error-options`): all or those of some codes, less the spared ones. */
export interface WarningRule {
  readonly raised: "all" | readonly string[];
  readonly spared: readonly string[];
  readonly silenced: readonly string[];
}

/** Warnings stay what they are. */
export const keepWarnings: WarningRule = { raised: [], spared: [], silenced: [] };

/** dbt's names of events that tsdbt tells under codes of its own. */
const codesOfEvents: Readonly<Record<string, readonly string[]>> = {
  NoNodesForSelectionCriteria: ["selection-matches-nothing"],
  UnusedResourceConfigPath: ["unused-config"],
  NoNodeForYamlKey: ["unknown-resource"],
  JinjaLogWarning: ["warning"],
  FlagWithoutEffect: ["idle-option"],
};

function names(list: readonly string[], code: string): boolean {
  return list.some((name) => name === code || (codesOfEvents[name] ?? []).includes(code));
}

/** Whether a warning of this code, or of this event of dbt's, counts as an error. */
export function isRaised(code: string, { raised, spared, silenced }: WarningRule): boolean {
  if (names(spared, code) || names(silenced, code)) return false;
  return raised === "all" || raised.includes("all") || raised.includes("*") || names(raised, code);
}

/** The diagnostics as the rule has them: warnings raised, kept, or left out. */
export function judgeWarnings(diagnostics: readonly Diagnostic[], rule: WarningRule): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic): readonly Diagnostic[] => {
    const { severity, code } = diagnostic;
    if (severity === "error") return [diagnostic];
    if (names(rule.silenced, code)) return [];
    return [isRaised(code, rule) ? { ...diagnostic, severity: "error" } : diagnostic];
  });
}
