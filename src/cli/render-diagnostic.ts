import stringWidth from "string-width";
import type { Diagnostic } from "../domain/diagnostic.ts";
import { lineText, positionAt, type Span } from "../domain/source-file.ts";

/** How output is coloured, or not. Each paints a text and changes none of its characters. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

function painter(code: number): (text: string) => string {
  return (text) => `\u001B[${String(code)}m${text}\u001B[0m`;
}

/** Colours of a terminal. */
export const colours: Palette = {
  bold: painter(1),
  dim: painter(2),
  red: painter(31),
  yellow: painter(33),
  green: painter(32),
  cyan: painter(36),
};

const asIs = (text: string): string => text;

/** No colours. */
export const plain: Palette = { bold: asIs, dim: asIs, red: asIs, yellow: asIs, green: asIs, cyan: asIs };

/** Longer lines of a file are shown from a little before the fault. */
const widestLine = 160;

function place(span: Span): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${span.file.path}:${line}:${column}`;
}

/** The line of a span, with the span underlined; a span over several lines is underlined to the end of its first. */
function renderFrame(span: Span, palette: Palette): readonly string[] {
  const { line, column } = positionAt(span.file, span.start);
  const whole = lineText(span.file, line);
  if (whole.trim() === "" && span.end <= span.start) return [];
  const cut = whole.length > widestLine ? Math.max(0, column - 1 - 40) : 0;
  const shown = whole.slice(cut, cut + widestLine).replaceAll("\t", " ");
  const before = shown.slice(0, column - 1 - cut);
  const marked = shown.slice(column - 1 - cut, column - 1 - cut + (span.end - span.start));
  const number = String(line);
  const margin = " ".repeat(number.length);
  return [
    `  ${palette.dim(`${number} │`)} ${shown}`,
    `  ${palette.dim(`${margin} │`)} ${" ".repeat(stringWidth(before))}${palette.red("~".repeat(Math.max(1, stringWidth(marked))))}`,
  ];
}

/**
 * A diagnostic as people read it: where, how grave, which; the sentence; the author's line; the hint (DESIGN §3).
 */
export function renderDiagnostic(diagnostic: Diagnostic, palette: Palette): string {
  const { severity, code, message, span, related, hint } = diagnostic;
  const grave = severity === "error" ? palette.red(severity) : palette.yellow(severity);
  const head = [...(span === undefined ? [] : [palette.bold(place(span))]), grave, palette.dim(code)].join("  ");
  return [
    head,
    `  ${message}`,
    ...(span === undefined ? [] : renderFrame(span, palette)),
    ...(related ?? []).flatMap((each) => [
      `  ${palette.cyan(place(each.span))}  ${each.message}`,
      ...renderFrame(each.span, palette),
    ]),
    ...(hint === undefined ? [] : [`  ${palette.bold("hint:")} ${hint}`]),
  ].join("\n");
}
