import { blocks } from "../../terraform/blocks";
import { dataSources, managedResources } from "../../terraform/estate";
import type { Rule } from "../rule";

const types = ["null_resource", "terraform_data", "external", "http"];

export const nothingRunsOnTheDeployer: Rule = {
  id: "nothing-runs-on-the-deployer",
  promise: "An apply runs no script on the machine that deploys.",
  why: "A script is not in the plan that a reviewer reads.",
  *violations(estate) {
    for (const resource of [...managedResources(estate), ...dataSources(estate)]) {
      if (types.includes(resource.type))
        yield { at: resource, message: `is of type ${resource.type}; use a resource instead.` };
      if (blocks(resource, "provisioner").length > 0)
        yield { at: resource, message: "has a provisioner; use a resource instead." };
    }
  },
};
