const { availableParallelism } = require("node:os");

/** @type {import("jest").Config} */
module.exports = {
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  testEnvironment: "node",
  // Jest would leave one processor idle, which on a machine of two is half of the time.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  globalSetup: "<rootDir>/__tests__/support/global-setup.ts",
  globalTeardown: "<rootDir>/__tests__/support/global-teardown.ts",
  transform: {
    "^.+\\.(t|j)s$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs", lazy: true },
      },
    ],
  },
  transformIgnorePatterns: ["node_modules/(?!jose/)"],
};
