import { spawnSync } from "node:child_process";

/** One way to do a piece of work; `prepare` is not timed. */
export interface Contender {
  readonly name: string;
  readonly prepare?: () => void;
  readonly work: () => Promise<void> | void;
}

/** The median of a contender's times in milliseconds, and the fastest. */
export interface Timing {
  readonly name: string;
  readonly medianMs: number;
  readonly fastestMs: number;
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Lets the contenders take turns, once to warm up and then `rounds` times, so that a slow moment of the machine hits all alike. */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<readonly Timing[]> {
  const times = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const contender of contenders) {
      contender.prepare?.();
      const start = performance.now();
      await contender.work();
      if (round > 0) times.get(contender)?.push(performance.now() - start);
    }
  return contenders.map((contender) => {
    const own = times.get(contender) ?? [];
    return { name: contender.name, medianMs: median(own), fastestMs: Math.min(...own) };
  });
}

/** Runs Node with these arguments and waits for its end. */
export function runNode(args: readonly string[], folder: string = process.cwd()): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${String(status)}: ${stderr}`);
}

/** Prints a table of timings; the ratios are to the last contender, the yardstick. */
export function printTimings(title: string, timings: readonly Timing[]): void {
  const yardstick = timings.at(-1)?.medianMs ?? NaN;
  process.stdout.write(`\n${title}\n`);
  for (const { name, medianMs, fastestMs } of timings)
    process.stdout.write(
      `  ${name.padEnd(52)} ${medianMs.toFixed(0).padStart(7)} ms  (fastest ${fastestMs.toFixed(0)})  ${(medianMs / yardstick).toFixed(2)} ×\n`,
    );
}
