import { Wafv2IpSet } from "../aws";
import { Construct } from "../cdktf";
import type { Names } from "../config/names";

export interface IpSetsProps {
  readonly names: Names;
  /** What the sets begin with. */
  readonly cidrs: Readonly<Record<SetName, readonly string[]>>;
  /** Sets whose content others write after the first apply; an apply leaves it alone. */
  readonly filledByOthers: readonly SetName[];
}

/** `deny`: refused. `allow`: escapes the country block and the rates per address. `github`: where deliveries come from. */
type SetName = "deny" | "allow" | "github";

/** The address sets of the API's web ACL, one a family.
 *
 * They always exist, empty or not: Terraform deletes a set before the ACL lets go of it, and fails
 * (terraform-provider-aws #17601). The responder of an incident fills the deny sets by hand, a function the GitHub sets.
 * Free.
 */
export class IpSets extends Construct {
  readonly sets: Readonly<Record<SetName, Readonly<Record<"v4" | "v6", Wafv2IpSet>>>>;

  constructor(scope: Construct, id: string, { names, cidrs, filledByOthers }: IpSetsProps) {
    super(scope, id);
    const set = (noun: SetName, family: "v4" | "v6") =>
      new Wafv2IpSet(this, `${noun}-${family}`, {
        name: names.name("ip-set", `${noun}-${family}`),
        scope: "REGIONAL",
        ipAddressVersion: family === "v4" ? "IPV4" : "IPV6",
        addresses: cidrs[noun].filter((cidr) => cidr.includes(":") === (family === "v6")),
        ...(filledByOthers.includes(noun) ? { lifecycle: { ignoreChanges: ["addresses"] } } : {}),
      });
    const pair = (noun: SetName) => ({ v4: set(noun, "v4"), v6: set(noun, "v6") });
    this.sets = { deny: pair("deny"), allow: pair("allow"), github: pair("github") };
  }
}
