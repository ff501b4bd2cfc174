import { actionsLike } from "../../src/policy/actions";
import { lookAt } from "../../src/policy/look";
import { foreignPolicies, type RoleRight, roleRights } from "../../src/policy/role-rights";
import { example, exampleNames } from "../support/examples";

const rightsOf = (name: string): RoleRight[] => roleRights(lookAt(example(name).estate));
const lineOf = ({ role, action, resource }: RoleRight) => `${role} may ${action} on ${resource}`;
const isAllow = ({ effect }: RoleRight) => effect === "Allow";

const withWildcardAction = (rights: readonly RoleRight[]) =>
  rights.filter(({ action }) => /[*?]/.test(action)).map(lineOf);

/** Rights on every resource by actions that could name theirs; conditions are no excuse. */
const onEveryResource = (rights: readonly RoleRight[]) =>
  rights
    .filter(isAllow)
    .filter(({ resource }) => /^[*?]+$/.test(resource) || /^arn(:[^:]*[*][^:]*){5,}$/.test(resource))
    .filter(({ action }) => {
      const known = actionsLike(action);
      return known.length === 0 || known.some(({ isWildcardOnly }) => !isWildcardOnly);
    })
    .map(lineOf);

describe.each(exampleNames())("in %s", (name) => {
  const rights = rightsOf(name);

  it("no role has an action with a wildcard in it", () => {
    expect(withWildcardAction(rights)).toEqual([]);
  });

  it("no role has every resource, but for actions that take nothing else", () => {
    expect(onEveryResource(rights)).toEqual([]);
  });

  it("every action is one that AWS has", () => {
    expect(rights.filter(({ action }) => actionsLike(action).length === 0).map(lineOf)).toEqual([]);
  });

  it("the service of AWS Backup alone has policies that AWS writes", () => {
    expect(
      foreignPolicies(lookAt(example(name).estate)).map(({ role, policy }) => [
        role.split("-").at(-1),
        policy.split("/").at(-1),
      ]),
    ).toEqual([
      ["backup", "AWSBackupServiceRolePolicyForBackup"],
      ["backup", "AWSBackupServiceRolePolicyForRestores"],
    ]);
  });

  it("actions on every resource are these", () => {
    const actions = rights.filter(isAllow).flatMap(({ action, resource }) => (resource === "*" ? [action] : []));

    expect([...new Set(actions)].sort()).toEqual([
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]);
  });
});

describe("is found:", () => {
  const right = { role: "r", effect: "Allow", action: "s3:GetObject", resource: "arn:aws:s3:::a/*", conditions: [] };

  it.each(["*", "s3:*", "s3:Get*", "s3:GetObjec?"])("the action %s", (action) => {
    expect(withWildcardAction([right, { ...right, action }])).toEqual([`r may ${action} on arn:aws:s3:::a/*`]);
  });

  it.each(["*", "arn:*:*:*:*:*", "arn:aws*:*:*:*:*"])("s3:GetObject on %s, also under a condition", (resource) => {
    const conditions = ["StringEquals aws:SourceAccount 1"];

    expect(onEveryResource([right, { ...right, resource, conditions }])).toEqual([`r may s3:GetObject on ${resource}`]);
  });
});
