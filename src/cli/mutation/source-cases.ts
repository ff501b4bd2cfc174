import { call, delivery, passes, sources, stops, trusted, type WafCase } from "./case";

const reviews = "/api/v1/reviews";
const from = (sourceIp: string, country = "DE") => call("GET", reviews, { sourceIp, country });

/** Rules 0 to 20, 52, 100 and 105: what an address alone decides. */
export const sourceCases: readonly WafCase[] = [
  { id: "deny-v4", why: "a denied address", request: from(sources.denied), expect: stops("ip-deny", 403) },
  { id: "deny-v6", why: "of the other family too", request: from(sources.deniedV6), expect: stops("ip-deny", 403) },
  { id: "trusted-v4", why: "a trusted address is only noted", request: from(sources.trusted), expect: passes(trusted) },
  { id: "trusted-v6", why: "of the other family too", request: from(sources.trustedV6), expect: passes(trusted) },
  {
    id: "geo-trusted",
    why: "a trusted address may call from a blocked country",
    request: from(sources.trustedV6, "KP"),
    expect: passes(trusted),
  },
  ...["KP", "IR", "SY", "CU"].map((country) => ({
    id: `geo-${country}`,
    why: "each blocked country",
    request: from(sources.anyone, country),
    expect: stops("geo-block", 403),
  })),
  {
    id: "geo-spacelift",
    why: "deliveries may come from anywhere",
    request: delivery("/webhooks/spacelift", { country: "CU" }),
    expect: passes(),
  },
  {
    id: "geo-before-webhook",
    why: "a path that ends like a webhook is not excepted",
    request: delivery("/x/webhooks/github", { country: "KP" }),
    expect: stops("geo-block", 403),
  },
  {
    id: "geo-behind-webhook",
    why: "nor one that begins like it",
    request: delivery("/webhooks/githubx", { country: "KP" }),
    expect: stops("geo-block", 403),
  },
  {
    id: "github-v6",
    why: "GitHub also calls by IPv6",
    request: delivery("/webhooks/github", { sourceIp: sources.githubV6 }),
    expect: passes(),
  },
  {
    id: "github-stranger-v6",
    why: "a stranger's delivery is noted",
    request: delivery("/webhooks/github", { sourceIp: "2001:db8::9" }),
    expect: passes({ counted: ["webhook-github-source"] }),
  },
  {
    id: "github-longer-path",
    why: "a longer path is no delivery of GitHub's",
    request: delivery("/webhooks/githubx", { sourceIp: sources.anyone }),
    expect: passes(),
  },
  {
    id: "spacelift-stranger",
    why: "nor is one of Spacelift's",
    request: delivery("/webhooks/spacelift", { sourceIp: sources.anyone }),
    expect: passes(),
  },
  ...["AWSManagedIPReputationList", "AWSManagedReconnaissanceList"].map((managedRule) => ({
    id: `reputation-${managedRule}`,
    why: "an address that AWS knows for attacks, for deliveries as well",
    request: delivery("/webhooks/github"),
    managed: [`aws-ip-reputation/${managedRule}`],
    expect: stops("aws-ip-reputation", 403, { managedRule }),
  })),
  {
    id: "reputation-ddos",
    why: "AWS itself only counts this list",
    request: from(sources.anyone),
    managed: ["aws-ip-reputation/AWSManagedIPDDoSList"],
    expect: passes({
      counted: ["aws-ip-reputation/AWSManagedIPDDoSList"],
      labels: ["awswaf:managed:aws:amazon-ip-list:AWSManagedIPDDoSList"],
    }),
  },
  ...["AnonymousIPList", "HostingProviderIPList"].map((managedRule) => ({
    id: `anonymous-${managedRule}`,
    why: "VPNs and clouds are noted, not stopped",
    request: from(sources.anyone),
    managed: [`aws-anonymous-ip/${managedRule}`],
    expect: passes({
      counted: [`aws-anonymous-ip/${managedRule}`],
      labels: [`awswaf:managed:aws:anonymous-ip-list:${managedRule}`],
    }),
  })),
];
