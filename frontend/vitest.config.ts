import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{components,desk,embed,meeting}/**/*.test.ts"],
    // No test waits; a busy machine must not look like one that does.
    testTimeout: 30_000,
    // What a test puts in place of the browser's own goes with it.
    restoreMocks: true,
    unstubGlobals: true,
  },
});
