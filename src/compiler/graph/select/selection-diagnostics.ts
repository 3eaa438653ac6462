import { type Diagnostic, error, warning } from "../../../domain/diagnostic.ts";
import { type Span, spanText } from "../../../domain/source-file.ts";
import { didYouMean } from "../../nearest-name.ts";
import type { SelectionRefusal } from "./selection-method.ts";
import { selectionMethods } from "./selection-methods.ts";

const knownMethods = `The methods are ${[...selectionMethods.keys()].join(", ")}.`;

/** A method that there is none of. */
export function unknownMethod(name: string, span: Span): Diagnostic {
  return error("unknown-selection-method", `There is no selection method "${name}".`, {
    span,
    hint: didYouMean(name, selectionMethods.keys()) ?? knownMethods,
  });
}

/** Two commas in a row, or one at an end. */
export function emptyPart(comma: Span, whole: Span): Diagnostic {
  return error("empty-selection-part", `A comma in "${spanText(whole)}" has a criterion on one side only.`, {
    span: comma,
    hint: "A comma means both at once, a space either one.",
  });
}

/** Nothing to look for. */
export function missingValue(span: Span): Diagnostic {
  return error("missing-selection-value", `The selection criterion "${spanText(span)}" has no value.`, {
    span,
    hint: 'Write what to select, as in "+dau" or "tag:nightly".',
  });
}

/** `@m+`. */
export function atWithPlus(plus: Span, whole: Span): Diagnostic {
  return error("selection-at-with-plus", `The criterion "${spanText(whole)}" has both "@" in front and "+" behind.`, {
    span: plus,
    hint: 'Leave out the "+": "@" takes all descendants along already.',
  });
}

/** `config:table`. */
export function missingKey(method: string, span: Span): Diagnostic {
  return error("missing-selection-key", `The selection method "${method}" needs the name of a setting.`, {
    span,
    hint: `Write it after a dot, as in "${method}.materialized:table".`,
  });
}

/** `tag.x:nightly`. */
export function unexpectedKey(method: string, span: Span): Diagnostic {
  return error(
    "unexpected-selection-key",
    `The selection method "${method}" takes no ".", but "${spanText(span)}" has.`,
    {
      span,
      hint: `Write "${method}:" and the value.`,
    },
  );
}

/** A value that makes no sense for its method. */
export function refusedValue({ code, message, hint }: SelectionRefusal, span: Span): Diagnostic {
  return error(code, message, { span, hint });
}

/** A criterion that nothing meets. The sentence is dbt's, because people grep for it. */
export function matchesNothing(span: Span, hint: string | undefined): Diagnostic {
  return warning(
    "selection-matches-nothing",
    `The selection criterion '${spanText(span)}' does not match any enabled nodes.`,
    { span, hint },
  );
}
