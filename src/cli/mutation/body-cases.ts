import { call, delivery, passes, stops, type WafCase } from "./case";

const managed = "awswaf:managed:aws:";

/** What AWS recognizes in bodies, in the order its groups are asked, with the labels. */
const signatures = [
  ["aws-known-bad-inputs/JavaDeserializationRCE_BODY", `${managed}known-bad-inputs:JavaDeserializationRCE_Body`],
  ["aws-known-bad-inputs/Log4JRCE_BODY", `${managed}known-bad-inputs:Log4JRCE_Body`],
  ["aws-known-bad-inputs/ReactJSRCE_BODY", `${managed}known-bad-inputs:ReactJSRCE_Body`],
  ["aws-common/EC2MetaDataSSRF_BODY", `${managed}core-rule-set:EC2MetaDataSSRF_Body`],
  ["aws-common/GenericLFI_BODY", `${managed}core-rule-set:GenericLFI_Body`],
  ["aws-common/GenericRFI_BODY", `${managed}core-rule-set:GenericRFI_Body`],
  ["aws-common/CrossSiteScripting_BODY", `${managed}core-rule-set:CrossSiteScripting_Body`],
  ["aws-sqli/SQLi_BODY", `${managed}sql-database:SQLi_Body`],
  ["aws-sqli/SQLiExtendedPatterns_BODY", `${managed}sql-database:SQLiExtendedPatterns_Body`],
] as const;
const hits = signatures.map(([hit]) => hit);
const everySignature = { counted: hits, labels: signatures.map(([, label]) => label) };
const tooLong = {
  counted: ["aws-common/SizeRestrictions_BODY"],
  labels: [`${managed}core-rule-set:SizeRestrictions_Body`],
};

const exactPaths = ["/webhooks/github", "/webhooks/spacelift", "/api/v1/reviews"];
/** Each differs from an exact one at one end only. */
const otherPaths = [
  ...["/x/webhooks/github", "/webhooks/github/", "/webhooks/spaceliftx", "/x/webhooks/spacelift"],
  ...["/x/api/v1/reviews", "/api/v1/reviews/", "/api/v1/reviewsx", "/api/v1/reviews/42", "/api/v1/other", "/health"],
];

/** With both signatures and a token: nothing but the path can be what decides. */
const everyProof = (path: string, bytes: number) =>
  delivery(path, { headers: { Authorization: "Bearer aaaa.bbbb.cccc" }, body: { bytes } });

/** Rules 110 to 210: code passes where code comes in, and nowhere else; an attack outside the body passes nowhere. */
export const bodyCases: readonly WafCase[] = [
  ...exactPaths.flatMap((path) => [
    {
      id: `code-${path}`,
      why: "code that AWS takes for every attack it knows",
      request: everyProof(path, 6000),
      managed: [...hits],
      expect: passes(everySignature),
    },
    {
      id: `long-${path}`,
      why: "and code of any length",
      request: everyProof(path, 300_000),
      managed: ["aws-common/SizeRestrictions_BODY"],
      expect: passes(tooLong),
    },
  ]),
  ...otherPaths.flatMap((path) => [
    {
      id: `reblock-${path}`,
      why: "the same on another path",
      request: everyProof(path, 6000),
      managed: [...hits],
      expect: stops("reblock-body-signatures", 403, everySignature),
    },
    {
      id: `reblock-long-${path}`,
      why: "the same on another path",
      request: everyProof(path, 8193),
      managed: ["aws-common/SizeRestrictions_BODY"],
      expect: stops("reblock-body-size", 413, tooLong),
    },
  ]),
  ...signatures.map(([hit, label]) => ({
    id: `reblock-${hit}`,
    why: "each signature alone is enough",
    request: call("POST", "/api/v1/other", { body: { bytes: 2000 } }),
    managed: [hit],
    expect: stops("reblock-body-signatures", 403, { counted: [hit], labels: [label] }),
  })),
  { id: "harmless", why: "a body that nothing recognizes", request: everyProof("/health", 8192), expect: passes() },
  ...(
    [
      ["aws-known-bad-inputs", "Log4JRCE_HEADER"],
      ["aws-known-bad-inputs", "JavaDeserializationRCE_QUERYSTRING"],
      ["aws-known-bad-inputs", "ExploitablePaths_URIPATH"],
      ["aws-common", "CrossSiteScripting_COOKIE"],
      ["aws-common", "GenericRFI_QUERYARGUMENTS"],
      ["aws-common", "RestrictedExtensions_URIPATH"],
      ["aws-sqli", "SQLi_QUERYARGUMENTS"],
      ["aws-sqli", "SQLi_COOKIE"],
      ["aws-sqli", "SQLi_URIPATH"],
      ["aws-linux", "LFI_HEADER"],
      ["aws-linux", "LFI_QUERYSTRING"],
      ["aws-linux", "LFI_URIPATH"],
    ] as const
  ).flatMap(([rule, managedRule]) => hostile(rule, managedRule)),
];

/** An attack outside the body, at each of the paths where code comes in. */
function hostile(rule: string, managedRule: string): WafCase[] {
  return exactPaths.map((path) => ({
    id: `hostile-${path}-${managedRule}`,
    why: "only what bodies hold is excepted",
    request: everyProof(path, 6000),
    managed: [`${rule}/${managedRule}`],
    expect: stops(rule, 403, { managedRule }),
  }));
}
