import { type Data, isDataList, isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { DialectName, Target } from "../../domain/settings.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { Template } from "../template/syntax.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

/** A hook before it is rendered. */
export interface HookTemplate {
  readonly template: Template;
  readonly isInUnit: boolean;
}

/** The hooks of a resource before they are rendered, in order. */
export interface HookTemplates {
  readonly before: readonly HookTemplate[];
  readonly after: readonly HookTemplate[];
}

type Key = "pre-hook" | "post-hook";

interface WrittenHook {
  readonly sql: string;
  readonly isInUnit: boolean;
}

/** dbt takes a hook as text, as a mapping, and as text that is a mapping in JSON. */
function readHook(value: Data): WrittenHook | undefined {
  if (typeof value === "string") return readJson(value) ?? { sql: value, isInUnit: true };
  if (!isDataMap(value) || typeof value["sql"] !== "string") return undefined;
  const { sql, transaction = true, ...rest } = value;
  if (typeof transaction !== "boolean" || Object.keys(rest).some((key) => key !== "index")) return undefined;
  return { sql, isInUnit: transaction };
}

function readJson(text: string): WrittenHook | undefined {
  if (!text.trimStart().startsWith("{") || /^\s*\{[{%#]/u.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || !("sql" in parsed) || typeof parsed.sql !== "string")
      return undefined;
    return { sql: parsed.sql, isInUnit: !("transaction" in parsed && parsed.transaction === false) };
  } catch {
    return undefined;
  }
}

function templatesOf(
  config: ResolvedConfig,
  { key, path }: { readonly key: Key; readonly path: string },
  report: Report,
): readonly HookTemplate[] {
  const value = config.values[key] ?? [];
  const span = config.spans[key];
  const list = isDataList(value) ? value : [value];
  return list.flatMap((each, index) => {
    if (each === null || each === "") return [];
    const hook = readHook(each);
    if (hook === undefined) {
      const message = `A hook is a statement, or a mapping of "sql" and "transaction", found ${JSON.stringify(each)}.`;
      report(error("hook", message, { span }));
      return [];
    }
    const parsed = parseTemplate({ path: `${path}, ${key} ${String(index + 1)}`, text: hook.sql });
    if (parsed.ok) return [{ template: parsed.value, isInUnit: hook.isInUnit }];
    parsed.diagnostics.forEach(report);
    return [];
  });
}

function alone(hook: HookTemplate): HookTemplate {
  return { ...hook, isInUnit: false };
}

/** The hooks of a resource, from its config. `path` is that of the resource's file, by which faults in a hook are told. */
export function linkHooks(
  config: ResolvedConfig,
  {
    path,
    dialect,
    warehouse,
  }: { readonly path: string; readonly dialect: DialectName; readonly warehouse: Target["type"] },
  report: Report,
): HookTemplates {
  const before = templatesOf(config, { key: "pre-hook", path }, report);
  const after = templatesOf(config, { key: "post-hook", path }, report);
  // BigQuery has no units that span jobs (DBT_SEMANTICS §10.3): every hook is one by itself there.
  if (warehouse === "bigquery") return { before: before.map(alone), after: after.map(alone) };
  if (dialect === "duckdb") return { before, after };
  for (const [key, hooks] of [
    ["pre-hook", before],
    ["post-hook", after],
  ] as const)
    if (hooks.length > 0)
      report(
        error("unsupported-config", `tsdbt does not translate the config "${key}" from GoogleSQL yet.`, {
          span: config.spans[key],
          hint: 'It can be had in a project, or a model, with "dialect: duckdb".',
        }),
      );
  return { before: [], after: [] };
}
