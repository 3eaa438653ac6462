import { emulatorProgram, emulators, installEmulator } from "./emulators/install-emulators.ts";

/** Installs the emulators of Cloud Storage and BigQuery that `npm run test:cloud` runs on; ends with 1 where one cannot be had. */
for (const emulator of emulators) {
  const refusal = installEmulator(process.env, emulator);
  if (refusal !== undefined) process.exitCode = 1;
  process.stdout.write(
    refusal === undefined
      ? `${emulator}: ${emulatorProgram(process.env, emulator)}\n`
      : `${emulator} cannot be installed: ${refusal}\n`,
  );
}
