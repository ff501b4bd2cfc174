import { App, Testing } from "../../src/cdktf";
import { loadEnvironment } from "../../src/config/load";
import type { Config } from "../../src/config/schema";
import { cidrRange } from "../../src/security/reachability/addresses";
import type { Egress } from "../../src/security/reachability/expected";
import { ask, reaches } from "../../src/security/reachability/reach";
import { reachabilityCheck } from "../../src/security/reachability/reachability-check";
import { readNetwork } from "../../src/security/reachability/read-network";
import { NetworkStack } from "../../src/stacks/network-stack";
import { type Estate, estateOf, managedResources, stackFacts } from "../../src/terraform/estate";
import type { JsonObject } from "../../src/terraform/json";
import { example, exampleNames } from "../support/examples";
import { type ChangeableNetwork, changedNetwork } from "./changed-network";

const production = example("production").estate;

const config = loadEnvironment("production");

/** Production with another network. */
function withNetwork(over: Partial<Config["network"]>): Estate {
  const app = new App({ stackTraces: false, skipValidation: true });
  const network: JsonObject = JSON.parse(
    Testing.synth(new NetworkStack(app, { ...config, network: { ...config.network, ...over } })),
  );
  const stacks = example("production").stacks.map(({ name, json }) =>
    // What other stacks read from it is written only where they are synthesized together.
    stackFacts(name, name === "network" ? { ...network, output: json.output ?? {} } : json),
  );
  return estateOf(stacks);
}

/** Construct ids in place of addresses: `aws_subnet.vpc_private-a_D294078F` is `private-a`. */
const short = (text: string): string =>
  text.replace(/\baws_\w+\.([\w-]+)/g, (_, id: string) => id.replace(/_[0-9A-F]{8}$/, "").replace(/^.*_/, ""));
const listed = { ...config.network, egress: "prefix-lists" } as const;
const findings = (estate: Estate, egress: Egress = config.network): string[] =>
  reachabilityCheck(estate, egress).findings.map(short);
const tableOf = (estate: Estate, egress: Egress = config.network) =>
  reachabilityCheck(estate, egress).table.map((row) => row.map(short));

const table = [
  ["Function", "Subnet", "Reaches", "Reached from outside"],
  ["acme-production-probe", "private-a", "bedrock-runtime, dynamodb, s3, any host on tcp 443", "by nobody"],
  ["acme-production-probe", "private-b", "bedrock-runtime, dynamodb, s3, any host on tcp 443", "by nobody"],
  ["acme-production-reviewer", "private-a", "bedrock-runtime, dynamodb, s3, any host on tcp 443", "by nobody"],
  ["acme-production-reviewer", "private-b", "bedrock-runtime, dynamodb, s3, any host on tcp 443", "by nobody"],
  ["acme-production-reviews-api", "private-a", "bedrock-runtime, dynamodb, s3", "by nobody"],
  ["acme-production-reviews-api", "private-b", "bedrock-runtime, dynamodb, s3", "by nobody"],
];

describe("each function in the VPC reaches what it must, and nothing else", () => {
  test("with one NAT gateway", () => {
    expect(tableOf(production)).toEqual(table);
    expect(findings(production)).toEqual([]);
  });

  test("with two NAT gateways", () => {
    const estate = withNetwork({ natGateways: "per-zone" });

    expect(tableOf(estate)).toEqual(table);
    expect(findings(estate)).toEqual([]);
  });

  test.each(exampleNames())("in %s", (name) => {
    expect(findings(example(name).estate)).toEqual([]);
  });

  test.each(["single", "per-zone"] as const)("with GitHub's addresses alone, and %s NAT gateways", (natGateways) => {
    const estate = withNetwork({ egress: "prefix-lists", natGateways });
    const services = "bedrock-runtime, dynamodb, s3, secretsmanager";

    expect(findings(estate, listed)).toEqual([]);
    expect(tableOf(estate, listed).filter(([, subnet]) => subnet !== "private-b")).toEqual([
      ["Function", "Subnet", "Reaches", "Reached from outside"],
      ["acme-production-probe", "private-a", `${services}, GitHub's addresses on tcp 443`, "by nobody"],
      ["acme-production-reviewer", "private-a", `${services}, GitHub's addresses on tcp 443`, "by nobody"],
      ["acme-production-reviews-api", "private-a", services, "by nobody"],
    ]);
    expect(reachabilityCheck(estate, listed).accepted).toEqual([
      "answers to port 3389, one of 64,512, are dropped by the network ACLs: who draws it connects again",
    ]);
  });

  test("a list that holds one address more than GitHub's is found", () => {
    const githubCidrs = [...config.network.githubCidrs, "198.51.100.7/32"];
    const estate = withNetwork({ egress: "prefix-lists", githubCidrs });

    expect(findings(estate, listed).filter((line) => line.startsWith("probe in private-a"))).toEqual([
      expect.stringMatching(/^probe in private-a does not reach GitHub's addresses on tcp 443: /),
      expect.stringMatching(
        /^probe in private-a may reach no more than its row, but reaches .*198\.51\.100\.7-198\.51\.100\.7.* on tcp 443: /,
      ),
    ]);
  });

  test("any host, where GitHub's addresses are asked for, is found", () => {
    expect(findings(production, listed).filter((line) => line.startsWith("reviewer in private-a"))).toEqual([
      "reviewer in private-a does not reach secretsmanager: the VPC has no endpoint of it.",
      "reviewer in private-a does not reach GitHub's addresses on tcp 443: more, fewer or other hosts are open to it.",
      expect.stringMatching(/^reviewer in private-a may reach no more than its row, but reaches any host on tcp 443: /),
    ]);
  });

  test("what is open all the same is said", () => {
    expect(reachabilityCheck(production, config.network).accepted).toEqual([
      "acme-production-probe and acme-production-reviewer reach any host on tcp 443: network.egress is open-443, and prefix-lists would hold them to GitHub",
      "answers to port 3389, one of 64,512, are dropped by the network ACLs: who draws it connects again",
    ]);
  });
});

describe("a question", () => {
  const network = readNetwork(production);
  const from = (name: string) => {
    const found = reaches(network, []).find(({ placed }) => placed.name === `acme-production-${name}`);
    if (!found) throw new Error(`${name} is not in the VPC.`);
    return found;
  };
  const github = { host: cidrRange("140.82.112.3/32", "test") };
  const answer = (...question: Parameters<typeof ask>) => {
    const { verdict, reason } = ask(...question);
    return `${verdict} ${short(reason)}`;
  };

  test("is answered with every group, ACL and route that is passed", () => {
    expect(answer(network, from("reviewer"), github)).toBe(
      "reached by functions-egress-to-internet, private-out-100, private-a-nat, public-in-100, public-out-100, public-internet",
    );
    expect(answer(network, from("reviews-api"), { service: "bedrock-runtime" })).toBe(
      "reached by functions-to-endpoints, endpoints-from-functions",
    );
    expect(answer(network, from("reviews-api"), { service: "s3" })).toBe(
      "reached by functions-to-s3, private-out-100, s3",
    );
  });

  test("or with what stops the packet", () => {
    const ssh = { protocol: "tcp", ports: { first: 22, last: 22 } };

    expect(answer(network, from("reviews-api"), github)).toBe(
      "stopped no egress rule of functions is for tcp 443 to 140.82.112.3-140.82.112.3",
    );
    expect(answer(network, from("reviewer"), github, ssh)).toBe(
      "stopped no egress rule of functions and functions-egress is for tcp 22 to 140.82.112.3-140.82.112.3",
    );
    expect(answer(network, from("reviewer"), { service: "secretsmanager" })).toBe(
      "stopped there is no endpoint of secretsmanager",
    );
  });
});

const everyone = ["probe", "reviewer", "reviews-api"];
const zones = ["private-a", "private-b"];
/** These lines for each of the functions in each zone. */
const each = (functions: readonly string[], lines: (zone: string) => string | string[], at = zones): string[] =>
  functions.flatMap((name) => at.flatMap((zone) => [lines(zone)].flat().map((line) => `${name} in ${zone} ${line}`)));

interface Change {
  readonly what: string;
  readonly change: (network: ChangeableNetwork) => void;
  readonly found: readonly string[];
}

const tcp443 = { ip_protocol: "tcp", from_port: 443, to_port: 443 };
const functionsGroup = "${aws_security_group.groups_functions_A96A533D.id}";
const passedToNat = (zone: string) => `private-out-100, ${zone}-nat, public-in-100, public-out-100, public-internet.`;

const lost: readonly Change[] = [
  {
    what: "the rule that lets answers in",
    change: ({ remove }) => remove("aws_network_acl_rule", "private-in-200"),
    found: everyone.flatMap((name) =>
      zones.flatMap((zone) =>
        [["bedrock-runtime"], ["dynamodb"], ["s3"], ...(name === "reviews-api" ? [] : [["any host on tcp 443"]])].map(
          ([to]) => `${name} in ${zone} does not reach ${to}: private does not let answers to ports 1024-3389 in.`,
        ),
      ),
    ),
  },
  {
    what: "the rule that lets most answers to NAT in",
    change: ({ remove }) => remove("aws_network_acl_rule", "public-in-210"),
    found: each(
      ["probe", "reviewer"],
      () => "does not reach any host on tcp 443: public does not let answers to ports 3389-65535 in.",
    ),
  },
  {
    what: "some hosts, which a rule denies before another lets them through",
    change: ({ one, add }) =>
      add("aws_network_acl_rule", "denied", {
        ...one("aws_network_acl_rule", "public-out-100"),
        ...{ rule_number: 99, rule_action: "deny", cidr_block: "140.82.112.0/20" },
      }),
    found: each(["probe", "reviewer"], (zone) => [
      "does not reach any host on tcp 443: denied.",
      `may reach no more than its row, but reaches 0.0.0.0-10.19.255.255, 10.21.0.0-140.82.111.255, 140.82.128.0-255.255.255.255 on tcp 443: by functions-egress-to-internet, ${passedToNat(zone)}`,
    ]),
  },
  {
    what: "the rule that lets answers of endpoints out",
    change: ({ remove }) => remove("aws_network_acl_rule", "private-out-200"),
    found: each(
      everyone,
      () => "does not reach bedrock-runtime: private does not let answers to ports 1024-65535 out.",
    ),
  },
  {
    what: "the rule that lets answers from NAT out",
    change: ({ remove }) => remove("aws_network_acl_rule", "public-out-200"),
    found: each(
      ["probe", "reviewer"],
      () => "does not reach any host on tcp 443: public does not let answers to ports 1024-65535 out.",
    ),
  },
  {
    what: "the rule that lets calls into the subnet of the endpoint",
    change: ({ remove }) => remove("aws_network_acl_rule", "private-in-100"),
    found: [
      ...each(
        everyone,
        (zone) =>
          `does not reach bedrock-runtime: no ingress rule of private is for tcp 443 from ${zone === "private-a" ? "10.20.16.0-10.20.31.255" : "10.20.32.0-10.20.47.255"}.`,
      ),
    ],
  },
  {
    what: "the route to NAT in one zone",
    change: ({ remove }) => remove("aws_route", "private-b-nat"),
    found: each(
      ["probe", "reviewer"],
      () => "does not reach any host on tcp 443: private-b-routes has no route to 0.0.0.0-10.19.255.255.",
      ["private-b"],
    ),
  },
  {
    what: "the way from NAT to the internet",
    change: ({ remove }) => remove("aws_route", "public-internet"),
    found: each(
      ["probe", "reviewer"],
      () => "does not reach any host on tcp 443: public-routes has no route to 0.0.0.0-10.19.255.255.",
    ),
  },
  {
    what: "the rule to endpoints",
    change: ({ remove }) => remove("aws_vpc_security_group_egress_rule", "functions-to-endpoints"),
    found: each(
      ["reviews-api"],
      () => `does not reach bedrock-runtime: no egress rule of functions is for tcp 443 to 10.20.16.0-10.20.31.255.`,
    ),
  },
  {
    what: "the rule of the endpoints",
    change: ({ remove }) => remove("aws_vpc_security_group_ingress_rule", "endpoints-from-functions"),
    found: each(
      everyone,
      (zone) =>
        `does not reach bedrock-runtime: no ingress rule of endpoints is for tcp 443 from ${zone === "private-a" ? "10.20.16.0-10.20.31.255" : "10.20.32.0-10.20.47.255"}.`,
    ),
  },
  {
    what: "the endpoint's own name",
    change: ({ one }) => {
      one("aws_vpc", "vpc").enable_dns_hostnames = false;
    },
    found: each(
      everyone,
      () =>
        "does not reach bedrock-runtime: the service's name does not lead to bedrock-endpoint: private_dns_enabled and both DNS settings of the VPC must be on.",
    ),
  },
  {
    what: "the endpoint of S3 with the rule for it",
    change: ({ remove }) => {
      remove("aws_vpc_endpoint", "s3");
      remove("aws_vpc_security_group_egress_rule", "functions-to-s3");
    },
    found: each(everyone, () => "does not reach s3: the VPC has no endpoint of it."),
  },
  {
    what: "the right prefix list",
    change: ({ one }) => {
      const rule = one("aws_vpc_security_group_egress_rule", "functions-to-s3");
      rule.prefix_list_id = one("aws_vpc_security_group_egress_rule", "functions-to-dynamodb").prefix_list_id;
    },
    found: each(
      ["reviews-api"],
      () => "does not reach s3: no egress rule of functions is for tcp 443 to the addresses of s3.",
    ),
  },
];

const opened: readonly Change[] = [
  {
    what: "a group that lets everything out",
    change: ({ one }) => {
      Object.assign(one("aws_vpc_security_group_egress_rule", "functions-to-s3"), {
        prefix_list_id: null,
        cidr_ipv4: "0.0.0.0/0",
      });
    },
    found: each(
      ["reviews-api"],
      (zone) =>
        `may reach no more than its row, but reaches any host on tcp 443: by functions-to-s3, ${passedToNat(zone)}`,
    ),
  },
  {
    what: "a port more, as far as group and ACLs let it",
    change: ({ one }) => {
      one("aws_vpc_security_group_egress_rule", "functions-egress-to-internet").to_port = 450;
      for (const rule of ["private-out-100", "public-in-100", "public-out-100"]) {
        one("aws_network_acl_rule", rule).to_port = 445;
      }
    },
    found: ["probe", "reviewer"].flatMap((name) =>
      zones.flatMap((zone) =>
        [
          `dynamodb on tcp 444-445: by functions-egress-to-internet, private-out-100, dynamodb.`,
          `s3 on tcp 444-445: by functions-egress-to-internet, private-out-100, s3.`,
          `any host on tcp 444-445: by functions-egress-to-internet, ${passedToNat(zone)}`,
        ].map((line) => `${name} in ${zone} may reach no more than its row, but reaches ${line}`),
      ),
    ),
  },
  {
    what: "some addresses for all functions, though their answers are lost",
    change: ({ add, remove, one }) => {
      add("aws_vpc_security_group_egress_rule", "partner", {
        ...tcp443,
        security_group_id: functionsGroup,
        cidr_ipv4: "198.51.100.0/24",
      });
      remove("aws_network_acl_rule", "public-out-200");
      one("aws_vpc_security_group_egress_rule", "functions-egress-to-internet").cidr_ipv4 = "203.0.113.0/24";
    },
    found: everyone.flatMap((name) =>
      zones.flatMap((zone) => [
        ...(name === "reviews-api"
          ? []
          : [
              `${name} in ${zone} does not reach any host on tcp 443: no egress rule of functions and functions-egress is for tcp 443 to 0.0.0.0-10.19.255.255.`,
            ]),
        `${name} in ${zone} may reach no more than its row, but reaches ${name === "reviews-api" ? "198.51.100.0-198.51.100.255" : "198.51.100.0-198.51.100.255, 203.0.113.0-203.0.113.255"} on tcp 443: it can send, though public does not let answers to ports 1024-65535 out.`,
      ]),
    ),
  },
  {
    what: "the addresses of a list of ours",
    change: ({ add }) => {
      add("aws_ec2_managed_prefix_list", "partners", {
        ...{ name: "partners", address_family: "IPv4", max_entries: 2 },
        entry: [{ cidr: "198.51.100.0/24" }, { cidr: "203.0.113.0/24" }],
      });
      add("aws_vpc_security_group_egress_rule", "partners", {
        ...tcp443,
        security_group_id: functionsGroup,
        prefix_list_id: "${aws_ec2_managed_prefix_list.partners.id}",
      });
    },
    found: each(
      ["reviews-api"],
      (zone) =>
        `may reach no more than its row, but reaches 198.51.100.0-198.51.100.255, 203.0.113.0-203.0.113.255 on tcp 443: by partners, ${passedToNat(zone)}`,
    ),
  },
  {
    what: "functions that call each other",
    change: ({ add }) =>
      add("aws_vpc_security_group_ingress_rule", "from-each-other", {
        ...tcp443,
        security_group_id: functionsGroup,
        referenced_security_group_id: functionsGroup,
      }),
    found: ["probe", "reviewer"].flatMap((name) =>
      zones.flatMap((zone) =>
        everyone.map((other) => {
          // Inside one subnet no ACL is asked.
          const acls = zone === "private-a" ? "" : "private-out-100, private-in-100, ";
          return `${name} in ${zone} may reach no more than its row, but reaches acme-production-${other} on tcp 443: by functions-egress-to-internet, ${acls}from-each-other.`;
        }),
      ),
    ),
  },
  {
    what: "S3 through NAT, as its endpoint has no route",
    change: ({ one }) => {
      const endpoint = one("aws_vpc_endpoint", "s3");
      endpoint.route_table_ids = (endpoint.route_table_ids as string[]).slice(0, 1);
    },
    found: everyone.flatMap((name) => [
      `${name} in private-b does not reach s3: private-b-routes has no route to s3.`,
      `${name} in private-b may reach no more than its row, but reaches s3 through NAT: by ${name === "reviews-api" ? "functions-to-s3" : "functions-egress-to-internet"}, ${passedToNat("private-b")}`,
    ]),
  },
  {
    what: "a way in from the internet",
    change: ({ one, add }) => {
      add("aws_vpc_security_group_ingress_rule", "world", {
        ...tcp443,
        from_port: 8000,
        to_port: 8000,
        security_group_id: functionsGroup,
        cidr_ipv4: "0.0.0.0/0",
      });
      const route = one("aws_route", "private-a-nat");
      route.gateway_id = one("aws_route", "public-internet").gateway_id;
      route.nat_gateway_id = null;
    },
    found: everyone.flatMap((name) => [
      ...(name === "reviews-api"
        ? []
        : [
            `${name} in private-a does not reach any host on tcp 443: private-a-nat leads to internet, which carries nothing from an interface without public address.`,
          ]),
      `${name} in private-a is reached by any host on tcp 8000: by world, private-in-210, private-a-nat.`,
    ]),
  },
];

describe("it is found when a network loses", () => {
  test.each(lost)("$what", ({ change, found }) => {
    expect(findings(changedNetwork(change))).toEqual(found);
  });
});

describe("it is found when a network opens", () => {
  test.each(opened)("$what", ({ change, found }) => {
    expect(findings(changedNetwork(change))).toEqual(found);
  });
});

describe("a function", () => {
  test("stands in the VPC where it touches tenant data, and outside where it calls others", () => {
    const placed = managedResources(production, "aws_lambda_function").map(
      ({ attributes }) => `${attributes.function_name} ${attributes.vpc_config ? "in" : "out"}`,
    );

    expect(placed.map((line) => line.replace("acme-production-", ""))).toEqual([
      "authorizer out",
      "probe in",
      "reviewer in",
      "reviews-api in",
      "redeliver-webhooks out",
      "rotate-github-app-hook out",
      "rotation-auditor out",
      "sync-github-ips out",
      "webhook out",
    ]);
  });

  test("that leaves the VPC is missed", () => {
    const outside = changedNetwork(({ one }) => delete one("aws_lambda_function", "reviews-api").vpc_config, "service");

    expect(findings(outside)).toEqual([
      "reviews-api is not in the VPC, so nothing keeps it from reaching the internet.",
    ]);
  });

  test("that is placed in the VPC needs a row", () => {
    const placed = changedNetwork(({ one }) => {
      one("aws_lambda_function", "authorizer").vpc_config = one("aws_lambda_function", "probe").vpc_config;
    }, "service");

    expect(new Set(findings(placed))).toEqual(
      new Set(["authorizer is in the VPC, but src/security/reachability/expected.ts does not say what it reaches."]),
    );
  });
});
