import { dataSources, managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

/** TF-01 refuses scripts, and three types by name; here no provider but AWS's may run at all. */
export const nothingRunsOnTheDeployer: Rule = {
  id: "nothing-runs-on-the-deployer",
  promise: "An apply runs the provider of AWS, and no other, on the machine that deploys.",
  why: "Any other provider is a program that may read the deployer's files and credentials, and no plan shows it.",
  *violations(estate) {
    for (const at of [...managedResources(estate), ...dataSources(estate)]) {
      if (!at.type.startsWith("aws_") && at.type !== "terraform_remote_state") {
        yield { at, message: `is of type ${at.type}, which is not of AWS's provider; use a resource or a function.` };
      }
    }
  },
};
