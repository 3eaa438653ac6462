import { existsSync } from "node:fs";
import { join } from "node:path";
import { examplePulls } from "./sample/example.ts";
import { generatePulls, type Pull } from "./sample/pulls.ts";
import { parseSampleOptions, sampleHelp } from "./sample/sample-options.ts";
import { writePulls } from "./sample/write-pulls.ts";

function fail(message: string, exitCode: 1 | 2): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}

function daysFrom(start: string, days: number): readonly string[] {
  return Array.from({ length: days }, (_, day) =>
    new Date(Date.parse(start) + day * 86_400_000).toISOString().slice(0, 10),
  );
}

function write(pulls: Iterable<Pull>, { out, days }: { readonly out: string; readonly days: readonly string[] }): void {
  const taken = days.map((day) => join(out, day)).find((folder) => existsSync(folder));
  if (taken !== undefined) {
    fail(`The folder "${taken}" is there already, and no day is written twice.`, 2);
    return;
  }
  try {
    const { files, bytes } = writePulls(pulls, out);
    process.stdout.write(`Wrote ${String(files)} files, ${String(bytes)} bytes, to "${out}".\n`);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) {
      throw error;
    }
    fail(`The sample cannot be written: ${error.message}.`, 1);
  }
}

const request = parseSampleOptions(process.argv.slice(2));
switch (request.kind) {
  case "help":
    process.stdout.write(sampleHelp);
    break;
  case "wrong":
    fail(request.message, 2);
    break;
  case "example":
    write(examplePulls(), { out: request.out, days: daysFrom("2022-10-30", 3) });
    break;
  case "generate":
    write(generatePulls(request.settings), {
      out: request.out,
      days: daysFrom(request.settings.start, request.settings.days),
    });
    break;
}
