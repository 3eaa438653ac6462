import { defineConfig, type ViteUserConfig } from "vitest/config";

/** The suites that take minutes: `npm run test:slow`. */
const config: ViteUserConfig = defineConfig({
  test: { include: ["test/**/*.slow.ts"], maxWorkers: "100%", testTimeout: 120_000, hookTimeout: 120_000 },
});

export default config;
