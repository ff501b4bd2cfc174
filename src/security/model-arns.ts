/** Regions that an inference profile may send a call to, by the prefix of its id. */
const profileRegions: Readonly<Record<string, string>> = {
  us: "us-*",
  eu: "eu-*",
  apac: "ap-*",
  global: "*",
};

/** What a role and an endpoint policy must name so that one Bedrock model can be called.
 *
 * An id with a geography in front, such as `us.anthropic.…`, is a cross-region inference profile: calls need both the
 * profile and the model in every region that it may choose (Bedrock User Guide, "Prerequisites for inference profiles").
 */
export function modelArns(modelId: string, region: string, accountId: string): string[] {
  const [prefix = "", ...rest] = modelId.split(".");
  const regions = profileRegions[prefix];
  if (regions === undefined) return [`arn:aws:bedrock:${region}::foundation-model/${modelId}`];
  return [
    `arn:aws:bedrock:${region}:${accountId}:inference-profile/${modelId}`,
    `arn:aws:bedrock:${regions}::foundation-model/${rest.join(".")}`,
  ];
}
