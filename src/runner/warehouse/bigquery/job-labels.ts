/** A value that a label may have: lower-case letters, digits, `_` and `-`, at most 63 (https://cloud.google.com/bigquery/docs/labels-intro#requirements). */
function labelValue(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{Ll}\p{Lo}\p{N}_-]/gu, "_")
    .slice(0, 63);
}

/** The labels of a job: those of the run, and the step that it belongs to. */
export function jobLabels(
  ofRun: Readonly<Record<string, string>>,
  step: string | undefined,
): Readonly<Record<string, string>> {
  const all = { ...ofRun, ...(step !== undefined && { model: step }) };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, labelValue(value)]));
}
