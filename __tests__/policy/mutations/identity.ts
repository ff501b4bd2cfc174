import type { Mutation } from "./mutation";
import { changeStatement, listIn, within } from "./stack-changes";

/** What the flow logs' role may do: no function holds it, so that EST-03 has nothing to say. */
const rights = ["data.aws_iam_policy_document", "network/flow-logs/permissions"] as const;
const role = ["aws_iam_role", "service/reviewer/role"] as const;

export const identityMutations: readonly Mutation[] = [
  {
    rule: "IAM-01",
    what: "a role may do everything with logs",
    change({ at }) {
      within(at(...rights), "statement").actions = ["logs:*"];
    },
  },
  {
    rule: "IAM-01",
    what: "a role may do everything but one thing",
    change({ at }) {
      const statement = within(at(...rights), "statement");
      delete statement.actions;
      statement.not_actions = ["logs:DeleteLogGroup"];
    },
  },
  {
    rule: "IAM-02",
    what: "a role may write every log group",
    change({ at }) {
      within(at(...rights), "statement").resources = ["*"];
    },
  },
  {
    rule: "IAM-03",
    what: "a role may be passed to any service",
    change({ at }) {
      const resources = ["arn:aws:iam::111122223333:role/acme-production-reviewer"];
      Object.assign(within(at(...rights), "statement"), { actions: ["iam:PassRole"], resources });
    },
  },
  {
    rule: "IAM-03",
    what: "every role may be passed to a function",
    change({ at }) {
      const condition = [{ test: "StringEquals", variable: "iam:PassedToService", values: ["lambda.amazonaws.com"] }];
      const resources = ["arn:aws:iam::111122223333:role/*"];
      Object.assign(within(at(...rights), "statement"), { actions: ["iam:PassRole"], resources, condition });
    },
  },
  {
    rule: "IAM-04",
    what: "a role may write its own rights",
    change({ at }) {
      listIn(within(at(...rights), "statement"), "actions").push("iam:PutRolePolicy");
    },
  },
  {
    rule: "IAM-04",
    what: "a role may make keys by a wildcard",
    change({ at }) {
      listIn(within(at(...rights), "statement"), "actions").push("iam:Create*Key");
    },
  },
  {
    rule: "IAM-05",
    what: "everybody may take a role",
    change({ at }) {
      changeStatement(at(...role), "assume_role_policy", undefined, (statement) => {
        statement.Principal = "*";
        delete statement.Condition;
      });
    },
  },
  {
    rule: "IAM-05",
    what: "all of another account may take a role",
    change({ at }) {
      changeStatement(at(...role), "assume_role_policy", undefined, (statement) => {
        statement.Principal = { AWS: "arn:aws:iam::999988887777:root" };
        delete statement.Condition;
      });
    },
  },
  {
    rule: "IAM-05",
    what: "all of another account may take a role, if they are anybody",
    change({ at }) {
      changeStatement(at(...role), "assume_role_policy", undefined, (statement) => {
        statement.Principal = { AWS: "999988887777" };
        statement.Condition = { StringLike: { "aws:PrincipalArn": "*" } };
      });
    },
  },
  {
    rule: "IAM-05",
    what: "every repository of an organization may take a role",
    change({ at }) {
      changeStatement(at(...role), "assume_role_policy", undefined, (statement) => {
        const issuer = "token.actions.githubusercontent.com";
        statement.Principal = { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` };
        statement.Action = "sts:AssumeRoleWithWebIdentity";
        statement.Condition = {
          StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
          StringLike: { [`${issuer}:sub`]: "repo:acme/*" },
        };
      });
    },
  },
  {
    rule: "IAM-06",
    what: "a person has an access key",
    change({ add }) {
      add("service", "aws_iam_access_key", { user: "somebody" });
    },
  },
  {
    rule: "IAM-06",
    what: "the backup role is an administrator",
    change({ at }) {
      const attachment = at("aws_iam_role_policy_attachment", "recovery/plan/backup-permissions");
      attachment.policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    },
  },
  {
    rule: "IAM-07",
    what: "an action is misspelt",
    change({ at }) {
      listIn(within(at(...rights), "statement"), "actions").push("logs:PutLogEvent");
    },
  },
  {
    rule: "IAM-07",
    what: "a policy cannot be read before it is applied",
    change({ at }) {
      at("aws_iam_role_policy", "network/flow-logs/policy").policy = '${file("policy.json")}';
    },
  },
];
