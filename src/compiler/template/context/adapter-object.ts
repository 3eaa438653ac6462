import type { Relation } from "../../../domain/relation.ts";
import { type Sql, sql, sqlFrom, trustedSql } from "../../../domain/sql.ts";
import { bindArguments } from "../bind-arguments.ts";
import { type Call, callable } from "../call.ts";
import { raise } from "../template-error.ts";
import { isTrue } from "../values/collection.ts";
import { printValue } from "../values/print-value.ts";
import { type HostObject, list, textOf, tuple, type Value } from "../values/value.ts";
import { columnName, columnOf } from "./column-value.ts";
import type { ModelScope } from "./model-scope.ts";
import { namedAttributes } from "./named-attributes.ts";
import { quotedIdentifier, quotedName, relationArgument, relationParts, relationValue } from "./relation-value.ts";
import { runStatement, statementText } from "./statement-functions.ts";
import { tableValue } from "./table-value.ts";
import { unknownValue } from "./unknown-value.ts";
import { askColumns, askRelations, noWarehouse, type WarehouseAccess } from "./warehouse-access.ts";
import { answered } from "./ask.ts";

type Method = (call: Call, scope: ModelScope, warehouse: WarehouseAccess) => Value;

/** What a method gives while templates are parsed, as in dbt: nothing, or an empty list. */
interface AdapterMethod {
  readonly whileParsing: () => Value;
  readonly run: Method;
}

const nothing = (): Value => unknownValue;
const noItems = (): Value => list([]);
const noText = (): Value => "";

function text(value: Value | undefined): string {
  return value === undefined || value === null ? "" : printValue(value);
}

/** Sends a statement of tsdbt's own, in the warehouse's SQL. */
function execute(scope: ModelScope, warehouse: WarehouseAccess, statement: Sql): Value {
  runStatement(
    { ...scope, warehouse: { ...warehouse, prepare: (each) => ({ statement: each, uses: [] }) } },
    statement,
    "autocommit",
  );
  return "";
}

function nameOf(relation: Relation, call: Call): Sql {
  return sqlFrom(call.span, quotedName(relation, "duckdb"));
}

function schemaName(database: string, schema: string, call: Call): Sql {
  const name = [database, schema].filter((part) => part !== "").map((part) => quotedIdentifier(part, "duckdb"));
  return sqlFrom(call.span, name.join("."));
}

function placeOf(value: Value, call: Call): readonly [database: string, schema: string] {
  const parts = relationParts(value)?.parts;
  if (parts?.schema === undefined) return raise("argument-type", `"${call.name}" expects a relation with a schema.`);
  return [parts.database ?? "", parts.schema];
}

function listRelations(database: string, schema: string, scope: ModelScope): Value {
  const found = askRelations(scope.warehouse ?? noWarehouse, database, schema);
  return list(found.map(({ relation, kind }) => relationValue(relation, scope.dialect, kind)));
}

function columnsOf(
  value: Value,
  call: Call,
  scope: ModelScope,
): readonly { readonly name: string; readonly type: string }[] {
  return askColumns(scope.warehouse ?? noWarehouse, relationArgument(value, call));
}

function columnList(
  columns: readonly { readonly name: string; readonly type: string }[],
  { dialect }: ModelScope,
): Value {
  return list(columns.map(({ name, type }) => columnOf(name, type, dialect)));
}

const looking: Readonly<Record<string, AdapterMethod>> = {
  get_relation: {
    whileParsing: nothing,
    run: (call, scope, warehouse) => {
      const { database, schema, identifier } = bindArguments(call, {
        required: ["database", "schema", "identifier"],
      });
      const wanted = text(identifier).toLowerCase();
      const found = askRelations(warehouse, text(database), text(schema)).find(
        ({ relation }) => relation.identifier.toLowerCase() === wanted,
      );
      return found === undefined ? null : relationValue(found.relation, scope.dialect, found.kind);
    },
  },
  list_relations: {
    whileParsing: noItems,
    run: (call, scope) => {
      const { database, schema } = bindArguments(call, { required: ["database", "schema"] });
      return listRelations(text(database), text(schema), scope);
    },
  },
  list_relations_without_caching: {
    whileParsing: noItems,
    run: (call, scope) => {
      const [first] = call.positional;
      const bound = bindArguments(call, { required: ["schema_relation"] });
      return listRelations(...placeOf(first ?? bound.schema_relation, call), scope);
    },
  },
  get_columns_in_relation: {
    whileParsing: noItems,
    run: (call, scope) =>
      columnList(columnsOf(bindArguments(call, { required: ["relation"] }).relation, call, scope), scope),
  },
  get_missing_columns: {
    whileParsing: noItems,
    run: (call, scope) => {
      const { from_relation, to_relation } = bindArguments(call, { required: ["from_relation", "to_relation"] });
      const known = new Set(columnsOf(to_relation, call, scope).map(({ name }) => name.toLowerCase()));
      const missing = columnsOf(from_relation, call, scope).filter(({ name }) => !known.has(name.toLowerCase()));
      return columnList(missing, scope);
    },
  },
  get_column_schema_from_query: {
    whileParsing: noItems,
    run: (call, scope) => {
      const query = statementText(bindArguments(call, { required: ["sql"], optional: ["limit"] }).sql, call);
      const limited = sql`select * from (\n${query}\n) as __dbt_sbq where false limit 0`;
      return columnList(runStatement(scope, limited, "autocommit").columns, scope);
    },
  },
  check_schema_exists: {
    whileParsing: () => false,
    run: (call, _scope, warehouse) => {
      const { database, schema } = bindArguments(call, { required: ["database", "schema"] });
      const wanted = text(schema).toLowerCase();
      const { schemas } = answered(warehouse.ask, { kind: "schemas", database: text(database) });
      return schemas.some((name) => name.toLowerCase() === wanted);
    },
  },
  list_schemas: {
    whileParsing: noItems,
    run: (call, _scope, warehouse) => {
      const { database } = bindArguments(call, { required: ["database"] });
      return list(answered(warehouse.ask, { kind: "schemas", database: text(database) }).schemas);
    },
  },
  already_exists: {
    whileParsing: () => false,
    run: (call, scope, warehouse) => {
      const { schema, name } = bindArguments(call, { required: ["schema", "name"] });
      const wanted = text(name).toLowerCase();
      return askRelations(warehouse, scope.relation.database, text(schema)).some(
        ({ relation }) => relation.identifier.toLowerCase() === wanted,
      );
    },
  },
};

const changing: Readonly<Record<string, AdapterMethod>> = {
  execute: {
    whileParsing: () => tuple(["", unknownValue]),
    run: (call, scope) => {
      const bound = bindArguments(call, { required: ["sql"], optional: ["auto_begin", "fetch", "limit"] });
      const begins = isTrue(bound.auto_begin ?? false) ? "begins" : "autocommit";
      const result = runStatement(scope, statementText(bound.sql, call), begins);
      return tuple(["OK", isTrue(bound.fetch ?? false) ? tableValue(result) : tableValue({ ...result, rows: [] })]);
    },
  },
  commit: {
    whileParsing: noText,
    run: (_call, scope, warehouse) => {
      if (scope.transaction?.isOpen !== true) return "";
      execute(scope, warehouse, trustedSql("commit"));
      scope.transaction.isOpen = false;
      return "";
    },
  },
  create_schema: {
    whileParsing: noText,
    run: (call, scope, warehouse) => {
      const { relation } = bindArguments(call, { required: ["relation"] });
      const name = schemaName(...placeOf(relation, call), call);
      return execute(scope, warehouse, sql`create schema if not exists ${name}`);
    },
  },
  drop_schema: {
    whileParsing: noText,
    run: (call, scope, warehouse) => {
      const { relation } = bindArguments(call, { required: ["relation"] });
      const name = schemaName(...placeOf(relation, call), call);
      return execute(scope, warehouse, sql`drop schema if exists ${name} cascade`);
    },
  },
  drop_relation: {
    whileParsing: noText,
    run: (call, scope, warehouse) => {
      const { relation } = bindArguments(call, { required: ["relation"] });
      const type = relationParts(relation)?.type;
      const name = nameOf(relationArgument(relation, call), call);
      const kind = type === "view" ? "view" : type === "table" ? "table" : undefined;
      if (kind === undefined) return raise("argument-type", 'The relation has no type, which "drop_relation" needs.');
      return execute(scope, warehouse, sql`drop ${trustedSql(kind)} if exists ${name} cascade`);
    },
  },
  rename_relation: {
    whileParsing: noText,
    run: (call, scope, warehouse) => {
      const bound = bindArguments(call, { required: ["from_relation", "to_relation"] });
      const kind = trustedSql(relationParts(bound.from_relation)?.type === "view" ? "view" : "table");
      const from = nameOf(relationArgument(bound.from_relation, call), call);
      const { identifier } = relationArgument(bound.to_relation, call);
      const to = sqlFrom(call.span, quotedIdentifier(identifier, "duckdb"));
      return execute(scope, warehouse, sql`alter ${kind} ${from} rename to ${to}`);
    },
  },
  truncate_relation: {
    whileParsing: noText,
    run: (call, scope, warehouse) => {
      const { relation } = bindArguments(call, { required: ["relation"] });
      return execute(scope, warehouse, sql`truncate table ${nameOf(relationArgument(relation, call), call)}`);
    },
  },
};

/** What dbt's cache needs to be told, and what DuckDB and BigQuery do by themselves. */
const passedOver: readonly string[] = [
  "cache_added",
  "cache_dropped",
  "cache_renamed",
  "expand_target_column_types",
  "expand_column_types",
  "clear_transaction",
  "release_connection",
];

function plainMethods({ dialect }: ModelScope): Readonly<Record<string, (call: Call) => Value>> {
  return {
    type: () => dialect,
    quote: (call) => quotedIdentifier(text(bindArguments(call, { required: ["identifier"] }).identifier), dialect),
    quote_as_configured: (call) => {
      const bound = bindArguments(call, { required: ["identifier", "quote_key"] });
      return quotedIdentifier(text(bound.identifier), dialect);
    },
    quote_seed_column: (call) => {
      const bound = bindArguments(call, { required: ["column"], optional: ["quote_config"] });
      const name = text(bound.column);
      return isTrue(bound.quote_config ?? true) ? quotedIdentifier(name, dialect) : name;
    },
    is_cancelable: () => true,
    is_motherduck: () => false,
    disable_transactions: () => false,
    external_root: () => ".",
    valid_incremental_strategies: () => list(["append", "delete+insert", "merge", "microbatch"]),
    get_column_names: (call) =>
      list(call.positional.flatMap((each) => (columnName(each) === undefined ? [] : [columnName(each) ?? null]))),
  };
}

/** Behaviour flags of dbt's adapters: all are off. */
const behavior: HostObject = {
  kind: "object",
  typeName: "the behaviour flags",
  print: () => "",
  attribute: () => flagOff,
  item: (key) => (textOf(key) === undefined ? undefined : flagOff),
};

const flagOff: HostObject = {
  kind: "object",
  typeName: "a behaviour flag",
  print: () => "False",
  isTrue: () => false,
  ...namedAttributes({ no_warn: false, setting: false }),
};

/** `adapter`: what it reads of the warehouse are questions, what it changes are statements (CONFORMANCE_CASES §7). */
export function adapterObject(scope: ModelScope, dispatch: Value): HostObject {
  const methods = { ...looking, ...changing };
  const bound = Object.entries(methods).map(
    ([name, { whileParsing, run }]) =>
      [
        name,
        callable(`adapter.${name}`, (call) => {
          if (scope.phase === "compile") return run(call, scope, scope.warehouse ?? noWarehouse);
          scope.recording.lacksAnswers = true;
          return whileParsing();
        }),
      ] as const,
  );
  const plain = Object.entries(plainMethods(scope)).map(
    ([name, run]) => [name, callable(`adapter.${name}`, run)] as const,
  );
  const silent = passedOver.map((name) => [name, callable(`adapter.${name}`, () => "")] as const);
  return {
    kind: "object",
    typeName: "adapter",
    print: () => `<${scope.dialect} adapter>`,
    ...namedAttributes({
      ...Object.fromEntries([...bound, ...plain, ...silent]),
      dispatch,
      behavior,
    }),
  };
}
