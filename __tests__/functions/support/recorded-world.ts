import { createHash } from "node:crypto";
import { type SecretsManager, secretsManager } from "../../../src/secrets/model/secrets-manager";
import { actionsOf, type UsedAction } from "./action-recorder";
import { jsonBody, ok, textBody, type WireAnswer, type WireRequest } from "./fake-aws";
import { FakeGateway } from "./fake-gateway";
import { FakeIpSets } from "./fake-ip-sets";
import { FakePrefixList } from "./fake-prefix-list";
import { newSides, type Sides } from "./fake-sides";
import { FakeTable } from "./fake-table";
import { type AccountFacts, withImplied } from "./implied-actions";
import { secretAnswer, type WireSecret } from "./secrets-on-the-wire";

/** AWS and the other sides for one function, and what it asked of AWS. */
export interface RecordedWorld {
  readonly used: readonly UsedAction[];
  readonly secrets: Map<string, WireSecret>;
  readonly table: FakeTable;
  readonly gateway: FakeGateway;
  readonly sides: Sides;
  readonly ipSets: FakeIpSets;
  readonly prefixList: FakePrefixList;
  /** Texts of objects by `/bucket/key`. */
  readonly objects: Map<string, string>;
  /** What rotation functions were asked to do. */
  readonly invoked: readonly string[];
  /** What the secrets' own clock is behind, in milliseconds. */
  readonly age: { ms: number };
  /** A new secret under this ARN, in place of one that was there. */
  secret(arn: string, deprecated?: readonly string[]): SecretsManager;
  answer(request: WireRequest): WireAnswer;
}

const knobs = { firstValueGetsCurrent: false, labelMovesChangeDate: false };

/** Each request is recorded before it is answered: one that fails has used its right as well. */
export function recordedWorld(facts: AccountFacts): RecordedWorld {
  const used: UsedAction[] = [];
  const secrets = new Map<string, WireSecret>();
  const table = new FakeTable();
  const gateway = new FakeGateway();
  const age = { ms: 0 };
  const ipSets = new FakeIpSets();
  const prefixList = new FakePrefixList();
  const objects = new Map<string, string>();
  const invoked: string[] = [];
  return {
    ipSets,
    prefixList,
    objects,
    used,
    invoked,
    secrets,
    table,
    gateway,
    sides: newSides(),
    age,
    secret(arn, deprecated = []) {
      const model = secretsManager(() => Date.now() - age.ms, knobs);
      secrets.set(arn, { model, deprecated });
      return model;
    },
    answer(request) {
      const actions = actionsOf(request, facts);
      for (const action of actions) used.push(...withImplied(action, facts));
      const [service = ""] = (actions[0]?.action ?? "").split(":");
      if (service === "secretsmanager") return secretAnswer(secrets, request);
      if (service === "dynamodb") return table.answer(request);
      if (service === "apigateway") return gateway.answer(request);
      if (service === "ec2") return prefixList.answer(request);
      if (service === "wafv2") return ipSets.answer(request);
      if (service === "bedrock") return ok(modelAnswer);
      if (service === "s3") return objectAnswer(objects, request);
      if (service === "lambda") invoked.push(String(jsonBody(request).action));
      if (service !== "sqs") return ok();
      const text = String(jsonBody(request).MessageBody);
      return ok({ MessageId: "m", MD5OfMessageBody: createHash("md5").update(text).digest("hex") });
    },
  };
}

function objectAnswer(objects: Map<string, string>, request: WireRequest): WireAnswer {
  if (request.method === "PUT") objects.set(request.path, textBody(request));
  return { status: 200, body: request.method === "GET" ? (objects.get(request.path) ?? "") : "" };
}

const input = { summary: "Sets the limit.", findings: [] };

/** Answer of Bedrock's Converse by the tool that the reviewer offers. */
const modelAnswer = {
  output: {
    message: { role: "assistant", content: [{ toolUse: { toolUseId: "1", name: "submit_review", input } }] },
  },
};
