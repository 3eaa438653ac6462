import { Command, Option } from "commander";
import type { ResourceType } from "../domain/selection-terms.ts";
import type { CallContext, ExitCode } from "./call-context.ts";
import { type CommonOptions, commonOptions } from "./common-options.ts";
import {
  addCommonOptions,
  addEmptyOption,
  addEventTimeOptions,
  addFullRefresh,
  addLimit,
  addMaxBytes,
  addRunOptions,
  addSampleOption,
  addSelectionOptions,
  addTestOptions,
} from "./options.ts";
import { selection, type SelectionValues } from "./selection-values.ts";
import { addReports } from "./add-reports.ts";
import { parseEventTimes, parseRange } from "./parse-range.ts";

/** A call as it was typed, ready to be made once its surroundings are there. */
export interface ParsedCall {
  readonly command: string;
  readonly common: CommonOptions;
  readonly select: readonly string[];
  readonly fullRefresh: boolean;
  readonly eventTimes: { readonly start: string | undefined; readonly end: string | undefined };
  /** `answer`: what goes to `out` is the answer alone, and lines of the work go to `err`. */
  readonly out: "lines" | "answer";
  readonly make: (context: CallContext, stop: () => void) => Promise<ExitCode>;
}

interface RunValues extends SelectionValues {
  readonly fullRefresh?: boolean;
  readonly eventTimeStart?: string;
  readonly eventTimeEnd?: string;
  readonly maxBytes?: number;
}

type Accept = (call: ParsedCall) => void;

type Making = Pick<ParsedCall, "out" | "make"> & { readonly values?: RunValues };

function accept(command: Command, { out, make, values = {} }: Making, given: Accept): void {
  given({
    command: command.name(),
    common: commonOptions(command),
    select: selection(values).select,
    fullRefresh: values.fullRefresh ?? false,
    eventTimes: { start: values.eventTimeStart, end: values.eventTimeEnd },
    out,
    make,
  });
}

/** What `build`, `run`, `test` and `seed` have in common, and what tells them apart. */
interface RunCommand {
  readonly name: string;
  readonly description: string;
  readonly types: readonly ResourceType[];
  readonly ingests: boolean;
}

const runCommands: readonly RunCommand[] = [
  {
    name: "build",
    description: "ingest what is due, then make seeds and models and test them, each after what it reads",
    types: ["seed", "model", "snapshot", "test", "unit_test"],
    ingests: true,
  },
  { name: "run", description: "make models", types: ["model"], ingests: false },
  { name: "test", description: "test what is there", types: ["test", "unit_test"], ingests: false },
  { name: "snapshot", description: "keep the states of rows as they change", types: ["snapshot"], ingests: false },
  { name: "seed", description: "load seeds", types: ["seed"], ingests: false },
];

function addRunCommands(program: Command, given: Accept): void {
  for (const { name, description, types, ingests } of runCommands) {
    const command = addRunOptions(addSelectionOptions(program.command(name).description(description)));
    addMaxBytes(command);
    if (name !== "test") addFullRefresh(command);
    if (types.includes("model")) addSampleOption(addEventTimeOptions(command));
    if (types.includes("model") || name === "snapshot" || name === "seed") addEmptyOption(command);
    if (types.includes("test")) addTestOptions(command);
    command.action((values: RunValues) => {
      const make: ParsedCall["make"] = async (context) => {
        const { answerRun } = await import("./commands/run.ts");
        return answerRun(context, {
          ...selection(values),
          resourceTypes: types,
          fullRefresh: values.fullRefresh ?? false,
          eventTimes: parseEventTimes(values.eventTimeStart, values.eventTimeEnd),
          stopsAtFailure: commonOptions(command).failFast,
          maxBytes: values.maxBytes,
          ingests,
        });
      };
      accept(command, { out: "lines", make, values }, given);
    });
  }
}

function addClone(program: Command, given: Accept): void {
  const command = addFullRefresh(addRunOptions(addSelectionOptions(program.command("clone")))).description(
    "make views of what stands where --state says, under the names of this target",
  );
  command.action((values: RunValues) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/clone.ts")).answerClone(context, {
        ...selection(values),
        fullRefresh: values.fullRefresh ?? false,
      });
    accept(command, { out: "lines", make, values }, given);
  });
}

function addSource(program: Command, given: Accept): void {
  const source = program
    .command("source")
    .description("ask how fresh sources are: source freshness")
    .helpCommand(false);
  const freshness = addSelectionOptions(source.command("freshness").alias("snapshot-freshness"))
    .description("ask how old the newest rows of sources are, against warn_after and error_after")
    .option("-o, --output <path>", "where the answer goes, in place of sources.json among the artifacts");
  freshness.action((values: SelectionValues & { readonly output?: string }) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/freshness.ts")).answerFreshness(context, {
        ...selection(values),
        output: values.output,
      });
    accept(freshness, { out: "lines", make, values }, given);
  });
  addRunOptions(freshness);
}

function addRetry(program: Command, given: Accept): void {
  const command = addRunOptions(program.command("retry"))
    .description("run again what failed or was skipped the last time, with the same arguments")
    .addOption(new Option("--state <folder>", "where the record of the earlier run lies").env("DBT_STATE"));
  command.action(({ state }: { readonly state?: string }) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/retry.ts")).answerRetry(context, state);
    accept(command, { out: "lines", make }, given);
  });
}

interface IngestValues {
  readonly source?: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly showRejected?: boolean;
  readonly output: "table" | "json";
}

function addIngest(program: Command, given: Accept): void {
  const command = program
    .command("ingest")
    .description("stage the raw pulls of each hour as one CSV and load it")
    .option("--source <names...>", "only these sources: source or source.table")
    .option("--start <time>", "only windows from this time on: 2022-10-31 or 2022-10-31T23:00")
    .option("--end <time>", "only windows before this time; a day is meant whole")
    .option("--show-rejected", "list what was turned away, and ingest nothing")
    .addOption(new Option("--output <form>", "the form of that list").choices(["table", "json"]).default("table"));
  command.action(({ source = [], start, end, showRejected = false, output }: IngestValues) => {
    const make: ParsedCall["make"] = async (context) => {
      const { answerIngest, answerRejected } = await import("./commands/ingest.ts");
      if (showRejected) return answerRejected(context, { sources: source, output });
      return answerIngest(context, { sources: source, range: parseRange(start, end) });
    };
    accept(command, { out: showRejected ? "answer" : "lines", make }, given);
  });
}

function addLookingCommands(program: Command, given: Accept): void {
  const form = new Option("--output <form>", "the form of the answer").choices(["text", "json"]).default("text");
  const compile = addEmptyOption(addSelectionOptions(program.command("compile")))
    .description("render and translate queries into the target folder; print them if any are selected")
    .option("--inline <query>", "a query to compile, with ref() and source(), in place of the project's")
    .option("--lineage", "print the columns of models and the columns that they come from")
    .addOption(form);
  interface CompileValues extends SelectionValues {
    readonly output: "text" | "json";
    readonly lineage?: boolean;
    readonly inline?: string;
  }
  compile.action((values: CompileValues) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/compile.ts")).answerCompile(context, {
        ...selection(values),
        inline: values.inline,
        content: values.lineage === true ? "lineage" : "text",
        output: values.output,
      });
    accept(compile, { out: "answer", make, values }, given);
  });

  addReports(program, form, (command, make) => {
    accept(command, { out: "answer", make }, given);
  });

  const plan = addFullRefresh(addSelectionOptions(program.command("plan")))
    .description("show what build would do now: steps, reasons, statements; change nothing")
    .option("--titles", "leave the statements out")
    .addOption(form);
  plan.action((values: RunValues & { readonly output: "text" | "json"; readonly titles?: boolean }) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/plan.ts")).answerPlan(context, {
        ...selection(values),
        fullRefresh: values.fullRefresh ?? false,
        output: values.output,
        statements: values.titles === true ? "titles" : "statements",
      });
    accept(plan, { out: "answer", make, values }, given);
  });

  const ls = addSelectionOptions(program.command("ls").alias("list"))
    .description("list resources")
    .addOption(
      new Option("--output <form>", "what to show of each")
        .choices(["selector", "name", "path", "json"])
        .default("selector"),
    )
    .option("--output-keys <keys...>", "the keys that json shows");
  ls.action(
    (
      values: SelectionValues & {
        readonly output: "selector" | "name" | "path" | "json";
        readonly outputKeys?: readonly string[];
      },
    ) => {
      const make: ParsedCall["make"] = async (context) =>
        (await import("./commands/ls.ts")).answerLs(context, {
          ...selection(values),
          output: values.output,
          keys: values.outputKeys ?? [],
        });
      accept(ls, { out: "answer", make, values }, given);
    },
  );

  const show = addLimit(addSelectionOptions(program.command("show")))
    .description("show the first rows of a model's query, or of one given by --inline")
    .option("--inline <query>", "a query to run, with ref() and source()")
    .addOption(form);
  show.action(
    (
      values: SelectionValues & {
        readonly inline?: string;
        readonly limit: number;
        readonly output: "text" | "json";
      },
    ) => {
      const make: ParsedCall["make"] = async (context) =>
        (await import("./commands/show.ts")).answerShow(context, {
          ...selection(values),
          inline: values.inline,
          limit: values.limit,
          output: values.output,
        });
      accept(show, { out: "answer", make, values }, given);
    },
  );
}

function addDocs(program: Command, given: Accept): void {
  const generate = addSelectionOptions(
    program.command("docs").description("what documentation is made from").helpCommand(false).command("generate"),
  )
    .description("write the manifest and the catalog of what stands in the warehouse")
    .option("--no-compile", "leave the compiled texts as they are")
    .option("--empty-catalog", "ask no warehouse")
    .option("--static", "accepted: tsdbt writes no page");
  generate.action((values: SelectionValues & { readonly compile: boolean; readonly emptyCatalog?: boolean }) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/docs.ts")).answerDocs(context, {
        ...selection(values),
        compiles: values.compile,
        asksWarehouse: values.emptyCatalog !== true,
      });
    accept(generate, { out: "lines", make, values }, given);
  });
}

interface DepsValues {
  readonly addPackage?: string;
  readonly source: "hub" | "git" | "local";
  readonly lock?: boolean;
  readonly upgrade?: boolean;
}

function addProjectCommands(program: Command, given: Accept): void {
  const parse = program.command("parse").description("read the whole project, and write its manifest");
  parse.action(() => {
    const make: ParsedCall["make"] = async (context) => (await import("./commands/project.ts")).answerParse(context);
    accept(parse, { out: "lines", make }, given);
  });

  const deps = program
    .command("deps")
    .description("install the packages that packages.yml or dependencies.yml lists")
    .option("--add-package <package>", "put a package on the list first: dbt-labs/dbt_utils@1.1.1")
    .addOption(
      new Option("--source <kind>", "where that package comes from").choices(["hub", "git", "local"]).default("hub"),
    )
    .option("--lock", "write package-lock.yml, and install nothing")
    .option("--upgrade", "choose versions anew, whatever package-lock.yml says");
  deps.action(({ addPackage, source, lock, upgrade }: DepsValues) => {
    const mode = lock === true ? "lock" : upgrade === true ? "upgrade" : "install";
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/deps.ts")).answerDeps(context, { add: addPackage, source, mode });
    accept(deps, { out: "lines", make }, given);
  });

  const watch = addRunOptions(addSelectionOptions(program.command("watch"))).description(
    "compile at each save and run what it affected; d runs what lies below too, r again, q ends",
  );
  watch.action((values: RunValues) => {
    const make: ParsedCall["make"] = async (context, stop) =>
      (await import("./commands/watch.ts")).answerWatch(context, {
        ...selection(values),
        stopsAtFailure: commonOptions(watch).failFast,
        stop,
      });
    accept(watch, { out: "lines", make, values }, given);
  });

  const operation = program
    .command("run-operation")
    .argument("<macro>", "its name, with its package's before a dot where that has to be told")
    .description("call a macro by itself")
    .option("--args <yaml>", "its arguments, a mapping in YAML or JSON", "{}");
  operation.action((name: string, { args }: { readonly args: string }) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/run-operation.ts")).answerRunOperation(context, { name, args });
    accept(operation, { out: "lines", make }, given);
  });

  const debug = program
    .command("debug")
    .description("say how all is that a run needs")
    .option("--connection", "look only at how the warehouse is reached");
  debug.action(({ connection = false }: { readonly connection?: boolean }) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/project.ts")).answerDebug(context, connection ? "connection" : "all");
    accept(debug, { out: "lines", make }, given);
  });

  const setup = program
    .command("setup")
    .description("make the bucket, the datasets and the ledger's tables of a target");
  setup.action(() => {
    const make: ParsedCall["make"] = async (context) => (await import("./commands/project.ts")).answerSetup(context);
    accept(setup, { out: "lines", make }, given);
  });

  const clean = program.command("clean").description("remove the folders that clean-targets names");
  clean.action(() => {
    const make: ParsedCall["make"] = async (context) => (await import("./commands/project.ts")).answerClean(context);
    accept(clean, { out: "lines", make }, given);
  });

  const init = program
    .command("init")
    .argument("<folder>", "where to make it")
    .description("make a new project that runs");
  init.action((folder: string) => {
    const make: ParsedCall["make"] = async (context) =>
      (await import("./commands/project.ts")).answerInit(context, folder);
    accept(init, { out: "lines", make }, given);
  });
}

/** The command line of tsdbt. Parsing it does nothing; the parsed call is handed to `given`. */
export function tsdbtProgram(version: string, given: Accept): Command {
  const program = new Command("tsdbt")
    .description("dbt's incremental models, from raw files to tables")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: false });
  addRunOptions(addCommonOptions(program));
  addRunCommands(program, given);
  addRetry(program, given);
  addClone(program, given);
  addSource(program, given);
  addIngest(program, given);
  addLookingCommands(program, given);
  addProjectCommands(program, given);
  addDocs(program, given);
  for (const command of program.commands) for (const each of [command, ...command.commands]) addCommonOptions(each);
  return program;
}
