import { dataSources } from "../../terraform/estate";
import type { Rule } from "../rule";

const producers = ["network", "data"];
const prefix = "cross-stack-reference-input-";

export const onlyNetworkAndDataAreRead: Rule = {
  id: "only-network-and-data-are-read",
  promise: "No stack reads the state of any stack but network and data.",
  why: "Each such reading is one more stack that must be applied before a plan works.",
  *violations(estate) {
    for (const source of dataSources(estate, "terraform_remote_state")) {
      const producer = source.logicalId.replace(prefix, "");
      if (!producers.includes(producer)) {
        yield { at: source, message: `reads the state of ${producer}; derive the name or ARN from the configuration.` };
      }
    }
  },
};
