import { join } from "node:path";
import fc from "fast-check";
import { estateOf, type Stack, stackFacts } from "../../src/terraform/estate";
import { templateParts } from "../../src/terraform/expression";
import type { Json, JsonObject } from "../../src/terraform/json";
import { policyStatements } from "../../src/terraform/policy-statements";
import { readSynthesis } from "../../src/terraform/read";
import { resolve, type Value } from "../../src/terraform/resolve";

/** An expression of Terraform. */
const ref = (expression: string) => `\${${expression}}`;
const remote = (stack: string, output: string) =>
  ref(`data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.cross-stack-output-${output}`);

const { estate } = readSynthesis(join(__dirname, "fixtures/synthesis"));
const service = stackNamed("service");

describe("splitting a template", () => {
  it("tells text from expressions, nested braces and quotes included", () => {
    const template = `a ${ref('f({ x = "}\\"}" })')} b${ref(`"${ref("aws_x.y.id")}"`)}`;

    expect(templateParts(template)).toEqual([
      { kind: "text", text: "a " },
      { kind: "expression", text: 'f({ x = "}\\"}" })' },
      { kind: "text", text: " b" },
      { kind: "expression", text: `"${ref("aws_x.y.id")}"` },
    ]);
  });

  it("unescapes what stands for a literal brace, and marks directives", () => {
    expect(templateParts(`$${ref("aws:username")} %%{x}`)).toEqual([
      { kind: "text", text: `${ref("aws:username")} %{x}` },
    ]);
    expect(templateParts("%{ if true }a%{ endif }").map(({ kind }) => kind)).toEqual([
      "expression",
      "text",
      "expression",
    ]);
  });

  it("leaves text without braces as it is", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("{")),
        (text) => expect(templateParts(text)).toEqual([{ kind: "text", text }]),
      ),
    );
  });
});

describe("resolving a reference", () => {
  it("gives the literal that another resource of the stack was given", () => {
    expect(resolve(ref("aws_lambda_function.reviewer.function_name"), service)).toEqual(literal("acme-test-reviewer"));
    expect(resolve(ref("aws_cloudwatch_metric_alarm.errors.metric_query[0].metric[0].namespace"), service)).toEqual(
      literal("AWS/Lambda"),
    );
  });

  it("names the resource and attribute where AWS invents the value", () => {
    expect(brief(resolve(ref("aws_sns_topic.alerts.arn"), service))).toBe("service: aws_sns_topic.alerts.arn");
  });

  it("follows another stack's output to the attribute in that stack", () => {
    const vpc = remote("network", "aws_vpcvpcid");
    const stream = remote("data", "aws_dynamodb_tablereviews_table_B3E13645stream_arn");

    expect(brief(resolve(vpc, service))).toBe("network: aws_vpc.vpc.id");
    expect(brief(resolve(stream, service))).toBe("data: aws_dynamodb_table.reviews_table_B3E13645.stream_arn");
  });

  it("joins a template whose parts are all literal", () => {
    const rule = `ALARM("${ref("aws_cloudwatch_metric_alarm.errors.alarm_name")}")`;

    expect(resolve(rule, service)).toEqual(literal('ALARM("acme-test-errors")'));
    expect(resolve({ a: [1, ref("aws_iam_role.role.name")], b: null }, service)).toEqual(
      literal({ a: [1, "acme-test-reviewer"], b: null }),
    );
  });

  it.each([
    ["a function call", ref('join("-", ["a", "b"])'), '"join("-", ["a", "b"])" is not a plain reference'],
    ["a variable", ref("var.name"), '"var.name" is not a plain reference'],
    ["a splat", ref("aws_subnet.a[*].id"), '"aws_subnet.a[*].id" is not a plain reference'],
    ["a directive", "%{ if true }a%{ endif }", '"%if true" is not a plain reference'],
    ["an unclosed expression", "$".concat("{aws_x.y"), '"aws_x.y" is not a plain reference'],
    ["a local that is not there", ref("local.other"), 'stack "service" has no local.other'],
    [
      "an output that is not there",
      remote("network", "nothing"),
      'stack "network" has no output "cross-stack-output-nothing"',
    ],
    ["a stack that is not there", remote("edge", "x"), 'stack "edge" has no output "cross-stack-output-x"'],
    [
      "a text around an id that AWS invents",
      `${remote("data", "aws_kms_keykeyarn")}/*`,
      'it holds aws_kms_key.key.arn of stack "data", known only after apply',
    ],
  ])("is unknown, with the reason, for %s", (_what, written, reason) => {
    expect(resolve(written, service)).toEqual({ kind: "unknown", reason });
  });

  it("is unknown for a resource that is not there, and says what was referred to", () => {
    expect(resolve(ref("aws_vpc.other.id"), service)).toEqual({
      kind: "unknown",
      reason: 'stack "service" has no aws_vpc.other',
      outside: "aws_vpc.other.id",
    });
  });

  it("follows a local, and a step into it", () => {
    const json = {
      resource: { aws_x: { a: {} } },
      locals: { range: "0.0.0.0/0", ports: { tls: [443] }, arn: ref("aws_x.a.arn") },
    };
    const stack = estateOf([stackFacts("made", json)]).get("made");
    if (!stack) throw new Error("The stack is not there.");

    expect(resolve(ref("local.range"), stack)).toEqual(literal("0.0.0.0/0"));
    expect(resolve(ref("local.ports.tls[0]"), stack)).toEqual(literal(443));
    expect(brief(resolve(ref("local.arn"), stack))).toBe("made: aws_x.a.arn");
  });

  it("is unknown where attributes refer to each other in a circle", () => {
    const stack = made({ a: { name: ref("aws_x.b.name") }, b: { name: ref("aws_x.a.name") } });

    expect(resolve(ref("aws_x.a.name"), stack)).toEqual({
      kind: "unknown",
      reason: '"aws_x.a.name" refers back to itself',
    });
  });

  it("is unknown where a step leads into a text", () => {
    const stack = made({ a: { name: "text", list: ref("aws_x.a.name") } });

    expect(resolve(ref("aws_x.a.name.inside"), stack)).toEqual({
      kind: "unknown",
      reason: 'a literal has no "inside" in it',
    });
    expect(resolve(ref("aws_x.a.list[0]"), stack).kind).toBe("unknown");
  });

  it("takes an attribute written as null for one that AWS fills in", () => {
    const stack = made({ a: { arn: null } });

    expect(brief(resolve(ref("aws_x.a.arn"), stack))).toBe("made: aws_x.a.arn");
  });
});

describe("reading a policy", () => {
  const statements = (address: string, attribute: string) => {
    const owner = service.resources.get(address);
    return owner && policyStatements(owner, attribute);
  };

  it("gives the same statements for a document and for JSON text", () => {
    const document = { statement: { actions: ["sns:Publish"], resources: ["*"], sid: "A", condition: condition() } };
    const json = JSON.stringify({
      Statement: {
        Sid: "A",
        Effect: "Allow",
        Action: "sns:Publish",
        Resource: "*",
        Condition: { Bool: { "aws:x": "true" } },
      },
    });
    const stack = made(
      {
        text: { policy: json },
        reference: { policy: ref("data.aws_iam_policy_document.d.json") },
        other: { policy: ref("aws_x.text.policy") },
      },
      { d: document },
    );

    const read = ["text", "reference", "other"].map((id) => policyStatements(resource(stack, `aws_x.${id}`), "policy"));

    expect(read[0]).toEqual([
      {
        sid: "A",
        effect: "Allow",
        actions: [literal("sns:Publish")],
        notActions: [],
        resources: [literal("*")],
        notResources: [],
        principals: [],
        notPrincipals: [],
        conditions: [{ operator: "Bool", key: "aws:x", values: [literal("true")] }],
      },
    ]);
    expect(read[1]).toEqual(read[0]);
    expect(read[2]).toEqual(read[0]);
  });

  it("resolves each ARN by itself, within the stack and across stacks", () => {
    const [table, key] = statements("aws_iam_role_policy.role-policy", "policy") ?? [];

    expect(table?.resources.map(brief)).toEqual([
      "data: aws_dynamodb_table.reviews_table_B3E13645.arn",
      'unknown: it holds aws_dynamodb_table.reviews_table_B3E13645.arn of stack "data", known only after apply',
    ]);
    expect(key?.resources.map(brief)).toEqual(["data: aws_kms_key.key.arn"]);
    expect(statements("aws_sns_topic_policy.alerts-policy", "policy")?.[0]?.resources.map(brief)).toEqual([
      "service: aws_sns_topic.alerts.arn",
    ]);
  });

  it("reads principals of all forms", () => {
    const policy = (Principal: Json) => JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "s3:*" }] });
    const stack = made({ all: { policy: policy("*") }, aws: { policy: policy({ AWS: ["1", "2"], Service: "s" }) } });

    expect(statements("aws_iam_role.role", "assume_role_policy")?.[0]?.principals).toEqual([
      { type: "Service", identifiers: [literal("lambda.amazonaws.com")] },
    ]);
    expect(policyStatements(resource(stack, "aws_x.all"), "policy")?.[0]?.principals).toEqual([
      { type: "*", identifiers: [literal("*")] },
    ]);
    expect(policyStatements(resource(stack, "aws_x.aws"), "policy")?.[0]?.principals).toEqual([
      { type: "AWS", identifiers: [literal("1"), literal("2")] },
      { type: "Service", identifiers: [literal("s")] },
    ]);
  });

  it("merges sources and overrides by sid, the later one winning", () => {
    const statement = (sid: string, action: string) => ({ sid, actions: [action] });
    const included = (id: string) => [ref(`data.aws_iam_policy_document.${id}.json`)];
    const stack = made(
      { x: { policy: ref("data.aws_iam_policy_document.main.json") } },
      {
        base: { statement: [statement("A", "base:A"), statement("B", "base:B")] },
        over: { statement: [statement("C", "over:C")] },
        main: {
          source_policy_documents: included("base"),
          statement: [statement("B", "main:B"), statement("C", "main:C")],
          override_policy_documents: included("over"),
        },
      },
    );

    const read = policyStatements(resource(stack, "aws_x.x"), "policy");

    expect(read?.map(({ sid, actions }) => [sid, actions.map(brief)])).toEqual([
      ["A", ['"base:A"']],
      ["B", ['"main:B"']],
      ["C", ['"over:C"']],
    ]);
  });

  it.each([
    ["jsonencode", ref("jsonencode({})"), /no policy can be read from unknown/],
    ["text that is not JSON", "{,}", /the policy is not JSON/],
    ["an empty policy", "{}", /the policy holds no Statement/],
    ["a statement without effect", '{"Statement":[{}]}', /a statement has no Effect/],
    ["a condition that is a list", '{"Statement":[{"Effect":"Allow","Condition":[1]}]}', /where an object is expected/],
    [
      "a principal that is a list",
      '{"Statement":[{"Effect":"Allow","Principal":["*"]}]}',
      /where an object is expected/,
    ],
    ["another attribute than json", ref("data.aws_iam_policy_document.d.minified_json"), /no policy can be read/],
  ])("refuses %s", (_what, policy, message) => {
    const stack = made({ x: { policy } }, { d: { statement: [] } });

    expect(() => policyStatements(resource(stack, "aws_x.x"), "policy")).toThrow(message);
  });

  it("tells an absent policy from an unreadable one", () => {
    expect(policyStatements(resource(made({ x: {} }), "aws_x.x"), "policy")).toBeUndefined();
  });
});

function literal(value: Json): Value {
  return { kind: "literal", value };
}

/** A value on one line; a reference with the stack it leads to. */
function brief(value: Value): string {
  if (value.kind === "literal") return JSON.stringify(value.value);
  if (value.kind === "unknown") return `unknown: ${value.reason}`;
  return `${value.resource.stack.name}: ${value.resource.address}.${value.attribute}`;
}

function condition(): JsonObject {
  return { test: "Bool", variable: "aws:x", values: ["true"] };
}

function made(aws_x: JsonObject, aws_iam_policy_document: JsonObject = {}): Stack {
  const json = { resource: { aws_x }, data: { aws_iam_policy_document } };
  return found(estateOf([stackFacts("made", json)]).get("made"));
}

function stackNamed(name: string): Stack {
  return found(estate.get(name));
}

function resource(stack: Stack, address: string) {
  return found(stack.resources.get(address));
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The fixture lacks it.");
  return value;
}
