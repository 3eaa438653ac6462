import { isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { Materialization } from "../../domain/model.ts";
import type { Span } from "../../domain/source-file.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { Template } from "../template/syntax.ts";
import type { ColumnDeclaration } from "./column-declaration.ts";
import type { ConstraintDeclaration } from "./constraint-declaration.ts";
import type { WrittenFor } from "./link-incremental.ts";
import type { PropertiesDeclaration } from "./parse-properties.ts";
import type { ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

/** A constraint whose target, if it has one, is a template that refers to it. */
export interface LinkedConstraint extends ConstraintDeclaration {
  readonly target: Template | undefined;
}

/** A contract before its references lead anywhere. */
export interface LinkedContract {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly constraints: readonly LinkedConstraint[];
  }[];
  readonly constraints: readonly LinkedConstraint[];
}

/** What a contract is linked with. */
export interface ContractContext extends WrittenFor {
  readonly described: PropertiesDeclaration | undefined;
  readonly materialization: Materialization;
  /** The model's file, for what has no better place. */
  readonly span: Span;
  readonly name: string;
}

function withTarget(declared: ConstraintDeclaration, report: Report): LinkedConstraint {
  const { to } = declared;
  if (to === undefined) return { ...declared, target: undefined };
  const isReference = /^\s*(?:ref|source)\s*\(/u.test(to.value);
  const parsed = parseTemplate({
    path: `${to.span.file.path}, foreign key`,
    text: isReference ? `{{ ${to.value} }}` : to.value,
  });
  if (!parsed.ok) parsed.diagnostics.forEach(report);
  return { ...declared, target: parsed.ok ? parsed.value : undefined };
}

function checkPolicy({ materialization, name }: ContractContext, span: Span | undefined, report: Report): void {
  if (materialization.kind !== "incremental") return;
  const { onSchemaChange } = materialization;
  if (onSchemaChange === "append_new_columns" || onSchemaChange === "fail") return;
  report(
    error(
      "contract",
      `The incremental model "${name}" has a contract, and "on_schema_change" is "${onSchemaChange}".`,
      {
        span,
        hint: 'Say "append_new_columns" or "fail": the other policies could break the contract.',
      },
    ),
  );
}

function typedColumns(
  columns: readonly ColumnDeclaration[],
  { name: model, span }: ContractContext,
  report: Report,
): LinkedContract["columns"] {
  if (columns.length === 0)
    report(error("contract", `The model "${model}" has a contract, and no columns are described.`, { span }));
  return columns.flatMap(({ name, dataType, constraints, span: place }) => {
    if (dataType !== undefined)
      return [{ name, type: dataType.value, constraints: constraints.map((each) => withTarget(each, report)) }];
    const message = `The contract of "${model}" needs the data_type of the column "${name}".`;
    report(error("contract", message, { span: place }));
    return [];
  });
}

/** The contract of a model, if its config enforces one; what keeps it from being held is told. */
export function linkContract(
  config: ResolvedConfig,
  context: ContractContext,
  report: Report,
): LinkedContract | undefined {
  const value = config.values["contract"];
  const isEnforced = value === true || (isDataMap(value) && value["enforced"] === true);
  const kind = context.materialization.kind;
  if (!isEnforced || kind === "ephemeral") return undefined;
  const span = config.spans["contract"] ?? context.span;
  if (context.dialect === "bigquery" && context.warehouse === "duckdb") {
    const message = "tsdbt does not hold contracts of models in GoogleSQL yet.";
    report(error("unsupported-config", message, { span }));
    return undefined;
  }
  checkPolicy(context, span, report);
  return {
    columns: typedColumns(context.described?.columns ?? [], context, report),
    constraints: (context.described?.constraints ?? []).map((each) => withTarget(each, report)),
  };
}

/** The templates of a contract: what they refer to is made before the model. */
export function contractTemplates(contract: LinkedContract | undefined): readonly Template[] {
  if (contract === undefined) return [];
  return [...contract.columns.flatMap(({ constraints }) => constraints), ...contract.constraints].flatMap(
    ({ target }) => target ?? [],
  );
}
