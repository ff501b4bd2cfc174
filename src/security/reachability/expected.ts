/** Services with an endpoint in the VPC that every function in it calls or may call. */
const services = ["bedrock-runtime", "dynamodb", "s3"] as const;

/** What the environment lets functions with egress call on 443. */
export interface Egress {
  readonly egress: "open-443" | "prefix-lists";
  /** IPv4 ranges that `prefix-lists` means. */
  readonly githubCidrs: readonly string[];
}

/** GitHub, Secrets Manager and STS, which have no list of addresses that AWS keeps for a group. */
export const openEgress = "any host on tcp 443";

export const github = "GitHub's addresses";

type ExpectedReach = Readonly<Record<string, readonly string[]>>;

/** What each function in the VPC must reach, by the noun that ends its name; it may reach nothing else.
 *
 * A function that is placed into the VPC gets a row here first.
 */
export const expectedReach: Readonly<Record<Egress["egress"], ExpectedReach>> = {
  "open-443": {
    reviewer: [...services, openEgress],
    probe: [...services, openEgress],
    "reviews-api": services,
  },
  "prefix-lists": {
    reviewer: [...services, "secretsmanager", `${github} on tcp 443`],
    probe: [...services, "secretsmanager", `${github} on tcp 443`],
    "reviews-api": [...services, "secretsmanager"],
  },
};
