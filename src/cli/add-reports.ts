import type { Command, Option } from "commander";
import type { CallContext, ExitCode } from "./call-context.ts";

/** Makes a call once its surroundings are there. */
type Make = (context: CallContext) => Promise<ExitCode>;

/** Adds the commands that only report: `compat` and `cost`. */
export function addReports(program: Command, form: Option, take: (command: Command, make: Make) => void): void {
  const compat = program
    .command("compat")
    .description("say of each model whether its GoogleSQL runs on DuckDB exactly, or why it is refused")
    .addOption(form);
  compat.action(({ output }: { readonly output: "text" | "json" }) => {
    const make: Make = async (context) => (await import("./commands/compat.ts")).answerCompat(context, { output });
    take(compat, make);
  });

  const cost = program
    .command("cost")
    .description("tell what each resource of the last run cost, where the warehouse bills it")
    .option("--state <folder>", "the folder of another run's artifacts")
    .addOption(form);
  cost.action(({ state, output }: { readonly state?: string; readonly output: "text" | "json" }) => {
    const make: Make = async (context) => (await import("./commands/cost.ts")).answerCost(context, { state, output });
    take(cost, make);
  });
}
