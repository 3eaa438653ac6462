import { refuseUnsupported } from "../refusal.ts";
import type { Relation } from "../scope/scope.ts";
import type { Expression, FromItem } from "../syntax.ts";
import type { Value } from "../value.ts";
import type { Context } from "./context.ts";

type Join = Extract<FromItem, { readonly kind: "join" }>;

/** The relations of the two sides of a join. */
interface Sides {
  readonly left: readonly Relation[];
  readonly right: readonly Relation[];
}

const comparisons: ReadonlySet<string> = new Set(["=", "<>", "!=", "<", "<=", ">", ">="]);

/**
 * Refuses the subqueries in the condition of an outer join that DuckDB does not run ("Cannot perform non-inner join on
 * subquery"): it takes a condition that it can put before the join, of the side whose rows may be missing alone, and a
 * comparison of one side with the other.
 */
export function refuseJoinQuery(join: Join, sides: Sides, context: Context): void {
  if (join.on === undefined || (join.type !== "left" && join.type !== "right" && join.type !== "full")) return;
  const { left, right } = sides;
  for (const part of conjuncts(join.on)) {
    const value = context.translation.translateExpression(part, context);
    if (!value.hasQuery || isBeforeJoin(value, join, sides)) continue;
    if (part.kind === "binary" && comparisons.has(part.operator)) {
      const operands = [part.left, part.right].map((operand) =>
        context.translation.translateExpression(operand, context),
      );
      const [first, second] = operands;
      if (first !== undefined && second !== undefined) {
        if (readsOnly(first, left, right) && readsOnly(second, right, left)) continue;
        if (readsOnly(first, right, left) && readsOnly(second, left, right)) continue;
      }
    }
    refuseUnsupported(
      `A subquery in the condition of ${join.type.toUpperCase()} JOIN`,
      part,
      "Compute it as a column in a subquery of its side, and name that column in the condition.",
    );
  }
}

function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind !== "binary" || condition.operator !== "and") return [condition];
  return [...conjuncts(condition.left), ...conjuncts(condition.right)];
}

function isBeforeJoin(value: Value, join: Join, sides: Sides): boolean {
  if (join.type === "left") return readsOnly(value, sides.right, sides.left);
  return join.type === "right" && readsOnly(value, sides.left, sides.right);
}

/** Whether a value reads columns of the one side and none of the other; what a subquery reads of its own does not count. */
function readsOnly(value: Value, own: readonly Relation[], other: readonly Relation[]): boolean {
  const reads = (relations: readonly Relation[]): boolean =>
    value.uses.some((use) => relations.some((relation) => relation.columns.includes(use.column)));
  return reads(own) && !reads(other);
}
