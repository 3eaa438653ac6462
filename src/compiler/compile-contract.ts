import type { Constraint, Contract } from "../domain/contract.ts";
import { type Checked, type Diagnostic, failed, passed } from "../domain/diagnostic.ts";
import { sqlFrom, trimSql } from "../domain/sql.ts";
import type { LinkedConstraint, LinkedContract } from "./project/link-contract.ts";
import { type RenderContext, renderResource, type RenderSubject } from "./render-resource.ts";

/** The contract of a model, its foreign keys led to their tables. */
export function compileContract(
  contract: LinkedContract | undefined,
  subject: RenderSubject,
  context: RenderContext,
): Checked<Contract | undefined> {
  if (contract === undefined) return passed(undefined);
  const faults: Diagnostic[] = [];
  const compile = ({ kind, name, expression, columns, target, toColumns }: LinkedConstraint): Constraint => {
    const to = target === undefined ? undefined : renderResource(target, { subject, mode: "full" }, context).sql;
    if (to?.ok === false) faults.push(...to.diagnostics);
    return {
      kind,
      name,
      expression: expression === undefined ? undefined : sqlFrom(expression.span, expression.value),
      columns,
      to: to?.ok === true ? trimSql(to.value) : undefined,
      toColumns,
    };
  };
  const compiled = {
    columns: contract.columns.map((column) => ({ ...column, constraints: column.constraints.map(compile) })),
    constraints: contract.constraints.map(compile),
  };
  return faults.length > 0 ? failed(...faults) : passed(compiled);
}
