import { spawn } from "node:child_process";
import { connect } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { PlainResult } from "../../test/googlesql/plain-rows.ts";
import { decodeType, decodeValue } from "./decode-value.ts";
import { construct, invoke, listOf, member, textOf } from "./foreign.ts";

/** What the reference implementation says of a query: its rows, or why there are none. */
export type ReferenceAnswer =
  | { readonly kind: "rows"; readonly result: PlainResult }
  /** BigQuery fails too. */
  | { readonly kind: "failure"; readonly message: string }
  /** The reference implementation lacks something that BigQuery has. */
  | { readonly kind: "unable"; readonly message: string };

/** GoogleSQL's reference implementation in a process of its own. */
export interface Reference {
  /** Evaluates a query over tables that are queries themselves, by name. */
  readonly evaluate: (sql: string, tables: Readonly<Record<string, string>>) => Promise<ReferenceAnswer>;
  readonly close: () => void;
}

/** What the reference, which is of 2023, says where it lacks something or a query reads a table that it has not. */
const unable =
  /Unsupported built-in function|Function not found|[Uu]nimplemented|not implemented|optional function|INTERNAL|is (?:not supported|unsupported)|Table not found|Duplicate alias \w+ for WITH|got keyword (?:BY|INNER)|Deadline/u;

/** How long an answer may take, in milliseconds. */
const patience = 30_000;

/** Features that BigQuery does not have, or has otherwise. */
const absent = [
  "FEATURE_TIMESTAMP_NANOS",
  "FEATURE_V_1_4_CONCAT_MIXED_TYPES",
  "FEATURE_CONCAT_MIXED_TYPES",
  "FEATURE_ANONYMIZATION",
  "FEATURE_DIFFERENTIAL_PRIVACY",
  "FEATURE_V_1_4_DISALLOW_UNICODE_COLLATION",
];

const rewrites = [
  "REWRITE_FLATTEN",
  "REWRITE_PIVOT",
  "REWRITE_UNPIVOT",
  "REWRITE_LIKE_ANY_ALL",
  "REWRITE_TYPEOF_FUNCTION",
  "REWRITE_BUILTIN_FUNCTION_INLINER",
  "REWRITE_INLINE_SQL_FUNCTIONS",
  "REWRITE_WITH_EXPR",
  "REWRITE_SET_OPERATION_CORRESPONDING",
  "REWRITE_GROUPING_SET",
];

/** Starts the reference implementation that is installed in the folder. */
export async function openReference(folder: string): Promise<Reference> {
  const load = createRequire(join(folder, "package.json"));
  const base = join(folder, "node_modules/@fivetrandevelopers/zetasql/lib/zetasql");
  const grpc: unknown = load("@grpc/grpc-js");
  const loader: unknown = load("@grpc/proto-loader");
  const port = 20_000 + (process.pid % 20_000);
  const server = spawn(join(base, "remote_server.so"), ["localhost", String(port)], { stdio: "ignore" });
  // A program that cannot be started is one that does not answer.
  server.on("error", () => undefined);
  await waitFor(port);
  const settings = { defaults: false, oneofs: true, longs: String, enums: String, includeDirs: [join(base, "protos")] };
  const definition = invoke(loader, "loadSync", "local_service.proto", settings);
  const services = member(member(invoke(grpc, "loadPackageDefinition", definition), "zetasql"), "local_service");
  const limits = { "grpc.max_send_message_length": 1e8, "grpc.max_receive_message_length": 1e8 };
  const credentials = invoke(member(grpc, "credentials"), "createInsecure");
  const client = construct(member(services, "ZetaSqlLocalService"), `localhost:${port}`, credentials, limits);
  const call = (name: string, request: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const deadline = new Date(Date.now() + patience);
      invoke(client, name, request, { deadline }, (failure: unknown, answer: unknown) => {
        if (failure instanceof Error) reject(failure);
        else resolve(answer);
      });
    });
  const everything = await call("getLanguageOptions", { maximumFeatures: true });
  const features = listOf(member(everything, "enabledLanguageFeatures")).filter(
    (feature) => !absent.includes(textOf(feature)),
  );
  const languageOptions = {
    ...(typeof everything === "object" ? everything : {}),
    enabledLanguageFeatures: [...features, "FEATURE_INTERVAL_TYPE"],
    productMode: "PRODUCT_EXTERNAL",
    reservedKeywords: ["QUALIFY"],
  };
  const options = {
    languageOptions,
    defaultTimezone: "UTC",
    enabledRewrites: rewrites,
    errorMessageMode: "ERROR_MESSAGE_ONE_LINE",
  };
  const simpleCatalog = { name: "c", builtinFunctionOptions: { languageOptions } };
  return {
    evaluate: async (sql, tables) => {
      try {
        const answer = await call("evaluateQuery", { sql: withTables(sql, tables), options, simpleCatalog });
        return { kind: "rows", result: resultOf(answer) };
      } catch (failure) {
        const details = textOf(member(failure, "details"));
        const message = details === "" ? String(failure) : details;
        return { kind: unable.test(message) ? "unable" : "failure", message };
      }
    },
    close: () => {
      invoke(client, "close");
      server.kill("SIGKILL");
    },
  };
}

async function waitFor(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "localhost", () => {
        socket.end();
        resolve(true);
      });
      socket.on("error", () => {
        resolve(false);
      });
    });
    if (isOpen) return;
    await setTimeout(50);
  }
  throw new Error("The reference implementation does not start.");
}

function resultOf(answer: unknown): PlainResult {
  const columns = listOf(member(member(answer, "prepared"), "columns"));
  const types = columns.map((column) => member(column, "type"));
  const table = member(member(answer, "content"), "tableData");
  const rows = listOf(table === undefined || table === null ? [] : member(table, "row")).map((row) =>
    listOf(member(row, "cell")).map((cell, index) => {
      const value = decodeValue(cell, types[index]);
      // BigQuery writes a NULL array as an empty one.
      return value === null && decodeType(types[index]).startsWith("ARRAY") ? [] : value;
    }),
  );
  return { names: columns.map((column) => textOf(member(column, "name"))), types: types.map(decodeType), rows };
}

/** The query with the tables before it as queries of WITH. */
function withTables(sql: string, tables: Readonly<Record<string, string>>): string {
  const parts = Object.entries(tables).map(([name, query]) => `${name} AS (${query})`);
  if (parts.length === 0) return sql;
  const opening = /^\s*WITH\s+(?<recursive>RECURSIVE\s+)?/iu.exec(sql);
  if (opening === null) return `WITH ${parts.join(", ")} ${sql}`;
  return `WITH ${opening.groups?.["recursive"] ?? ""}${parts.join(", ")}, ${sql.slice(opening[0].length)}`;
}
