import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** The built command line. */
const binary = join(import.meta.dirname, "../../dist/cli/main.js");

/** How a call ended, and all that it printed. */
export interface Called {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where and with what environment a call is made. */
export interface CallOptions {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the real binary; its clock stands still unless the environment says otherwise. */
export function startTsdbt({ folder, environment = {} }: CallOptions, args: readonly string[]): ChildProcess {
  const env = { PATH: process.env["PATH"], TSDBT_NOW: "2022-11-02T00:00:00Z", ...environment };
  return spawn(process.execPath, [binary, ...args], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
}

/** Waits for a started call and gives all that it printed. */
export async function endOf(child: ChildProcess): Promise<Called> {
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  return { code, out, err };
}

/** Calls the real binary in a folder and waits for its end. */
export async function tsdbt(folder: string | CallOptions, ...args: readonly string[]): Promise<Called> {
  const child = startTsdbt(typeof folder === "string" ? { folder } : folder, args);
  child.stdin?.end();
  return await endOf(child);
}

/** Calls the real binary and throws with its output if it does not end with 0. */
export async function succeed(folder: string | CallOptions, ...args: readonly string[]): Promise<Called> {
  const called = await tsdbt(folder, ...args);
  if (called.code !== 0)
    throw new Error(`tsdbt ${args.join(" ")} ended with ${String(called.code)}\n${called.out}${called.err}`);
  return called;
}
