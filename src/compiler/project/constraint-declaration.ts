import { anything, listOf, mapping, oneOf, type Placed, placed, strictListOf, text, truth } from "./yaml-shape.ts";
import type { Shape } from "./yaml-shape.ts";
import type { Constraint } from "../../domain/contract.ts";

/** A constraint as a property file declares it. */
export interface ConstraintDeclaration {
  readonly kind: Constraint["kind"];
  readonly name: string | undefined;
  readonly expression: Placed<string> | undefined;
  readonly columns: readonly string[];
  /** `ref('customers')`, or a table's name. */
  readonly to: Placed<string> | undefined;
  readonly toColumns: readonly string[];
}

const constraint = mapping(
  {
    type: oneOf("not_null", "check", "unique", "primary_key", "foreign_key", "custom"),
    name: text,
    expression: placed(text),
    columns: listOf(text),
    to: placed(text),
    to_columns: listOf(text),
    warn_unenforced: truth,
    warn_unsupported: truth,
    meta: anything,
  },
  { what: "a constraint", needs: ["type"] },
);

/** The constraints of a column or a model. */
export const constraintList: Shape<readonly ConstraintDeclaration[]> = (node, report) =>
  (strictListOf(constraint)(node, report) ?? []).flatMap(({ value }) =>
    value.type === undefined
      ? []
      : [
          {
            kind: value.type,
            name: value.name,
            expression: value.expression,
            columns: value.columns ?? [],
            to: value.to,
            toColumns: value.to_columns ?? [],
          },
        ],
  );
