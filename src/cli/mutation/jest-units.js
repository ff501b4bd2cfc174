const { roots, testEnvironment, transform, transformIgnorePatterns } = require("../../../jest.config.js");

/** Tests that need no synthesis, in this project or in a copy of a part of it.
 *
 * @type {import("jest").Config}
 */
module.exports = { rootDir: "../../..", roots, testEnvironment, transform, transformIgnorePatterns };
