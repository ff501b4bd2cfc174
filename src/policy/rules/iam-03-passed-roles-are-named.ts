import type { Statement } from "../../terraform/statement";
import { actionsAmong, allowances } from "../identity";
import { textsOf } from "../policies";
import type { SecurityRule } from "../security-rule";

export const iam03: SecurityRule = {
  id: "IAM-03",
  scope: "resource",
  demand: "A right to pass roles names the roles and the service that they are passed to.",
  why: "Whoever may pass any role to a function of their own has the rights of the strongest role.",
  covers: ["AWS-0342"],
  *check(look) {
    for (const { at, statement } of allowances(look)) {
      if (actionsAmong(statement, ["iam:PassRole"]).length === 0) continue;
      const unnamed = textsOf(statement.resources).filter((resource) => !namesRoles(resource));
      if (unnamed.length > 0) {
        yield {
          at,
          message: `may pass the roles ${unnamed.join(", ")}.`,
          fix: "Name the roles by ARN in the Resource of iam:PassRole.",
        };
      }
      if (!isHeldToServices(statement)) {
        yield {
          at,
          message: "may pass roles to any service.",
          fix: "Add the condition StringEquals on iam:PassedToService with the service that takes the role.",
        };
      }
    }
  },
};

/** The path or name behind `role/` holds more than wildcards. */
const namesRoles = (arn: string): boolean => /:role\/.*[^*?/].*$/.test(arn);

const isHeldToServices = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ operator, key, values }) =>
      key.toLowerCase() === "iam:passedtoservice" &&
      !/not|ifexists/i.test(operator) &&
      !textsOf(values).some((service) => /^\*+$/.test(service)),
  );
