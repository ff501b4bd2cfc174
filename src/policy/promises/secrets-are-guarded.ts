import { number } from "../../terraform/blocks";
import { managedResources } from "../../terraform/estate";
import { isObject, objectsOf } from "../../terraform/json";
import type { Rule } from "../rule";

const longestWindowDays = 30;
const rotationTags = "rotation:";

/** SEC-01 asks for the key, SEC-02 for the rotation. */
export const secretsAreGuarded: Rule = {
  id: "secrets-are-guarded",
  promise: "Every secret can be restored for 30 days; tags that force a rotation stay.",
  why: "A deleted secret stops the webhooks, and a lost tag lets a leaked key live on (FS-11).",
  *violations(estate) {
    for (const secret of managedResources(estate, "aws_secretsmanager_secret")) {
      // What is not written is 30 days, but 0 deletes at once.
      if ((number(secret, "recovery_window_in_days") ?? longestWindowDays) !== longestWindowDays) {
        yield {
          at: secret,
          message: `cannot be restored for long; set recovery_window_in_days to ${longestWindowDays}.`,
        };
      }
      const ignored = objectsOf(secret.provider?.body.ignore_tags, `${secret.address}.provider.ignore_tags`);
      const prefixes = ignored.flatMap((tags) => (isObject(tags) ? (tags.key_prefixes ?? []) : []));
      if (!prefixes.includes(rotationTags)) {
        yield {
          at: secret,
          message: `loses a tag that forces a rotation; give ignore_tags the prefix ${rotationTags}`,
        };
      }
    }
  },
};
