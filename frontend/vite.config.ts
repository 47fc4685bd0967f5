import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The browser's own Host goes on: the backend compares it with Origin before it signs in.
const backend = {
  target: process.env.BACKEND_ORIGIN ?? "http://127.0.0.1:8000",
  changeOrigin: false,
};

export default defineConfig(({ command }) => ({
  // Django serves the built files below /static/ and every other path as index.html.
  base: command === "build" ? "/static/" : "/",
  plugins: [react()],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "@vectors": fileURLToPath(new URL("../tests/vectors", import.meta.url)),
    },
  },
  // Inlined assets would be data: addresses, which the Content Security Policy refuses.
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": backend, "/_allauth": backend },
  },
  test: {
    restoreMocks: true,
    // Only what hangs takes so long, however busy the machine.
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // The default leaves one processor idle, and on two that is half of them.
    maxWorkers: "100%",
    // Loading the pages costs more than most tests of them: the files of a worker share them.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: "core", environment: "node", include: ["src/core/**/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "screens",
          environment: "jsdom",
          include: ["src/**/*.test.{ts,tsx}"],
          exclude: ["src/core/**"],
          setupFiles: ["src/testing/setup.ts"],
        },
      },
    ],
  },
}));
