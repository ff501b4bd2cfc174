import { est07 } from "../../../src/policy/rules/est-07-providers-know-their-account";
import type { Json } from "../../../src/terraform/json";
import { aws, foundInEstate } from "../estate-found";

const resource = { aws_vpc: { main: {} }, aws_kms_key: { far: { provider: "aws.far" } } };
const providers = (...each: Json[]) => foundInEstate(est07, { network: { provider: { aws: each }, resource } });

describe("EST-07", () => {
  it.each<Json>([{ tags: { Owner: "platform" } }, [{ tags: { Owner: "platform" } }]])(
    "lets providers have an account and the tags %j",
    (default_tags) => {
      expect(providers({ ...aws, default_tags }, { ...aws, default_tags, alias: "far" })).toEqual([]);
    },
  );

  it("finds each provider that takes any account, or tags nothing", () => {
    expect(
      providers({ ...aws, allowed_account_ids: [] }, { ...aws, alias: "far", default_tags: [{ tags: {} }] }),
    ).toEqual([
      "network: provider.aws takes whatever account the credentials are of.",
      "network: provider.aws.far tags nothing that it makes.",
    ]);
  });

  it("looks at providers that only data sources use, and at none but AWS's", () => {
    const json = {
      provider: { aws: [{ region: "us-east-1" }], random: [{}] },
      resource: { random_id: { own: {} } },
      data: { aws_region: { own: {} } },
    };

    expect(foundInEstate(est07, { network: json })).toEqual([
      "network: provider.aws takes whatever account the credentials are of.",
      "network: provider.aws tags nothing that it makes.",
    ]);
  });
});
