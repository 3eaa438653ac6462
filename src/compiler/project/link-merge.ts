import { type Data, type DataMap, isDataList, isDataMap } from "../../domain/data.ts";
import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import { type MergeAction, type MergeClause, plainMerge, type SetExpression } from "../../domain/incremental.ts";
import { authorSql, isConfigSet } from "./author-sql.ts";
import { configMapping, configTexts, type ResolvedConfig } from "./resolve-config.ts";

type Report = (diagnostic: Diagnostic) => void;

const wanted = {
  "a text": (value: Data) => typeof value === "string",
  "a list of texts": (value: Data) => isDataList(value) && configTexts(value) !== undefined,
  "a mapping": isDataMap,
} as const;

const basic = {
  merge_update_condition: "a text",
  merge_insert_condition: "a text",
  merge_update_columns: "a list of texts",
  merge_exclude_columns: "a list of texts",
  merge_update_set_expressions: "a mapping",
} as const;

const others = {
  merge_on_using_columns: "a list of texts",
  merge_returning_columns: "a list of texts",
  merge_clauses: "a mapping",
} as const;

/** The configs that say how a merge is done. */
export const mergeKeys: readonly string[] = [...Object.keys(basic), ...Object.keys(others)];

/** An expression may be written as a number or a truth value too. */
function sqlText(value: Data): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

interface Reading {
  readonly config: ResolvedConfig;
  readonly report: (message: string, hint?: string) => void;
}

function setExpressions(value: Data | undefined, { config }: Reading, key: string): readonly SetExpression[] {
  return Object.entries(configMapping(value)).map(([column, expression]) => ({
    column: authorSql(column, config, key),
    value: authorSql(sqlText(expression), config, key),
  }));
}

function plainClauses(reading: Reading): readonly MergeClause[] {
  const { config } = reading;
  if (!Object.keys(basic).some((key) => isConfigSet(config, key))) return plainMerge;
  const condition = (key: string): MergeClause["conditions"] => {
    const value = config.values[key];
    return typeof value === "string" && value !== "" ? [authorSql(value, config, key)] : [];
  };
  const names = (key: string): readonly string[] => configTexts(config.values[key]) ?? [];
  const set = setExpressions(config.values["merge_update_set_expressions"], reading, "merge_update_set_expressions");
  const update: MergeAction = {
    kind: "update",
    include: names("merge_update_columns"),
    exclude: names("merge_exclude_columns"),
    set,
  };
  return [
    { when: "matched", conditions: condition("merge_update_condition"), action: update },
    { when: "not matched", conditions: condition("merge_insert_condition"), action: { kind: "insert" } },
  ];
}

const modes = ["by_name", "by_position", "star", "explicit"] as const;

function readMode(clause: DataMap, reading: Reading): (typeof modes)[number] {
  const mode = modes.find((each) => each === clause["mode"]);
  if (mode === undefined && clause["mode"] !== undefined)
    reading.report(
      `The mode of a merge clause cannot be ${JSON.stringify(clause["mode"])}.`,
      `It is one of ${modes.map((each) => `"${each}"`).join(", ")}.`,
    );
  return mode ?? "by_name";
}

function updateAction(clause: DataMap, when: MergeClause["when"], reading: Reading): MergeAction {
  if (when !== "matched")
    return {
      kind: "update",
      include: [],
      exclude: ["*"],
      set: setExpressions(clause["set_expressions"], reading, "merge_clauses"),
    };
  const mode = readMode(clause, reading);
  switch (mode) {
    case "by_name":
      return { kind: "update", include: [], exclude: [], set: [] };
    case "by_position":
      return { kind: "updateWhole", mode: "by position" };
    case "star":
      return { kind: "updateWhole", mode: "star" };
    case "explicit": {
      const update = configMapping(clause["update"]);
      return {
        kind: "update",
        include: configTexts(update["include"]) ?? [],
        exclude: configTexts(update["exclude"]) ?? [],
        set: setExpressions(update["set_expressions"], reading, "merge_clauses"),
      };
    }
  }
}

function insertAction(clause: DataMap, reading: Reading): MergeAction {
  const mode = readMode(clause, reading);
  switch (mode) {
    case "by_name":
      return { kind: "insert" };
    case "by_position":
      return { kind: "insertWhole", mode: "by position" };
    case "star":
      return { kind: "insertWhole", mode: "star" };
    case "explicit": {
      const insert = configMapping(clause["insert"]);
      const texts = (value: Data | undefined): MergeClause["conditions"] =>
        (value !== undefined && isDataList(value) ? value : []).map((each) =>
          authorSql(sqlText(each), reading.config, "merge_clauses"),
        );
      const action: MergeAction = {
        kind: "insertValues",
        columns: texts(insert["columns"]),
        values: texts(insert["values"]),
      };
      if (action.columns.length === 0 || action.columns.length !== action.values.length)
        reading.report(
          'An "explicit" insert of "merge_clauses" needs as many columns as values.',
          'Write insert: {"columns": […], "values": […]}.',
        );
      return action;
    }
  }
}

const actions = ["update", "insert", "delete", "do_nothing", "error"] as const;

function clauseAction(clause: DataMap, when: MergeClause["when"], reading: Reading): MergeAction | undefined {
  const named = actions.find((each) => each === clause["action"]);
  const impossible = when === "not matched" ? "update" : "insert";
  if (named === undefined || named === impossible) {
    const words = actions.filter((each) => each !== impossible);
    reading.report(
      `The action of a merge clause for rows that are ${when} cannot be ${JSON.stringify(clause["action"] ?? null)}.`,
      `It is one of ${words.map((each) => `"${each}"`).join(", ")}.`,
    );
    return undefined;
  }
  switch (named) {
    case "update":
      return updateAction(clause, when, reading);
    case "insert":
      return insertAction(clause, reading);
    case "delete":
      return { kind: "delete" };
    case "do_nothing":
      return { kind: "doNothing" };
    case "error": {
      const message = clause["error_message"];
      return { kind: "raise", message: typeof message === "string" ? message : undefined };
    }
  }
}

function readClause(clause: DataMap, listed: "when_matched" | "when_not_matched", reading: Reading): MergeClause[] {
  const bySource = listed === "when_not_matched" && clause["by"] === "source";
  const when = listed === "when_matched" ? "matched" : bySource ? "not matched by source" : "not matched";
  const action = clauseAction(clause, when, reading);
  const conditions = (configTexts(clause["condition"]) ?? []).map((text) =>
    authorSql(text, reading.config, "merge_clauses"),
  );
  return action === undefined ? [] : [{ when, conditions, action }];
}

function writtenClauses(written: DataMap, reading: Reading): readonly MergeClause[] {
  const lists = ["when_matched", "when_not_matched"] as const;
  if (!lists.some((key) => key in written))
    reading.report('"merge_clauses" has neither "when_matched" nor "when_not_matched".');
  return lists.flatMap((key) => {
    const list = written[key];
    if (list === undefined) {
      const isMatched = key === "when_matched";
      return plainMerge.filter(({ when }) => (when === "matched") === isMatched);
    }
    if (!isDataList(list) || list.length === 0) {
      reading.report(`"merge_clauses.${key}" is a list of at least one clause, found ${JSON.stringify(list)}.`);
      return [];
    }
    return list.flatMap((clause) => {
      if (isDataMap(clause)) return readClause(clause, key, reading);
      reading.report(`A clause of "merge_clauses.${key}" is a mapping, found ${JSON.stringify(clause)}.`);
      return [];
    });
  });
}

/** What a merge does with its rows, from dbt-duckdb's configs (DBT_SEMANTICS §5.3). What contradicts itself is reported. */
export function linkMergeClauses(config: ResolvedConfig, report: Report): readonly MergeClause[] {
  const faults: Diagnostic[] = [];
  const fault = (key: string, message: string, hint?: string): void => {
    faults.push(error("config-value", message, { span: config.spans[key], hint }));
  };
  for (const [key, shape] of Object.entries({ ...basic, ...others })) {
    const value = config.values[key];
    if (value === undefined || value === null || wanted[shape](value)) continue;
    fault(key, `The config "${key}" is ${shape}, found ${JSON.stringify(value)}.`);
  }
  const both = ["merge_update_columns", "merge_exclude_columns"].every((key) => isConfigSet(config, key));
  if (both) fault("merge_exclude_columns", '"merge_update_columns" and "merge_exclude_columns" cannot both be given.');
  const written = config.values["merge_clauses"];
  const clashing = Object.keys(basic).filter((key) => isConfigSet(config, key));
  if (isDataMap(written) && clashing.length > 0)
    fault(
      "merge_clauses",
      `"merge_clauses" says all that a merge does, and so does ${clashing.map((key) => `"${key}"`).join(", ")}.`,
      "Say it in the clauses.",
    );
  const reading: Reading = {
    config,
    report: (message, hint) => {
      fault("merge_clauses", message, hint);
    },
  };
  const clauses = isDataMap(written) ? writtenClauses(written, reading) : plainClauses(reading);
  faults.forEach(report);
  return clauses;
}
