import type { Resource } from "../../terraform/estate";
import type { Look } from "../look";
import type { SecurityRule } from "../security-rule";

/** Stacks that another may read the state of. */
const producers = ["network", "data"];
/** CDKTF names the data source that reads a stack's state after it. */
const prefix = "cross-stack-reference-input-";

export const tf01: SecurityRule = {
  id: "TF-01",
  scope: "resource",
  demand: "An apply runs no script and asks no stranger, and only the state of network and data is read.",
  why: "A script or an answer from elsewhere is not in the plan that a reviewer reads; a state holds secrets.",
  covers: [],
  *check(look) {
    for (const at of [...look.everyResource(), ...look.data("external", "http")]) {
      if (["null_resource", "external", "http"].includes(at.type)) {
        yield { at, message: `is of type ${at.type}.`, fix: "Use a resource of AWS, or a function." };
      } else if (look.blocks(at, "provisioner").length > 0) {
        yield { at, message: "has a provisioner.", fix: "Remove provisioner; use a resource of AWS, or a function." };
      }
    }
    for (const at of look.data("terraform_remote_state")) {
      const producer = producerOf(look, at);
      if (!producers.includes(producer)) {
        yield {
          at,
          message: `reads the state of ${producer}.`,
          fix: "Derive the name or the ARN from the configuration, or read it by a data source of AWS.",
        };
      }
    }
  },
};

/** The stack whose state is read: by the name of its file where that is told, else by the name of the data source. */
function producerOf(look: Look, at: Resource): string {
  const [config] = look.blocks(at, "config");
  const file = config && (look.text(config, "key") ?? look.text(config, "path"));
  const named = file === undefined ? undefined : /([^/]+?)(?:\/terraform)?\.tfstate$/.exec(file)?.[1];
  return named ?? at.logicalId.replace(prefix, "");
}
