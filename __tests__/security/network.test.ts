import fc from "fast-check";
import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import type { Config } from "../../src/config/schema";
import { modelArns } from "../../src/security/model-arns";
import { subnetPlan } from "../../src/security/subnet-plan";
import { NetworkStack } from "../../src/stacks/network-stack";
import { type Attributes, only, resources, type TerraformJson } from "../support/synthesize";

const production = loadEnvironment("production");
const synthesized = (network: Partial<Config["network"]> = {}): TerraformJson => {
  const app = new App({ stackTraces: false, skipValidation: true });
  return JSON.parse(
    Testing.synth(new NetworkStack(app, { ...production, network: { ...production.network, ...network } })),
  );
};

const oneNat = synthesized({ natGateways: "single" });
const twoNats = synthesized({ natGateways: "per-zone" });
const listed = synthesized({ egress: "prefix-lists", githubCidrs: ["192.30.252.0/22", "140.82.112.0/20"] });

/** Last construct id of a logical id: `vpc_private-a_492DDEA9` is `private-a`, `vpc` is `vpc`. */
const idOf = (logicalId: string): string =>
  logicalId
    .replace(/_[0-9A-F]{8}$/, "")
    .split("_")
    .at(-1) ?? "";

/** What a reference such as `${aws_subnet.vpc_private-a_492DDEA9.id}` points at: `private-a`. */
function target(json: TerraformJson, reference: unknown): string {
  const [, type = "", name = ""] = /^\$\{(aws_\w+)\.([\w-]+)\.\w+\}$/.exec(String(reference)) ?? [];
  if (json.resource?.[type]?.[name] === undefined) throw new Error(`${reference} points at nothing.`);
  return idOf(name);
}

const rows = (json: TerraformJson, type: string, row: (block: Attributes, id: string) => unknown[]): string[] =>
  Object.entries(json.resource?.[type] ?? {})
    .map(([name, block]) => row(block, idOf(name)).join(" "))
    .sort();

describe("subnets and routes", () => {
  const routes = (json: TerraformJson) =>
    rows(json, "aws_route", (route) => [
      target(json, route.route_table_id),
      route.destination_cidr_block,
      target(json, route.nat_gateway_id ?? route.gateway_id),
    ]);

  test("each zone has a small public and a large private subnet, and no subnet gives out public addresses", () => {
    const subnets = rows(oneNat, "aws_subnet", (subnet, id) => [
      id,
      subnet.availability_zone,
      subnet.cidr_block,
      subnet.map_public_ip_on_launch,
    ]);

    expect(subnets).toEqual([
      "private-a us-east-1a 10.20.16.0/20 false",
      "private-b us-east-1b 10.20.32.0/20 false",
      "public-a us-east-1a 10.20.0.0/24 false",
      "public-b us-east-1b 10.20.1.0/24 false",
    ]);
  });

  test("with one NAT gateway both zones leave through it", () => {
    expect(routes(oneNat)).toEqual([
      "private-a-routes 0.0.0.0/0 nat-a",
      "private-b-routes 0.0.0.0/0 nat-a",
      "public-routes 0.0.0.0/0 internet",
    ]);
    expect(resources(oneNat, "aws_eip")).toHaveLength(1);
  });

  test("with one NAT gateway a zone the loss of a zone leaves the other its egress", () => {
    const nats = rows(twoNats, "aws_nat_gateway", (nat, id) => [id, target(twoNats, nat.subnet_id)]);

    expect(routes(twoNats)).toEqual([
      "private-a-routes 0.0.0.0/0 nat-a",
      "private-b-routes 0.0.0.0/0 nat-b",
      "public-routes 0.0.0.0/0 internet",
    ]);
    expect(nats).toEqual(["nat-a public-a", "nat-b public-b"]);
  });

  test("a second NAT gateway brings itself and its address and moves one route, and nothing else", () => {
    const written = (json: TerraformJson) =>
      Object.entries(json.resource ?? {}).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, block]) => [`${type} ${idOf(name)}`, JSON.stringify(block)] as const),
      );
    const before = new Map(written(oneNat));
    const after = new Map(written(twoNats));

    expect([...before.keys()].filter((id) => !after.has(id))).toEqual([]);
    expect([...after].flatMap(([id, block]) => (before.get(id) === block ? [] : [id])).sort()).toEqual([
      "aws_eip nat-b-address",
      "aws_nat_gateway nat-b",
      "aws_route private-b-nat",
    ]);
  });

  test("each subnet is routed by the table of its tier and zone", () => {
    const routing = rows(oneNat, "aws_route_table_association", (association) => [
      target(oneNat, association.subnet_id),
      target(oneNat, association.route_table_id),
    ]);

    expect(routing).toEqual([
      "private-a private-a-routes",
      "private-b private-b-routes",
      "public-a public-routes",
      "public-b public-routes",
    ]);
  });

  test("another range moves subnets and network ACLs with it", () => {
    const moved = synthesized({ cidr: "10.99.0.0/16" });

    expect(JSON.stringify(moved)).not.toContain("10.20.");
    expect(only(moved, "aws_vpc").cidr_block).toBe("10.99.0.0/16");
  });

  test("subnets never overlap and stay inside the range, for any number of zones that fits", () => {
    const range = (cidr: string) => {
      const [address = "", bits] = cidr.split("/");
      const start = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
      return { start, end: start + 2 ** (32 - Number(bits)) };
    };

    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.nat(255), (zoneCount, second) => {
        const whole = range(`10.${second}.0.0/16`);
        const plan = subnetPlan(`10.${second}.0.0/16`, "eu-central-1", zoneCount);
        const sorted = plan
          .flatMap(({ publicCidr, privateCidr }) => [range(publicCidr), range(privateCidr)])
          .sort((left, right) => left.start - right.start);

        expect(plan).toHaveLength(zoneCount);
        expect(new Set(plan.map(({ zone }) => zone)).size).toBe(zoneCount);
        sorted.reduce((end, subnet) => {
          expect(subnet.start).toBeGreaterThanOrEqual(end);
          return subnet.end;
        }, whole.start);
        expect(sorted.at(-1)?.end).toBeLessThanOrEqual(whole.end);
      }),
    );
  });
});

describe("network ACLs", () => {
  const rules = (tier: string) =>
    rows(oneNat, "aws_network_acl_rule", (rule) => [
      target(oneNat, rule.network_acl_id),
      rule.egress ? "out" : "in",
      rule.rule_number,
      rule.rule_action,
      rule.protocol,
      `${rule.from_port}-${rule.to_port}`,
      rule.cidr_block,
    ]).filter((row) => row.startsWith(tier));

  test.each(["private", "public"])("the %s tier lets TLS out and answers in, and nothing else", (tier) => {
    expect(rules(tier)).toEqual([
      `${tier} in 100 allow tcp 443-443 10.20.0.0/16`,
      `${tier} in 200 allow tcp 1024-3388 0.0.0.0/0`,
      `${tier} in 210 allow tcp 3390-65535 0.0.0.0/0`,
      `${tier} out 100 allow tcp 443-443 0.0.0.0/0`,
      `${tier} out 200 allow tcp 1024-65535 10.20.0.0/16`,
    ]);
  });

  test("every subnet has the ACL of its tier, none stays on the default one", () => {
    const associations = rows(oneNat, "aws_network_acl_association", (association) => [
      target(oneNat, association.subnet_id),
      target(oneNat, association.network_acl_id),
    ]);

    expect(associations).toEqual(["private-a private", "private-b private", "public-a public", "public-b public"]);
  });
});

describe("security groups", () => {
  const peer = (json: TerraformJson, rule: Attributes) => {
    const list = rule.prefix_list_id as string | undefined;
    if (list !== undefined) return `prefix list of ${target(json, list)}`;
    return rule.cidr_ipv4 ?? target(json, rule.referenced_security_group_id);
  };
  const rules = (direction: "ingress" | "egress", json = oneNat) =>
    rows(json, `aws_vpc_security_group_${direction}_rule`, (rule) => [
      target(json, rule.security_group_id),
      rule.ip_protocol,
      `${rule.from_port}-${rule.to_port}`,
      peer(json, rule),
    ]);

  test("functions reach endpoints, S3 and DynamoDB over TLS; one group reaches the internet", () => {
    expect(rules("egress")).toEqual([
      "functions tcp 443-443 endpoints",
      "functions tcp 443-443 prefix list of dynamodb",
      "functions tcp 443-443 prefix list of s3",
      "functions-egress tcp 443-443 0.0.0.0/0",
    ]);
  });

  test("with GitHub's addresses alone, that group reaches a list of them in place of the internet", () => {
    expect(rules("egress", listed)).toEqual([
      "functions tcp 443-443 endpoints",
      "functions tcp 443-443 prefix list of dynamodb",
      "functions tcp 443-443 prefix list of s3",
      "functions-egress tcp 443-443 prefix list of github-addresses",
    ]);
  });

  test("the list has room for ten more, and an apply leaves alone what the function writes into it", () => {
    expect(only(listed, "aws_ec2_managed_prefix_list")).toMatchObject({
      name: "acme-production-github",
      address_family: "IPv4",
      max_entries: 12,
      entry: [{ cidr: "192.30.252.0/22" }, { cidr: "140.82.112.0/20" }],
      lifecycle: { ignore_changes: ["entry"] },
    });
  });

  test("where no function keeps it, the list is what the environment says", () => {
    const app = new App({ stackTraces: false, skipValidation: true });
    const byHand = JSON.parse(
      Testing.synth(
        new NetworkStack(app, {
          ...production,
          network: { ...production.network, egress: "prefix-lists" },
          waf: { ...production.waf, syncGithubCidrs: false },
        }),
      ),
    );

    expect(only(byHand, "aws_ec2_managed_prefix_list")).not.toHaveProperty("lifecycle");
  });

  test("nothing is reachable but endpoints, and those by functions only", () => {
    expect(rules("ingress")).toEqual(["endpoints tcp 443-443 functions"]);
  });

  test("the default group is emptied, and no group has rules inside its own block", () => {
    const groups = [only(oneNat, "aws_default_security_group"), ...resources(oneNat, "aws_security_group")];

    expect(groups).toHaveLength(4);
    for (const group of groups) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  test("every group and rule says what it is for", () => {
    const described = [
      "aws_security_group",
      "aws_vpc_security_group_ingress_rule",
      "aws_vpc_security_group_egress_rule",
    ]
      .flatMap((type) => resources(oneNat, type))
      .map(({ description }) => description);

    expect(described).toHaveLength(8);
    for (const description of described) expect(description).toEqual(expect.stringMatching(/^\w.{9,}/));
  });
});

describe("endpoints", () => {
  const endpoint = (service: string, json = oneNat) => {
    const found = resources(json, "aws_vpc_endpoint").find(
      ({ service_name }) => service_name === `com.amazonaws.us-east-1.${service}`,
    );
    if (found === undefined) throw new Error(`There is no endpoint of ${service}.`);
    return found;
  };
  const statements = (service: string, json = oneNat) => JSON.parse(String(endpoint(service, json).policy)).Statement;

  test("S3 and DynamoDB are reached from both private zones without NAT", () => {
    for (const service of ["s3", "dynamodb"]) {
      const { vpc_endpoint_type, route_table_ids } = endpoint(service);

      expect(vpc_endpoint_type).toBe("Gateway");
      expect((route_table_ids as string[]).map((table) => target(oneNat, table))).toEqual([
        "private-a-routes",
        "private-b-routes",
      ]);
    }
  });

  test("Bedrock has a private address in both zones, under its own name", () => {
    const { vpc_endpoint_type, private_dns_enabled, subnet_ids, security_group_ids } = endpoint("bedrock-runtime");

    expect({ vpc_endpoint_type, private_dns_enabled }).toEqual({
      vpc_endpoint_type: "Interface",
      private_dns_enabled: true,
    });
    expect((subnet_ids as string[]).map((subnet) => target(oneNat, subnet))).toEqual(["private-a", "private-b"]);
    expect((security_group_ids as string[]).map((group) => target(oneNat, group))).toEqual(["endpoints"]);
    expect(only(oneNat, "aws_vpc")).toMatchObject({ enable_dns_support: true, enable_dns_hostnames: true });
  });

  test("with GitHub's addresses alone, Secrets Manager is reached inside the VPC, for this environment's secrets", () => {
    const { vpc_endpoint_type, private_dns_enabled, subnet_ids } = endpoint("secretsmanager", listed);

    expect({ vpc_endpoint_type, private_dns_enabled }).toEqual({
      vpc_endpoint_type: "Interface",
      private_dns_enabled: true,
    });
    expect((subnet_ids as string[]).map((subnet) => target(listed, subnet))).toEqual(["private-a", "private-b"]);
    expect(statements("secretsmanager", listed)).toEqual([
      expect.objectContaining({
        Effect: "Allow",
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: ["arn:aws:secretsmanager:us-east-1:111122223333:secret:acme-production-*-??????"],
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      }),
    ]);
    expect(() => endpoint("secretsmanager")).toThrow("There is no endpoint of secretsmanager.");
  });

  test("an endpoint admits only this account, and only to what the platform owns or calls", () => {
    const reach = (service: string) =>
      statements(service).map(({ Effect, Resource, Condition }: Record<string, unknown>) => ({
        Effect,
        Resource,
        Condition,
      }));
    const Condition = { StringEquals: { "aws:PrincipalAccount": "111122223333" } };

    expect(reach("s3")).toEqual([
      {
        Effect: "Allow",
        Resource: [
          "arn:aws:s3:::acme-production-artifacts-111122223333",
          "arn:aws:s3:::acme-production-artifacts-111122223333/*",
        ],
        Condition,
      },
    ]);
    expect(reach("dynamodb")).toEqual([
      {
        Effect: "Allow",
        Resource: [
          "arn:aws:dynamodb:us-east-1:111122223333:table/acme-production-reviews",
          "arn:aws:dynamodb:us-east-1:111122223333:table/acme-production-reviews/index/*",
          "arn:aws:dynamodb:us-east-1:111122223333:table/acme-production-deliveries",
          "arn:aws:dynamodb:us-east-1:111122223333:table/acme-production-deliveries/index/*",
        ],
        Condition,
      },
    ]);
    expect(reach("bedrock-runtime")).toEqual([
      {
        Effect: "Allow",
        Resource: ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-haiku-20241022-v1:0"],
        Condition,
      },
    ]);
  });

  test("through an endpoint items, objects and models are used, not administered", () => {
    const actions = (service: string) => statements(service).flatMap(({ Action }: { Action: string[] }) => Action);

    expect(actions("s3")).toEqual(["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]);
    expect(actions("bedrock-runtime")).toEqual(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]);
    expect(actions("dynamodb")).toEqual([
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:ConditionCheckItem",
      "dynamodb:DeleteItem",
      "dynamodb:DescribeTable",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ]);
  });

  test("a cross-region profile names the model in every region that it may choose", () => {
    expect(modelArns("eu.anthropic.claude-3-haiku-20240307-v1:0", "eu-central-1", "444455556666")).toEqual([
      "arn:aws:bedrock:eu-central-1:444455556666:inference-profile/eu.anthropic.claude-3-haiku-20240307-v1:0",
      "arn:aws:bedrock:eu-*::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
    ]);
  });
});

describe("flow logs", () => {
  test("every connection of the VPC is recorded, encrypted and kept 30 days", () => {
    const { traffic_type, vpc_id, log_destination } = only(oneNat, "aws_flow_log");
    const { name, retention_in_days, kms_key_id } = only(oneNat, "aws_cloudwatch_log_group");

    expect(traffic_type).toBe("ALL");
    expect(target(oneNat, vpc_id)).toBe("vpc");
    expect(target(oneNat, log_destination)).toBe("flow-logs-group");
    expect({ name, retention_in_days }).toEqual({ name: "/platform/acme-production-flow-logs", retention_in_days: 30 });
    expect(target(oneNat, kms_key_id)).toBe("flow-logs-key");
  });

  test("its key serves that log group alone, its role only flow logs of this account", () => {
    const { Statement } = JSON.parse(String(only(oneNat, "aws_kms_key").policy));
    const services = Statement.filter(({ Principal }: { Principal: { Service?: string[] } }) => Principal.Service);

    expect(services).toMatchObject([
      {
        Principal: { Service: ["logs.us-east-1.amazonaws.com"] },
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": [
              "arn:aws:logs:us-east-1:111122223333:log-group:/platform/acme-production-flow-logs",
            ],
          },
        },
      },
    ]);
    expect(JSON.parse(String(only(oneNat, "aws_iam_role").assume_role_policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: ["vpc-flow-logs.amazonaws.com"] },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });
});
