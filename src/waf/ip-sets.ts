import { Wafv2IpSet } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";
import type { AddressSets } from "./api-rules";

export interface IpSetsProps {
  readonly names: Names;
  /** Networks whose requests escape the country block and the rates per address; nothing else. */
  readonly allowedCidrs: readonly string[];
}

/** Where GitHub's deliveries come from: `hooks` of https://api.github.com/meta. Counted only, so a change blocks nobody. */
const githubHookCidrs = [
  "192.30.252.0/22",
  "185.199.108.0/22",
  "140.82.112.0/20",
  "143.55.64.0/20",
  "2a0a:a440::/29",
  "2606:50c0::/32",
];

/** The address sets of the API's web ACL, one a family.
 *
 * They always exist, empty or not: Terraform deletes a set before the ACL lets go of it, and fails
 * (terraform-provider-aws #17601). The deny sets belong to the responder of an incident, who fills them by hand; an
 * apply leaves their content alone. Free.
 */
export class IpSets extends Construct {
  readonly arns: Readonly<Record<"deny" | "allow" | "github", AddressSets>>;

  constructor(scope: Construct, id: string, { names, allowedCidrs }: IpSetsProps) {
    super(scope, id);
    const pair = (noun: string, cidrs: readonly string[], filledByHand = false): AddressSets => {
      const set = (family: "v4" | "v6") =>
        new Wafv2IpSet(this, `${noun}-${family}`, {
          name: names.name("ip-set", `${noun}-${family}`),
          scope: "REGIONAL",
          ipAddressVersion: family === "v4" ? "IPV4" : "IPV6",
          addresses: cidrs.filter((cidr) => cidr.includes(":") === (family === "v6")),
          ...(filledByHand ? { lifecycle: { ignoreChanges: ["addresses"] } } : {}),
        }).arn;
      return { v4: set("v4"), v6: set("v6") };
    };

    this.arns = {
      deny: pair("deny", [], true),
      allow: pair("allow", allowedCidrs),
      github: pair("github", githubHookCidrs),
    };
  }
}
