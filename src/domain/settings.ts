import type { Data, DataMap } from "./data.ts";
import type { Batch } from "./batch.ts";
import type { Relation } from "./relation.ts";
import type { LoadTime } from "./load-time.ts";

/** The SQL that the author writes: GoogleSQL, or the engine's own where that is DuckDB. */
export type DialectName = "bigquery" | "duckdb";

/** An extension that is installed and loaded before a database is used; `repository` where it is not DuckDB's own. */
export interface DuckdbExtension {
  readonly name: string;
  readonly repository: string | undefined;
}

/** Another database that is attached. `options` are those of DuckDB's `attach`: `{type: "postgres", read_only: true}`. */
export interface DuckdbAttachment {
  readonly path: string;
  readonly alias: string | undefined;
  readonly options: DataMap;
}

/** How an embedded DuckDB is made ready, in the keys of dbt-duckdb's profiles. */
export interface DuckdbSetup {
  readonly configOptions: DataMap;
  readonly extensions: readonly DuckdbExtension[];
  readonly attachments: readonly DuckdbAttachment[];
  readonly settings: DataMap;
}

/** An embedded DuckDB: a database file (relative to the project), the schema that models go to by default. */
export interface DuckdbTarget {
  readonly type: "duckdb";
  readonly name: string;
  readonly path: string;
  readonly database: string;
  readonly schema: string;
  readonly threads: number;
  readonly setup: DuckdbSetup;
}

/** BigQuery: the project (`database`) and dataset that models go to by default, and what every job is given. */
export interface BigqueryTarget {
  readonly type: "bigquery";
  readonly name: string;
  readonly database: string;
  readonly schema: string;
  readonly threads: number;
  /** The project that jobs run in and are paid by. */
  readonly executionProject: string;
  readonly location: string | undefined;
  readonly priority: "interactive" | "batch";
  readonly maximumBytesBilled: number | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly retries: number;
  /** `projects/p/locations/l/reservations/r`: where jobs run, if not where the project's jobs do. */
  readonly reservation: string | undefined;
  /** How long a run waits for another one that writes to the same datasets. */
  readonly lockWaitSeconds: number;
  /** The place in Cloud Storage below which ingest stages files, `gs://bucket/prefix`. */
  readonly staging: string | undefined;
  /** The file of a service account's key, relative to the project; the environment's credentials where there is none. */
  readonly keyfile: string | undefined;
}

/** Where a project runs. */
export type Target = DuckdbTarget | BigqueryTarget;

/** A package that is installed: its folder, relative to the project's, and the vars of its own project file. */
export interface InstalledPackage {
  readonly folder: string;
  readonly vars: DataMap;
}

/**
 * What the project file says, with defaults filled in; or that of an installed package, which takes all else from its
 * project. Paths are relative to the project's root, with `/`.
 */
export interface Settings {
  readonly name: string;
  /** The profile that the target is of; a project that has its targets in its own file is its own profile. */
  readonly profileName: string;
  readonly version: string | undefined;
  readonly dialect: DialectName;
  readonly modelPaths: readonly string[];
  readonly macroPaths: readonly string[];
  readonly seedPaths: readonly string[];
  /** Generic tests lie below `generic` in these. */
  readonly testPaths: readonly string[];
  readonly snapshotPaths: readonly string[];
  readonly analysisPaths: readonly string[];
  /** Where packages are installed. */
  readonly packagesPath: string;
  readonly targetPath: string;
  readonly cleanTargets: readonly string[];
  readonly vars: DataMap;
  /** By their names. */
  readonly packages?: Readonly<Record<string, InstalledPackage>> | undefined;
  readonly target: Target;
  readonly ledgerSchema: string;
}

/** What templates may know of the call that they are evaluated in. */
export interface CallFacts {
  readonly invocationId: string;
  /** The logical time of the run (DESIGN §4). */
  readonly now: LoadTime;
  /** The command: `run`, `build`. */
  readonly which: string;
  /** What was asked for, by the names of dbt's options: `full_refresh`. */
  readonly arguments: DataMap;
}

/** What templates read of what they refer to, and where, when that is not all of it where it belongs. */
export interface ReadingRules {
  /** No rows at all (`--empty`), or those of a stretch of event time where it is known (`--sample`). */
  readonly rows: "all" | "none" | Batch;
  /** Where resources stand that this call does not build, by unique ids (`--defer`). */
  readonly deferred: Readonly<Record<string, Relation>>;
}

/** Values that a run gets from outside, besides the project's files: they are part of every cache key. */
export interface Inputs {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `--vars`: they win over the project's. */
  readonly vars: DataMap;
  readonly targetName: string | undefined;
  /** `--profile`: it wins over what a `dbt_project.yml` names. */
  readonly profileName?: string | undefined;
  /** `--no-version-check`: what the project asks of dbt's version is passed over. */
  readonly ignoresVersion?: boolean;
  /** `--store-failures`: tests keep the rows that fail them, unless their config says otherwise. */
  readonly storesFailures?: boolean | undefined;
  readonly call?: CallFacts | undefined;
  readonly reading?: ReadingRules | undefined;
}

/** A config value by key, as the layers of configuration left it. */
export type ConfigValues = Readonly<Record<string, Data>>;
