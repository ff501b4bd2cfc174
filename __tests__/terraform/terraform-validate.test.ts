import { rmSync } from "node:fs";
import { writeModules } from "../../src/terraform/modules";
import { validate } from "../../src/terraform/terraform-cli";
import { example, exampleNames } from "../support/examples";
import { otherwise } from "../support/otherwise";
import { explain, offlineStacks, scratchFolder, whyTerraformCannotRun } from "./scratch-root";

const environments = [
  ...exampleNames().map((name) => ({ name, synthesis: example(name) })),
  { name: "github-alone", synthesis: otherwise({ network: { egress: "prefix-lists" } }).synthesis },
];
const [first] = environments;
if (!first) throw new Error("No example environment was synthesized.");
const reason = whyTerraformCannotRun(first.synthesis);
if (reason) console.warn(`terraform validate is skipped. ${reason}`);

(reason ? describe.skip : describe)("terraform validate", () => {
  const root = scratchFolder();
  afterAll(() => rmSync(root, { recursive: true }));

  it("accepts every stack of every example environment, and of one that reaches GitHub's addresses alone", () => {
    writeModules(
      root,
      environments.flatMap(({ name, synthesis }) => offlineStacks(synthesis, `${name}-`)),
    );

    const result = validate(root, process.env);

    expect(explain(result)).toBe("Terraform ran.");
  }, 120_000);
});
