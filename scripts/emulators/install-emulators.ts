import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** The emulators that the cloud suite runs on: Cloud Storage's, and BigQuery's. */
export const emulators = ["fake-gcs-server", "bqemulator"] as const;

/** One of the emulators. */
export type Emulator = (typeof emulators)[number];

/** The folder outside of this one where the emulators are kept between calls. */
function emulatorsFolder(environment: Environment): string {
  const cache = environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return environment["EMULATORS_HOME"] ?? join(cache, "tsdbt", "emulators-1");
}

/** The program of an emulator, whether it is there or not. */
export function emulatorProgram(environment: Environment, emulator: Emulator): string {
  return join(emulatorsFolder(environment), "bin", emulator);
}

interface Call {
  readonly folder: string;
  readonly environment?: Environment;
}

/** Runs a program; says why it failed, or nothing. */
function run(program: string, given: readonly string[], { folder, environment = {} }: Call): string | undefined {
  const ended = spawnSync(program, given, { cwd: folder, encoding: "utf8", env: { ...process.env, ...environment } });
  if (ended.error !== undefined) return ended.error.message;
  return ended.status === 0 ? undefined : `${ended.stdout}${ended.stderr}`.trim().slice(-2000);
}

/** Builds the server from the module beside this file, every package of which is pinned by its checksum. */
function installFakeGcs(program: string): string | undefined {
  const made = `${program}.${process.pid}`;
  const refusal = run("go", ["build", "-o", made, "github.com/fsouza/fake-gcs-server"], {
    folder: join(import.meta.dirname, "fake-gcs-server"),
    environment: { CGO_ENABLED: "0", GOFLAGS: "-p=1 -buildvcs=false" },
  });
  if (refusal === undefined) renameSync(made, program);
  return refusal;
}

/** Installs the packages that are pinned by their checksums; the program runs with the folder of its extensions as HOME. */
function installBqemulator(program: string, folder: string): string | undefined {
  const source = join(import.meta.dirname, "bqemulator");
  const [venv, home] = [join(folder, "bqemulator"), join(folder, "bqemulator-home")];
  mkdirSync(home, { recursive: true });
  const python = join(venv, "bin", "python");
  const steps: readonly (readonly [string, ...string[]])[] = [
    ["python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed.')"],
    ["python3", "-m", "venv", venv],
    [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", join(source, "requirements.txt")],
    [python, join(source, "install_extensions.py")],
  ];
  for (const [step, ...given] of steps) {
    const isOwn = given[0] === join(source, "install_extensions.py");
    const refusal = run(step, given, { folder, environment: isOwn ? { HOME: home } : {} });
    if (refusal !== undefined) return refusal;
  }
  const made = `${program}.${process.pid}`;
  writeFileSync(made, `#!/bin/sh\nHOME="${home}" exec "${join(venv, "bin", "bqemulator")}" "$@"\n`);
  chmodSync(made, 0o755);
  renameSync(made, program);
  return undefined;
}

/** Installs an emulator if it is not there yet; says why it cannot, or nothing. */
export function installEmulator(environment: Environment, emulator: Emulator): string | undefined {
  const folder = emulatorsFolder(environment);
  const program = emulatorProgram(environment, emulator);
  if (existsSync(program)) return undefined;
  mkdirSync(join(folder, "bin"), { recursive: true });
  process.stderr.write(`Installing ${emulator} in ${folder}, which takes a minute or two …\n`);
  switch (emulator) {
    case "fake-gcs-server":
      return installFakeGcs(program);
    case "bqemulator":
      return installBqemulator(program, folder);
  }
}
