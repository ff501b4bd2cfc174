import { Ec2ManagedPrefixList } from "../aws";
import { Construct } from "../cdktf";

export interface GithubAddressesProps {
  readonly name: string;
  readonly cidrs: readonly string[];
  /** Entries beside those of today. Each counts as a rule of every group that names the list, used or not. */
  readonly spareEntries: number;
  /** True where a function keeps the entries, so that an apply leaves them alone. */
  readonly filledByOthers: boolean;
}

/** A prefix list of the addresses at which GitHub's API answers, so that a group can name them. Free. */
export class GithubAddresses extends Construct {
  readonly prefixListId: string;

  constructor(scope: Construct, id: string, { name, cidrs, spareEntries, filledByOthers }: GithubAddressesProps) {
    super(scope, id);
    this.prefixListId = new Ec2ManagedPrefixList(this, "Default", {
      name,
      addressFamily: "IPv4",
      maxEntries: cidrs.length + spareEntries,
      entry: cidrs.map((cidr) => ({ cidr })),
      ...(filledByOthers ? { lifecycle: { ignoreChanges: ["entry"] } } : {}),
    }).id;
  }
}
