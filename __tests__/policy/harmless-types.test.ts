import { harmlessTypes } from "../../src/policy/harmless-types";
import { unknownTypes } from "../../src/policy/known-types";
import { securityRules } from "../../src/policy/security-rules";
import { managedResources } from "../../src/terraform/estate";
import { example, exampleNames } from "../support/examples";
import { otherwise } from "../support/otherwise";

it("each harmless type is in some environment, or in one that signs its code and names GitHub's addresses, and no rule looks at it: what the list says is needed", () => {
  const others = securityRules.filter(({ id }) => id !== "EST-08" && id !== "NET-05");
  const strict = otherwise({ codeSigning: true, network: { egress: "prefix-lists" } });
  const estates = [...exampleNames().map(example), strict.synthesis].map(({ estate }) => estate);
  const needed = estates.flatMap((estate) => {
    const listed = [...new Set(managedResources(estate).map(({ type }) => type))].filter((type) =>
      Object.hasOwn(harmlessTypes, type),
    );
    return unknownTypes(listed, others, estate);
  });

  expect([...new Set(needed)].sort()).toEqual(Object.keys(harmlessTypes));
});
