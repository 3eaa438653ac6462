import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { type Emulator, emulatorProgram } from "../../scripts/emulators/install-emulators.ts";

/** An emulator that runs. */
export interface RunningEmulator {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Why suites that need these emulators are skipped here, if they are; where emulators are required it is an error instead. */
export function absenceOf(...needed: readonly Emulator[]): string | undefined {
  const absent = needed.filter((emulator) => !existsSync(emulatorProgram(process.env, emulator)));
  if (absent.length === 0) return undefined;
  const reason = `${absent.join(" and ")} not installed: npm run emulators`;
  if (process.env["REQUIRE_EMULATORS"] !== undefined) throw new Error(reason);
  return reason;
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

interface Start {
  readonly given: readonly string[];
  readonly url: string;
  /** The path that answers as soon as the emulator does. */
  readonly health: string;
  readonly environment?: Readonly<Record<string, string>>;
}

async function start(emulator: Emulator, { given, url, health, environment = {} }: Start): Promise<RunningEmulator> {
  const child = spawn(emulatorProgram(process.env, emulator), given, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => {
      said = `${said}${String(text)}`.slice(-4000);
    });
  for (let tries = 0; !(await isReady(url + health)); tries++) {
    if (child.exitCode !== null || tries > 1200) throw new Error(`${emulator} does not start: ${said}`);
    await setTimeout(50);
  }
  return {
    url,
    stop: async () => {
      running.delete(child);
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Starts Cloud Storage's emulator; its buckets are the folders below a root, where BigQuery's emulator can read them. */
export async function startGcs(root?: string): Promise<RunningEmulator> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const place = root === undefined ? ["-backend", "memory"] : ["-backend", "filesystem", "-filesystem-root", root];
  const given = ["-scheme", "http", "-host", "127.0.0.1", "-port", String(port), ...place, "-external-url", url];
  return start("fake-gcs-server", {
    given: [...given, "-public-host", `127.0.0.1:${port}`, "-log-level", "error"],
    url,
    health: "/_internal/healthcheck",
  });
}

/** Starts BigQuery's emulator for the project `test`, which reads objects below a root. */
export async function startBigquery(root: string): Promise<RunningEmulator> {
  const [port, grpc] = [await freePort(), await freePort()];
  const given = ["start", "--ephemeral", "--rest-port", String(port), "--grpc-port", String(grpc)];
  return start("bqemulator", {
    given: [...given, "--project", "test", "--log-level", "error"],
    url: `http://127.0.0.1:${port}`,
    health: "/readyz",
    environment: { BQEMU_GCS_LOCAL_ROOT: root },
  });
}

/** Makes a bucket in Cloud Storage's emulator. */
export async function makeBucket({ url }: RunningEmulator, name: string): Promise<void> {
  const answer = await fetch(`${url}/storage/v1/b?project=test`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  if (!answer.ok) throw new Error(`no bucket ${name}: ${await answer.text()}`);
}
