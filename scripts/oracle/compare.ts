import type { Translator } from "../../src/compiler/googlesql/translator.ts";
import { translateText } from "../../test/googlesql/judge-case.ts";
import { areSameRows, type PlainResult } from "../../test/googlesql/plain-rows.ts";
import { openWarehouse, type Warehouse } from "../../test/googlesql/warehouse.ts";
import { isKnown } from "./known-differences.ts";
import type { Reference, ReferenceAnswer } from "./reference.ts";

/** A query with what is needed to run it on both sides. */
export interface Question {
  readonly sql: string;
  /** DuckDB's SQL that makes the tables which the query reads. */
  readonly setup: string;
  /** The same tables as queries, by name. */
  readonly tables: Readonly<Record<string, string>>;
  /** Expressions within the query, as queries of their own. */
  readonly parts: readonly string[];
  readonly order: "ordered" | "unordered";
}

/** The two that are compared. */
export interface Sides {
  readonly translator: Translator;
  readonly reference: Reference;
}

/**
 * What a comparison found. `unable`: the reference lacks something. `both fail`: as it should be. `lazy`: a part of the
 * query fails on both sides, and one of them did not need it. `refused`: the reference answers.
 */
type Finding =
  | { readonly kind: "same" | "unable" | "both fail" | "lazy" | "known" }
  | { readonly kind: "refused" | "different"; readonly detail: string };

type OwnAnswer =
  | { readonly kind: "rows"; readonly rows: PlainResult["rows"]; readonly types: string }
  | { readonly kind: "failure" | "refusal"; readonly message: string };

async function answer(question: Question, translator: Translator, warehouse: Warehouse): Promise<OwnAnswer> {
  const result = translateText(translator, question.sql, await warehouse.catalog());
  if (!result.ok) return { kind: "refusal", message: result.diagnostics.map(({ message }) => message).join(" ") };
  try {
    const { rows } = await warehouse.answer(result.value.statements, result.value.uses);
    return { kind: "rows", rows, types: result.value.types.join(", ") };
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return { kind: "failure", message: message.split("\n")[0] ?? "" };
  }
}

function difference(own: OwnAnswer, expected: ReferenceAnswer, order: Question["order"]): string | undefined {
  if (expected.kind !== "rows")
    return own.kind === "rows" ? `${JSON.stringify(own.rows)} and not the failure ${expected.message}` : undefined;
  const { rows, types } = expected.result;
  if (own.kind !== "rows") return `the ${own.kind} ${own.message} and not ${JSON.stringify(rows)}`;
  if (!areSameRows(own.rows, rows, order)) return `${JSON.stringify(own.rows)} and not ${JSON.stringify(rows)}`;
  return own.types === types.join(", ") ? undefined : `the type ${own.types} and not ${types.join(", ")}`;
}

async function failsInPart(question: Question, sides: Sides, warehouse: Warehouse): Promise<boolean> {
  for (const sql of question.parts) {
    const part: Question = { ...question, sql, parts: [] };
    const expected = await sides.reference.evaluate(sql, part.tables);
    if (expected.kind === "failure" && (await answer(part, sides.translator, warehouse)).kind !== "rows") return true;
  }
  return false;
}

async function compare(question: Question, sides: Sides, warehouse: Warehouse): Promise<Finding> {
  const [expected, own] = await Promise.all([
    sides.reference.evaluate(question.sql, question.tables),
    answer(question, sides.translator, warehouse),
  ]);
  if (expected.kind === "unable") return { kind: "unable" };
  const detail = difference(own, expected, question.order);
  if (detail === undefined) return { kind: expected.kind === "failure" ? "both fail" : "same" };
  if (isKnown(question.sql)) return { kind: "known" };
  if (own.kind === "refusal") return { kind: "refused", detail };
  const isOneFailure = expected.kind === "failure" || own.kind === "failure";
  if (isOneFailure && (await failsInPart(question, sides, warehouse))) return { kind: "lazy" };
  return { kind: "different", detail };
}

/** Compares the answers to all questions, writes what differs and how many went which way, and counts the different. */
export async function compareAll(
  name: string,
  questions: Iterable<Question>,
  options: Sides & { readonly write: (text: string) => void; readonly showsRefused: boolean },
): Promise<number> {
  const counts = new Map<string, number>();
  let warehouse = await openWarehouse();
  let setup = "";
  for (const question of questions) {
    if (question.setup !== setup) {
      warehouse.close();
      warehouse = await openWarehouse();
      ({ setup } = question);
      await warehouse.run(setup === "" ? "SELECT 1" : setup);
    }
    const finding = await compare(question, options, warehouse);
    counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
    if (finding.kind === "different" || (finding.kind === "refused" && options.showsRefused))
      options.write(`${question.sql}\n    ${finding.detail}\n`);
  }
  warehouse.close();
  options.write(`${name}: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(", ")}\n`);
  return counts.get("different") ?? 0;
}
