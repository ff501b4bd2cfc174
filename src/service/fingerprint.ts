import { createHash } from "node:crypto";
import type { TerraformResource } from "../cdktf";

/** Changes whenever one of the resources does, and only then.
 *
 * References stand in a resource as numbers that depend on what was built before, so they count as one; `facts` must
 * say what they lead to where that can change.
 */
export function fingerprint(resources: readonly TerraformResource[], facts: unknown): string {
  const written = JSON.stringify([facts, ...resources.map((resource) => resource.toTerraform())]);
  return createHash("sha256")
    .update(written.replaceAll(/TfToken\[[^\]]+\]/g, "reference"))
    .digest("hex");
}
