import { createHmac } from "node:crypto";
import payloads from "@octokit/webhooks-examples";
import { ringVersion } from "../../functions/shared/usable-keys";
import { verifySignature } from "../../functions/shared/webhook-verify";
import { managedRules } from "../../src/waf/managed-facts";
import type { WafRequest } from "../../src/waf/request";
import { countingApi, type PublishedApi, publishedApi } from "../corpora/api-firewall";
import { decide } from "./acl";

const secret = "a secret of the webhook, of which GitHub knows the same value";

/** What GitHub sends: compact JSON, signed. */
const deliveries = payloads.flatMap(({ name, examples }) =>
  examples.map((payload: object) => {
    const body = Buffer.from(JSON.stringify(payload), "utf8");
    return { event: name, body, signature: `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` };
  }),
);
type Delivery = (typeof deliveries)[number];
const longerThan = (bytes: number) => deliveries.filter(({ body }) => body.byteLength > bytes);

const asSent = ({ body }: Delivery) => ({
  method: "POST",
  query: "",
  body: { bytes: body.byteLength, content: body.toString("latin1") },
  // One of GitHub's published addresses.
  sourceIp: "140.82.115.1",
  country: "US",
});

const toWebhook = (delivery: Delivery, pathPrefix: string): WafRequest => ({
  ...asSent(delivery),
  path: `${pathPrefix}/webhooks/github`,
  headers: [
    ["host", "api.example.com"],
    ["user-agent", "GitHub-Hookshot/f05835d"],
    ["content-type", "application/json"],
    ["x-github-event", delivery.event],
    ["x-hub-signature-256", delivery.signature],
  ],
});

const toOtherPath = (delivery: Delivery, pathPrefix: string): WafRequest => ({
  ...asSent(delivery),
  path: `${pathPrefix}/api/v1/other`,
  headers: [
    ["host", "api.example.com"],
    ["user-agent", "curl/8.5.0"],
    ["content-type", "application/json"],
    ["authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"],
  ],
});

/** The worst case: AWS's patterns are not published, so each may match each payload. */
const bodySignatures = [
  "aws-known-bad-inputs/JavaDeserializationRCE_BODY",
  "aws-known-bad-inputs/Log4JRCE_BODY",
  "aws-known-bad-inputs/ReactJSRCE_BODY",
  "aws-common/EC2MetaDataSSRF_BODY",
  "aws-common/GenericLFI_BODY",
  "aws-common/GenericRFI_BODY",
  "aws-common/CrossSiteScripting_BODY",
  "aws-sqli/SQLi_BODY",
  "aws-sqli/SQLiExtendedPatterns_BODY",
];

const bodyLabels = [
  "awswaf:managed:aws:known-bad-inputs:JavaDeserializationRCE_Body",
  "awswaf:managed:aws:known-bad-inputs:Log4JRCE_Body",
  "awswaf:managed:aws:known-bad-inputs:ReactJSRCE_Body",
  "awswaf:managed:aws:core-rule-set:EC2MetaDataSSRF_Body",
  "awswaf:managed:aws:core-rule-set:GenericLFI_Body",
  "awswaf:managed:aws:core-rule-set:GenericRFI_Body",
  "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
  "awswaf:managed:aws:sql-database:SQLi_Body",
  "awswaf:managed:aws:sql-database:SQLiExtendedPatterns_Body",
];

/** How many deliveries end in the same way: the rule and the status, or `passes`. */
function outcomes({ firewall, pathPrefix }: PublishedApi, requestOf: typeof toWebhook, hits: readonly string[]) {
  const counts: Record<string, number> = {};
  for (const delivery of deliveries) {
    const { verdict, rule, status } = decide(firewall, requestOf(delivery, pathPrefix), hits);
    const outcome = verdict === "allow" ? "passes" : `${rule} ${status}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

describe("GitHub's deliveries", () => {
  it("are 329 examples, 137 of them longer than the 8,192 bytes of the Core rule set", () => {
    expect(deliveries.length).toBe(329);
    expect([8192, 16_384, 32_768].map((bytes) => longerThan(bytes).length)).toEqual([137, 50, 0]);
  });

  it("are verified by the receiver's own code, and refused with a byte added", () => {
    const ring = [
      ringVersion("version-1", ["AWSCURRENT"], { secretString: secret, createdAt: new Date("2026-01-01T00:00:00Z") }),
    ].flatMap(({ key, ...version }) => (key ? [{ ...version, key }] : []));
    const verified = (signature: string, body: Buffer) => verifySignature({ signatures: [signature], body }, ring).ok;
    const refused = deliveries.filter(({ signature, body }) => !verified(signature, body));
    const accepted = deliveries.filter(({ signature, body }) =>
      verified(signature, Buffer.concat([body, Buffer.from(" ")])),
    );

    expect(refused.map(({ event }) => event)).toEqual([]);
    expect(accepted.map(({ event }) => event)).toEqual([]);
  });
});

describe.each(["production", "brownfield", "local"] as const)("the firewall of %s, which enforces", (environment) => {
  const api = publishedApi(environment);

  it("knows the body signatures that are written out here and no other", () => {
    const signatures = managedRules(api.firewall).filter(
      ({ component, computed }) => component === "body" && !computed,
    );

    expect(signatures.map(({ rule, managedRule }) => `${rule}/${managedRule}`).sort()).toEqual(
      [...bodySignatures].sort(),
    );
  });

  it("lets every delivery through, whatever AWS takes it for", () => {
    const counts = outcomes(api, toWebhook, bodySignatures);
    process.stdout.write(`${environment}: ${counts.passes} of ${deliveries.length} GitHub deliveries pass\n`);

    expect(counts).toEqual({ passes: 329 });
  });

  it("refuses the same bodies on a path that carries no code", () => {
    expect(outcomes(api, toOtherPath, bodySignatures)).toEqual({ "reblock-body-signatures 403": 329 });
  });

  it("refuses them there for each single signature", () => {
    const passed = bodySignatures.filter(
      (signature) => outcomes(api, toOtherPath, [signature])["reblock-body-signatures 403"] !== 329,
    );

    expect(passed).toEqual([]);
  });

  it("refuses there what is too long for the Core rule set, though no signature matches", () => {
    expect(outcomes(api, toOtherPath, [])).toEqual({ "reblock-body-size 413": 137, passes: 192 });
  });
});

describe("the firewall that is being rolled out, and only counts", () => {
  const { firewall, pathPrefix } = countingApi();

  it.each([
    ["the webhook's path", toWebhook, []],
    ["another path", toOtherPath, ["reblock-body-signatures"]],
  ])("lets everything through on %s and puts on every label", (_, requestOf, reblocked) => {
    const wrong = deliveries.flatMap((delivery) => {
      const { verdict, labels, counted } = decide(firewall, requestOf(delivery, pathPrefix), bodySignatures);
      const size = delivery.body.byteLength > 8192;
      const labelled = [...bodyLabels, ...(size ? ["awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"] : [])];
      const reblocks = [...reblocked, ...(size && reblocked.length > 0 ? ["reblock-body-size"] : [])];
      const right =
        verdict === "allow" &&
        labelled.toSorted().join() === labels.toSorted().join() &&
        reblocks.join() === counted.filter((name) => name.startsWith("reblock")).join();
      return right ? [] : [`${delivery.event}: ${verdict}, ${labels.length} labels, ${counted.join(" ")}`];
    });

    expect(wrong).toEqual([]);
  });
});
