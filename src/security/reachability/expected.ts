/** Services with an endpoint in the VPC that every function in it calls or may call. */
const services = ["bedrock-runtime", "dynamodb", "s3"] as const;

/** GitHub, Secrets Manager and STS, which have no list of addresses that AWS keeps for a group. */
export const openEgress = "any host on tcp 443";

/** What each function in the VPC must reach, by the noun that ends its name; it may reach nothing else.
 *
 * A function that is placed into the VPC gets a row here first.
 */
export const expectedReach: Readonly<Record<string, readonly string[]>> = {
  reviewer: [...services, openEgress],
  probe: [...services, openEgress],
  "reviews-api": services,
};
