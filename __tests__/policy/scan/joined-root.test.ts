import { joinedRoot } from "../../../src/policy/scan/joined-root";
import type { JsonObject } from "../../../src/terraform/json";

const comment = (path: string) => ({ metadata: { path, uniqueId: path.replaceAll("/", "-") } });
const remote = (stack: string, output: string) =>
  `data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.${output}`;
const terraform = { backend: { local: {} }, required_providers: { aws: { source: "aws", version: "6.25.0" } } };
const home = { aws: [{ region: "eu-central-1" }] };

const data: JsonObject = {
  "//": { metadata: { stackName: "data" } },
  terraform,
  provider: home,
  resource: {
    aws_kms_key: { logs: { "//": comment("data/keys/logs"), description: "logs" } },
    aws_cloudwatch_log_group: { firewall: { name: "a", kms_key_id: "${aws_kms_key.logs.arn}" } },
    aws_sns_topic: { alerts: { depends_on: ["aws_cloudwatch_log_group.firewall"] } },
  },
  output: {
    "key-arn": { value: "${aws_kms_key.logs.arn}" },
    "group-arn": { value: "${aws_cloudwatch_log_group.firewall.arn}:*" },
  },
};

const edge: JsonObject = {
  terraform,
  provider: { aws: [{ region: "us-east-1" }] },
  data: { terraform_remote_state: { "cross-stack-reference-input-data": { backend: "local" } } },
  resource: {
    aws_cloudwatch_log_group: {
      firewall: { "//": comment("edge/firewall"), name: "b", kms_key_id: `\${${remote("data", "key-arn")}}` },
    },
    aws_sns_topic_policy: {
      alerts: {
        arn: "${aws_cloudwatch_log_group.firewall.arn}",
        policy: `{"Statement":{"Resource":["\${${remote("data", "group-arn")}}","x"]}}`,
        note: `\${join(",", [${remote("data", "group-arn")}, ${remote("data", "key-arn")}])}`,
      },
    },
  },
  moved: [{ from: "aws_sns_topic_policy.old", to: "aws_sns_topic_policy.alerts" }],
};

describe("the joined root", () => {
  const joined = joinedRoot([
    { name: "data", json: data },
    { name: "edge", json: edge },
  ]);

  it("prefixes what two stacks call alike, follows outputs and keeps each resource's provider", () => {
    expect(joined.json).toEqual({
      terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
      provider: { aws: [{ region: "eu-central-1" }, { region: "us-east-1", alias: "shared-2" }] },
      data: {},
      resource: {
        aws_kms_key: { logs: { "//": comment("data/keys/logs"), description: "logs" } },
        aws_cloudwatch_log_group: {
          "data-firewall": { name: "a", kms_key_id: "${aws_kms_key.logs.arn}" },
          "edge-firewall": {
            "//": comment("edge/firewall"),
            name: "b",
            kms_key_id: "${aws_kms_key.logs.arn}",
            provider: "aws.shared-2",
          },
        },
        aws_sns_topic: { alerts: { depends_on: ["aws_cloudwatch_log_group.data-firewall"] } },
        aws_sns_topic_policy: {
          alerts: {
            arn: "${aws_cloudwatch_log_group.edge-firewall.arn}",
            policy: '{"Statement":{"Resource":["${aws_cloudwatch_log_group.data-firewall.arn}:*","x"]}}',
            note: '${join(",", ["${aws_cloudwatch_log_group.data-firewall.arn}:*", aws_kms_key.logs.arn])}',
            provider: "aws.shared-2",
          },
        },
      },
    });
  });

  it("knows of each address where it comes from", () => {
    expect(Object.fromEntries(joined.origins)).toEqual({
      "aws_kms_key.logs": { stack: "data", address: "aws_kms_key.logs", path: "data/keys/logs" },
      "aws_cloudwatch_log_group.data-firewall": { stack: "data", address: "aws_cloudwatch_log_group.firewall" },
      "aws_sns_topic.alerts": { stack: "data", address: "aws_sns_topic.alerts" },
      "aws_cloudwatch_log_group.edge-firewall": {
        stack: "edge",
        address: "aws_cloudwatch_log_group.firewall",
        path: "edge/firewall",
      },
      "aws_sns_topic_policy.alerts": { stack: "edge", address: "aws_sns_topic_policy.alerts" },
    });
  });

  it("links what stacks name by text or attach by a resource of its own, which checkov does not follow", () => {
    const { json } = joinedRoot([
      {
        name: "data",
        json: {
          resource: {
            aws_s3_bucket: { ui: { bucket: "acme-ui" }, copy: { bucket: "acme-copy", tags: { bucket: "acme-copy" } } },
            aws_network_acl: { private: { vpc_id: "${aws_vpc.main.id}" } },
            aws_network_acl_association: {
              a: { network_acl_id: "${aws_network_acl.private.id}", subnet_id: "${aws_subnet.a.id}" },
              b: { network_acl_id: "${aws_network_acl.private.id}", subnet_id: "${aws_subnet.b.id}" },
            },
          },
        },
      },
      {
        name: "compliance",
        json: {
          resource: {
            aws_s3_bucket_replication_configuration: {
              ui: { bucket: "acme-ui", rule: [{ destination: { bucket: "arn:aws:s3:::acme-copy" } }] },
            },
            aws_s3_bucket_logging: {
              else: { bucket: "elsewhere", target_bucket: "acme-copy", target_prefix: "acme-ui" },
            },
          },
        },
      },
    ]);

    expect(json.resource).toEqual({
      aws_s3_bucket: { ui: { bucket: "acme-ui" }, copy: { bucket: "acme-copy", tags: { bucket: "acme-copy" } } },
      aws_network_acl: {
        private: { vpc_id: "${aws_vpc.main.id}", subnet_ids: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"] },
      },
      aws_network_acl_association: {
        a: { network_acl_id: "${aws_network_acl.private.id}", subnet_id: "${aws_subnet.a.id}" },
        b: { network_acl_id: "${aws_network_acl.private.id}", subnet_id: "${aws_subnet.b.id}" },
      },
      aws_s3_bucket_replication_configuration: {
        ui: { bucket: "${aws_s3_bucket.ui.bucket}", rule: [{ destination: { bucket: "${aws_s3_bucket.copy.arn}" } }] },
      },
      aws_s3_bucket_logging: {
        else: { bucket: "elsewhere", target_bucket: "${aws_s3_bucket.copy.bucket}", target_prefix: "acme-ui" },
      },
    });
  });

  it.each<[string, JsonObject, string]>([
    [
      "a section that would be lost",
      { module: { other: {} } },
      "data.module: what such a section holds is not scanned",
    ],
    [
      "an output that no stack has",
      { resource: { aws_sns_topic: { t: { kms_master_key_id: `\${${remote("data", "gone")}}` } } } },
      `${remote("data", "gone")}: no stack that was read has this output`,
    ],
    [
      "an output that refers to itself",
      {
        resource: { aws_sns_topic: { t: { name: `\${${remote("data", "own")}}` } } },
        output: { own: { value: `\${${remote("data", "own")}}` } },
      },
      `${remote("data", "own")}: it refers back to itself`,
    ],
  ])("refuses %s", (_, json, message) => {
    expect(() => joinedRoot([{ name: "data", json }])).toThrow(message);
  });
});
