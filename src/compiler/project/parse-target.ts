import { type Diagnostic, error } from "../../domain/diagnostic.ts";
import type { DuckdbAttachment, DuckdbExtension, Target } from "../../domain/settings.ts";
import type { DataMap } from "../../domain/data.ts";
import { didYouMean } from "../nearest-name.ts";
import { parseBigqueryTarget } from "./parse-bigquery-target.ts";
import { type YamlNode, yamlEntry } from "./parse-yaml.ts";
import { numberOrDigits } from "./number-or-digits.ts";
import { anyMapping, listOf, mapping, type Placed, placed, type Shape, text, truth } from "./yaml-shape.ts";

type Report = (diagnostic: Diagnostic) => void;

const otherRepository = mapping({ name: text, repo: text }, { what: "an extension", needs: ["name", "repo"] });

const extension: Shape<DuckdbExtension> = (node, report) => {
  if (node.kind !== "map") {
    const name = text(node, report);
    return name === undefined ? undefined : { name, repository: undefined };
  }
  const read = otherRepository(node, report)?.value;
  return read?.name === undefined ? undefined : { name: read.name, repository: read.repo };
};

const attached = mapping(
  { path: text, alias: text, type: text, secret: text, read_only: truth, options: anyMapping },
  { what: "an attached database", needs: ["path"], ignored: ["is_ducklake"] },
);

function without(data: Readonly<Record<string, DataMap[string] | undefined>>): DataMap {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

const attachment: Shape<DuckdbAttachment> = (node, report) => {
  const read = attached(node, report)?.value;
  if (read?.path === undefined) return undefined;
  const { type, secret, read_only: readOnly } = read;
  return {
    path: read.path,
    alias: read.alias,
    options: { ...read.options, ...without({ type, secret, read_only: readOnly }) },
  };
};

const duckdbTarget = mapping(
  {
    type: placed(text),
    path: placed(text),
    database: placed(text),
    schema: text,
    threads: numberOrDigits,
    config_options: anyMapping,
    extensions: listOf(extension),
    settings: anyMapping,
    attach: listOf(attachment),
  },
  {
    what: "a target",
    needs: ["type"],
    ignored: ["disable_transactions", "keep_open", "module_paths", "retries", "external_root"],
    unsupported: [
      "secrets",
      "filesystems",
      "remote",
      "plugins",
      "use_credential_provider",
      "flights",
      "is_ducklake",
      "motherduck_token",
    ],
  },
);

/** The name that DuckDB gives a database file: the first part of the file's name between dots, its own names set apart. */
export function databaseName(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1);
  if (base === ":memory:") return "memory";
  const name = base.split(".").find((part) => part !== "") ?? "";
  return ["main", "temp", "system"].includes(name) ? `${name}_db` : name;
}

function otherType({ value, span }: Placed<string>, report: Report): void {
  const hint = didYouMean(value, ["duckdb", "bigquery"]);
  report(error("target-type", `A target has the type "duckdb" or "bigquery", found "${value}".`, { span, hint }));
}

/** A target, its templates rendered; what is wrong with it is told. One without a path is in memory, as in dbt. */
export function parseTarget(name: string, node: YamlNode, report: Report): Target | undefined {
  const type = yamlEntry(node, "type")?.value;
  if (type?.kind === "scalar" && type.value === "bigquery") return parseBigqueryTarget(name, node, report);
  if (type?.kind === "scalar" && typeof type.value === "string" && type.value !== "duckdb") {
    otherType({ value: type.value, span: type.span }, report);
    return undefined;
  }
  const read = duckdbTarget(node, report)?.value;
  if (read?.type?.value !== "duckdb") return undefined;
  const path: Placed<string> = read.path ?? { value: ":memory:", span: read.type.span };
  if (/^(?:md|motherduck|ducklake):/iu.test(path.value)) {
    report(error("target-path", "tsdbt runs on database files of DuckDB alone.", { span: path.span }));
    return undefined;
  }
  const own = databaseName(path.value);
  if (own === "") {
    report(error("target-path", "The path of a DuckDB target is that of a file.", { span: path.span }));
    return undefined;
  }
  const attachments = read.attach ?? [];
  const names = [own, ...attachments.map((each) => each.alias ?? databaseName(each.path))];
  const { database } = read;
  if (database !== undefined && !names.includes(database.value)) {
    report(
      error("target-database", `The database of this target is called "${own}", after its file.`, {
        span: database.span,
        hint: `Write "database: ${own}", or leave it out; another name is one of an attached database.`,
      }),
    );
    return undefined;
  }
  return {
    type: "duckdb",
    name,
    path: path.value,
    database: database?.value ?? own,
    schema: read.schema ?? "main",
    threads: read.threads ?? 1,
    setup: {
      configOptions: read.config_options ?? {},
      extensions: read.extensions ?? [],
      attachments,
      settings: read.settings ?? {},
    },
  };
}
