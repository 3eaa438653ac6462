import { type Checked, type Diagnostic, failed, passed } from "../domain/diagnostic.ts";
import type { Hook, Hooks } from "../domain/hooks.ts";
import type { RunMode } from "../domain/model.ts";
import { trimSql } from "../domain/sql.ts";
import { tellAll, type Told } from "../domain/told.ts";
import type { HookTemplate, HookTemplates } from "./project/link-hooks.ts";
import { type RenderContext, renderResource, type RenderSubject } from "./render-resource.ts";

/** Hooks, and what their templates said. */
export interface CompiledHooks {
  readonly hooks: Hooks;
  readonly told: Told;
}

/** Renders the hooks of a resource in a run mode; one that is blank then is left out. */
export function compileHooks(
  { before, after }: HookTemplates,
  { subject, mode }: { readonly subject: RenderSubject; readonly mode: RunMode },
  context: RenderContext,
): Checked<CompiledHooks> {
  const faults: Diagnostic[] = [];
  const told: Told[] = [];
  const compile = (hooks: readonly HookTemplate[]): readonly Hook[] =>
    hooks.flatMap(({ template, isInUnit }) => {
      const { sql, recording } = renderResource(template, { subject, mode }, context);
      told.push(recording);
      if (!sql.ok) faults.push(...sql.diagnostics);
      const statement = sql.ok ? trimSql(sql.value) : undefined;
      return statement === undefined || statement.text === "" ? [] : [{ statement, isInUnit }];
    });
  const hooks = { before: compile(before), after: compile(after) };
  return faults.length > 0 ? failed(...faults) : passed({ hooks, told: tellAll(told) });
}
