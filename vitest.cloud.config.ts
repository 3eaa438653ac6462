import { defineConfig, type ViteUserConfig } from "vitest/config";

/** The suites on emulators of Cloud Storage and BigQuery: `npm run test:cloud`. They start and stop them by themselves. */
const config: ViteUserConfig = defineConfig({
  test: { include: ["test/**/*.cloud.ts"], maxWorkers: 1, testTimeout: 240_000, hookTimeout: 120_000 },
});

export default config;
