import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{components,desk,meeting}/**/*.test.ts"],
    // What a test puts in place of the browser's own goes with it.
    restoreMocks: true,
    unstubGlobals: true,
  },
});
