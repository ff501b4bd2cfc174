import { IamRole, IamRolePolicy } from "../aws";
import { Construct } from "../cdktf";
import { type IdentityStatement, policyDocument } from "./statement";

export interface FunctionRoleProps {
  readonly name: string;
  readonly description: string;
  readonly accountId: string;
  readonly statements: readonly IdentityStatement[];
}

/** The role of one function of this account, with exactly these rights. */
export class FunctionRole extends Construct {
  readonly arn: string;
  /** What a function must wait for before it is made. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: FunctionRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Default", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": props.accountId } },
          },
        ],
      }),
    });
    this.policy = new IamRolePolicy(this, "policy", {
      name: "permissions",
      role: role.name,
      policy: policyDocument(this, "permissions", props.statements),
    });
    this.arn = role.arn;
  }
}
