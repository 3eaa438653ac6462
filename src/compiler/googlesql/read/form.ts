import type { Place } from "../place.ts";
import type { LiteralType, Name, PartSyntax } from "../syntax.ts";
import type { Range } from "./outline.ts";
import type { DataType } from "../type/data-type.ts";
import type { TypeSyntax } from "./parse-type.ts";

/** How an item of ORDER BY inside a call is sorted. */
export interface OrderFlags {
  readonly isDescending: boolean;
  readonly nulls: "first" | "last" | undefined;
}

/**
 * A call whose arguments the parser sees as a plain list, in this order: `argumentCount` arguments, the expression of
 * HAVING MAX or MIN, the items of ORDER BY, the number of LIMIT.
 */
export interface CallForm {
  readonly kind: "call";
  readonly name: string;
  readonly isSafe: boolean;
  readonly namePlace: Place;
  readonly argumentCount: number;
  readonly isDistinct: boolean;
  readonly nulls: "ignore" | "respect" | undefined;
  readonly having: "max" | "min" | undefined;
  readonly orderBy: readonly OrderFlags[];
  readonly hasLimit: boolean;
}

/** What a placeholder of the canonical text stands for, if it is no plain name, with the words that the parser never sees. */
export type Form =
  | CallForm
  | { readonly kind: "literal"; readonly type: LiteralType; readonly text: string }
  | { readonly kind: "cast"; readonly isSafe: boolean; readonly type: TypeSyntax; readonly hasFormat: boolean }
  | { readonly kind: "extract"; readonly part: PartSyntax }
  | { readonly kind: "interval"; readonly from: string; readonly to: string | undefined }
  | {
      readonly kind: "struct";
      readonly type: DataType | undefined;
      readonly isTuple: boolean;
      readonly names: readonly (Name | undefined)[];
    }
  | { readonly kind: "array"; readonly type: DataType | undefined }
  | { readonly kind: "array subquery" }
  | { readonly kind: "patterns"; readonly quantifier: "any" | "all"; readonly isNegated: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "parameter" }
  | { readonly kind: "set aside"; readonly range: Range };

/** A form found in the tokens: the stretches that the parser sees as its arguments, if it is a call to it, and where it ends. */
export interface Found {
  readonly form: Form;
  readonly arguments: readonly Range[] | undefined;
  readonly next: number;
}
