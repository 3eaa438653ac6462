import { join } from "node:path";
import { differences } from "../truth/differences.ts";
import { applyStep, randomSchedule, type ScheduleOptions } from "../truth/schedule.ts";
import { readTruth } from "../truth/truth.ts";
import { callInProcess } from "../e2e/in-process.ts";
import { exampleProject, publishedTables } from "../e2e/example-project.ts";

/** Where the tables were not what they have to be, a sentence each; none if the schedule was lived through well. */
export async function liveSchedule(options: ScheduleOptions): Promise<readonly string[]> {
  const project = exampleProject({});
  const raw = join(project, "raw_data");
  const problems: string[] = [];
  const expectEnding = async (hour: number, command: Parameters<typeof callInProcess>[1]): Promise<void> => {
    const ending = await callInProcess(project, command, hour);
    if (ending !== "success") problems.push(`step ${String(hour)}: ${command} ended in ${ending}.`);
  };
  const { steps } = randomSchedule(options);
  for (const [hour, step] of steps.entries()) {
    applyStep(raw, step);
    await expectEnding(hour, step.command);
    if (step.command !== "build" || options.moves === "allowed") continue;
    const wrong = differences(readTruth(raw), await publishedTables(project));
    problems.push(...wrong.map((what) => `step ${String(hour)}: ${what}`));
  }
  const merged = await publishedTables(project);
  await expectEnding(steps.length, "build");
  const again = await publishedTables(project);
  if (JSON.stringify(again) !== JSON.stringify(merged)) problems.push("A second build changed the tables.");
  await expectEnding(steps.length + 1, "full-refresh");
  const refreshed = await publishedTables(project);
  problems.push(...differences(readTruth(raw), refreshed).map((what) => `full refresh: ${what}`));
  if (options.moves === "never" && JSON.stringify(refreshed) !== JSON.stringify(merged))
    problems.push("The merged tables are not those of a full refresh, load times included.");
  return problems;
}
