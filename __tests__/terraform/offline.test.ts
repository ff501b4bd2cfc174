import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Estate, estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import type { Json, JsonObject } from "../../src/terraform/json";
import { asModules, writeModules } from "../../src/terraform/modules";
import { offlineForm, readsFromAws } from "../../src/terraform/offline";
import { placeholder } from "../../src/terraform/placeholders";
import { readSynthesis } from "../../src/terraform/read";

const FIXTURE = join(__dirname, "fixtures/synthesis");
const { stacks, estate } = readSynthesis(FIXTURE);
const noEstate: Estate = new Map();

/** What an offline plan of the fixture's service stack is made of. */
const service = (options = {}) => offlineForm(jsonOf("service"), estate, options) as unknown as Synthesized;

interface Synthesized {
  readonly terraform: JsonObject;
  readonly provider: { readonly aws: readonly JsonObject[] };
  readonly data: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

describe("what an offline plan would be refused for", () => {
  it("drops import blocks, which make a plan call AWS", () => {
    const json = {
      import: [{ id: "x", to: "aws_backup_vault.v" }],
      resource: { aws_backup_vault: { v: { name: "x" } } },
    };

    const offline = offlineForm(json, noEstate);

    expect(offline).not.toHaveProperty("import");
    expect(offline.resource).toEqual(json.resource);
  });

  it("drops allowed accounts and assumed roles and puts fake credentials in their place", () => {
    expect(service().provider.aws).toEqual([
      {
        region: "us-east-1",
        default_tags: [{ tags: { Project: "platform" } }],
        access_key: "offline",
        secret_key: "offline",
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: "true",
      },
      expect.objectContaining({ alias: "west", region: "us-west-1", access_key: "offline" }),
    ]);
    const assumed = offlineForm({ provider: { aws: { assume_role: [{ role_arn: "x" }], profile: "p" } } }, noEstate);
    expect(assumed.provider).toEqual({ aws: expect.not.objectContaining({ assume_role: expect.anything() }) });
    expect(assumed.provider).toEqual({ aws: expect.not.objectContaining({ profile: "p" }) });
  });

  it.each([
    ["local", { backend: { local: { path: "/somewhere" } } }],
    ["s3", { backend: { s3: { bucket: "b", key: "k" } } }],
    ["remote", { backend: { remote: { organization: "o" } } }],
    ["cloud", { cloud: { organization: "o", workspaces: { name: "w" } } }],
  ])("replaces the %s backend by a local one", (_kind, terraform) => {
    const json = { terraform: { ...terraform, required_providers: { aws: { source: "aws", version: "6.25.0" } } } };

    expect(offlineForm(json, noEstate).terraform).toEqual({
      backend: { local: {} },
      required_providers: { aws: { source: "aws", version: "6.25.0" } },
    });
  });

  it("sets the version of the provider at hand, and only of the AWS provider", () => {
    const required = { aws: { source: "aws", version: "6.25.0" }, time: { source: "time", version: "0.12.0" } };

    const offline = offlineForm({ terraform: { required_providers: required } }, noEstate, {
      providerVersion: "5.100.0",
    });

    expect(offline.terraform).toHaveProperty("required_providers", {
      aws: { source: "aws", version: "5.100.0" },
      time: { source: "time", version: "0.12.0" },
    });
  });

  it("names the data sources that no offline plan can evaluate, and leaves them in place", () => {
    const json = { data: { aws_dynamodb_table: { existing: { name: "x" } }, aws_iam_policy_document: { d: {} } } };

    expect(readsFromAws(json)).toEqual(["data.aws_dynamodb_table.existing"]);
    expect(offlineForm(json, noEstate).data).toEqual(json.data);
    expect(readsFromAws(jsonOf("service"))).toEqual([]);
  });
});

describe("values of other stacks in an offline plan", () => {
  const { resource, data } = service();
  const reviewer = resource.aws_lambda_function?.reviewer;

  it("drops the data sources that read other stacks' states, and every reference to them", () => {
    expect(Object.keys(data)).toEqual(["aws_iam_policy_document"]);
    expect(JSON.stringify(service())).not.toContain("terraform_remote_state");
  });

  it("become ids of the right shape, different for different resources", () => {
    const { subnet_ids: subnets, security_group_ids: groups } = found(reviewer?.vpc_config) as Record<string, Json>;

    expect(subnets).toEqual([
      expect.stringMatching(/^subnet-0[0-9a-f]{16}$/),
      expect.stringMatching(/^subnet-0[0-9a-f]{16}$/),
    ]);
    expect(new Set(subnets as string[]).size).toBe(2);
    expect(groups).toEqual([expect.stringMatching(/^sg-0[0-9a-f]{16}$/)]);
  });

  it("become ARNs with the producer's account, region and name", () => {
    expect(reviewer?.kms_key_arn).toMatch(
      /^arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
    expect(resource.aws_lambda_event_source_mapping?.stream?.event_source_arn).toBe(
      "arn:aws:dynamodb:us-east-1:111122223333:table/acme-test-reviews/stream/2026-01-01T00:00:00.000",
    );
    expect(resource.aws_sns_topic?.["dr-alerts"]?.kms_master_key_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("stand inside texts and inside expressions", () => {
    const { variables } = found(reviewer?.environment) as Record<string, Record<string, string>>;
    const statements = found(data.aws_iam_policy_document?.["reviewer-policy"]?.statement);

    expect(variables?.VPC).toMatch(/^in-vpc-0[0-9a-f]{16}$/);
    expect(variables?.SECRET).toMatch(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:acme-test-webhook-\w{6}$/);
    expect(statements).toHaveProperty("[0].resources", [
      "arn:aws:dynamodb:us-east-1:111122223333:table/acme-test-reviews",
      "arn:aws:dynamodb:us-east-1:111122223333:table/acme-test-reviews/index/*",
    ]);
    expect(resource.aws_security_group?.group?.description).toMatch(
      /^\$\{jsonencode\(\{"eni" = element\(tolist\(\["eni-0[0-9a-f]{16}"\]\), 0\)\}\)\}$/,
    );
  });

  it("are the same on every run", () => {
    expect(service()).toEqual(service());
  });

  it("become the literal where the producer wrote one", () => {
    const reference = "data.terraform_remote_state.cross-stack-reference-input-network.outputs.cidr";
    const network = estateOf([
      stackFacts("network", {
        resource: { aws_vpc: { vpc: { cidr_block: "10.0.0.0/16" } } },
        output: { cidr: { value: "${aws_vpc.vpc.cidr_block}" } },
      }),
    ]);

    const offline = offlineForm({ resource: { aws_x: { y: { cidr: `\${${reference}}` } } } }, network);

    expect(offline.resource).toEqual({ aws_x: { y: { cidr: "10.0.0.0/16" } } });
  });

  it("are refused where the stack is missing or no shape is known", () => {
    const reference = "data.terraform_remote_state.cross-stack-reference-input-network.outputs.x";
    const json = { resource: { aws_x: { y: { value: `\${${reference}}` } } } };
    const network = (value: string) =>
      estateOf([stackFacts("network", { resource: { aws_vpc: { vpc: {} } }, output: { x: { value } } })]);

    expect(() => offlineForm(json, noEstate)).toThrow(`${reference}: no stack that was read has this output`);
    expect(() => offlineForm(json, network("${aws_vpc.vpc.owner_id}"))).toThrow(
      'aws_vpc.vpc: its "owner_id" crosses stacks, but there is no made-up value for it. Add a row "aws_vpc.owner_id" in src/terraform/placeholders.ts.',
    );
    expect(() => offlineForm(json, network('${join("", [])}'))).toThrow(/is not a plain reference/);
  });

  it.each([
    ["aws_vpc_endpoint", "id", /^vpce-0[0-9a-f]{16}$/],
    ["aws_vpc_endpoint", "prefix_list_id", /^pl-0[0-9a-f]{16}$/],
    ["aws_route_table", "id", /^rtb-0[0-9a-f]{16}$/],
    ["aws_network_acl", "id", /^acl-0[0-9a-f]{16}$/],
    ["aws_nat_gateway", "public_ip", /^203\.0\.113\.\d{1,3}$/],
  ])("have the shape of %s.%s", (type, attribute, shape) => {
    const [resource] = managedResources(estateOf([stackFacts("network", { resource: { [type]: { x: {} } } })]));

    expect(resource && placeholder(resource, attribute)).toMatch(shape);
  });
});

describe("a provider older than 6, which knows no region on a resource", () => {
  const { resource, provider } = service({ providerVersion: "5.100.0" });

  it("gets an alias for each other region, with all settings of the provider it stands for", () => {
    expect(resource.aws_sns_topic?.["dr-alerts"]).toEqual(expect.objectContaining({ provider: "aws.us-west-2" }));
    expect(provider.aws.slice(2)).toEqual([{ ...provider.aws[0], alias: "us-west-2", region: "us-west-2" }]);
    expect(provider.aws[2]?.default_tags).toEqual([{ tags: { Project: "platform" } }]);
  });

  it("keeps every resource in the region it was synthesized for", () => {
    const regions = (json: JsonObject) =>
      managedResources(estateOf([stackFacts("service", json)])).map(({ address, region }) => [address, region]);

    expect(regions({ resource, provider } as unknown as JsonObject)).toEqual(regions(jsonOf("service")));
  });

  it("loses the attribute on every resource, also where the region is the provider's own", () => {
    const bodies = Object.values(resource).flatMap((byId) => Object.values(byId));

    expect(bodies.filter((body) => "region" in body)).toEqual([]);
    expect(resource.aws_sns_topic?.["home-alerts"]).not.toHaveProperty("provider");
  });

  it("gets an alias for data sources and for resources that already use one", () => {
    const json = {
      provider: {
        aws: [{ region: "us-east-1" }, { alias: "edge", region: "us-east-1", default_tags: [{ tags: { A: "b" } }] }],
      },
      data: { aws_kms_key: { own: { key_id: "k", region: "us-west-2" } } },
      resource: { aws_sns_topic: { a: { name: "a", region: "us-west-2", provider: "aws.edge" } } },
    };

    const offline = offlineForm(json, noEstate, { providerVersion: "5.100.0" });

    expect(offline.data).toEqual({ aws_kms_key: { own: { key_id: "k", provider: "aws.us-west-2" } } });
    expect(offline.resource).toEqual({ aws_sns_topic: { a: { name: "a", provider: "aws.edge-us-west-2" } } });
    const aws = (offline as unknown as Synthesized).provider.aws.map(({ alias, region, default_tags }) => ({
      alias,
      region,
      default_tags,
    }));
    expect(aws).toEqual([
      { region: "us-east-1" },
      { alias: "edge", region: "us-east-1", default_tags: [{ tags: { A: "b" } }] },
      { alias: "edge-us-west-2", region: "us-west-2", default_tags: [{ tags: { A: "b" } }] },
      { alias: "us-west-2", region: "us-west-2" },
    ]);
  });

  it("refuses a region that no alias can stand for", () => {
    const of = (resource: JsonObject, provider: JsonObject) => () =>
      offlineForm({ resource: { aws_x: { y: resource } }, provider }, noEstate, { providerVersion: "5.100.0" });

    expect(of({ region: "us-west-2" }, {})).toThrow(/no provider block/);
    expect(of({ region: "${var.region}" }, { aws: [{}] })).toThrow(/only a literal can become an alias/);
  });

  it("is not imitated for a provider that knows the attribute", () => {
    expect(service({ providerVersion: "6.25.0" }).resource.aws_sns_topic?.["dr-alerts"]).toHaveProperty(
      "region",
      "us-west-2",
    );
    expect(service().provider.aws).toHaveLength(2);
  });
});

describe("one root with a module per stack", () => {
  const provider = (region: string, alias?: string) => ({ region, ...(alias ? { alias } : {}) });
  const stack = (name: string, aws: JsonObject[]) => ({
    name,
    json: {
      provider: { aws },
      resource: { aws_sns_topic: { a: { name } } },
      terraform: { backend: { local: {} }, required_providers: { aws: { source: "aws", version: "5.100.0" } } },
    },
  });

  it("holds each different provider block once, and hands it to the modules under their own names", () => {
    const { root, modules } = asModules([
      stack("data", [provider("us-east-1"), provider("us-west-2", "us-west-2")]),
      stack("service", [provider("us-east-1")]),
      stack("edge", [provider("us-west-2")]),
    ]);

    expect(root).toEqual({
      terraform: { required_providers: { aws: { source: "aws", version: "5.100.0" } } },
      provider: [
        { aws: { region: "us-east-1", alias: "shared-1" } },
        { aws: { region: "us-west-2", alias: "shared-2" } },
      ],
      module: {
        data: { source: "./data", providers: { aws: "aws.shared-1", "aws.us-west-2": "aws.shared-2" } },
        service: { source: "./service", providers: { aws: "aws.shared-1" } },
        edge: { source: "./edge", providers: { aws: "aws.shared-2" } },
      },
    });
    expect(modules.data).toEqual({
      resource: { aws_sns_topic: { a: { name: "data" } } },
      terraform: {
        required_providers: {
          aws: { source: "aws", version: "5.100.0", configuration_aliases: ["aws.us-west-2"] },
        },
      },
    });
    expect(modules.service?.terraform).toEqual({ required_providers: { aws: { source: "aws", version: "5.100.0" } } });
  });

  it("is written without the stacks' lock files, and with their assets in reach", () => {
    const folder = mkdtempSync(join(tmpdir(), "stack-"));
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "assets/code.zip"), "zip");
    writeFileSync(join(folder, ".terraform.lock.hcl"), "");
    const root = mkdtempSync(join(tmpdir(), "modules-"));

    writeModules(root, [{ ...stack("service", [provider("us-east-1")]), folder }]);

    expect(readdirSync(root).sort()).toEqual(["main.tf.json", "service"]);
    expect(readdirSync(join(root, "service")).sort()).toEqual(["assets", "cdk.tf.json"]);
    expect(readFileSync(join(root, "service/assets/code.zip"), "utf8")).toBe("zip");
  });
});

function jsonOf(name: string): JsonObject {
  const stack = stacks.find((candidate) => candidate.name === name);
  if (!stack) throw new Error(`The fixture lacks ${name}.`);
  return stack.json;
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The fixture lacks it.");
  return value;
}
