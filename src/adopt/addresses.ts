import { createHash } from "node:crypto";
import type { Identity } from "../config/names";

/** A name in Terraform for what tells a thing from others of its kind; its place in the list would change.
 *
 * Characters that Terraform refuses become hyphens; a hash then keeps `a.b` and `a-b` apart.
 */
export function terraformName(identity: string): string {
  const name = identity.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return name === identity ? name : `${name}-${createHash("sha256").update(identity).digest("hex").slice(0, 8)}`;
}

type Place = Pick<Identity, "accountId" | "region">;

/** ARNs of things whose names are not ours to make. */
export const arns = {
  table: (name: string, { region, accountId }: Place) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
  function: (name: string, { region, accountId }: Place) => `arn:aws:lambda:${region}:${accountId}:function:${name}`,
  bucket: (name: string) => `arn:aws:s3:::${name}`,
  stage: (restApiId: string, stage: string, { region }: Place) =>
    `arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/${stage}`,
} as const;
