import { GetIPSetCommand, UpdateIPSetCommand, type WAFV2Client } from "@aws-sdk/client-wafv2";
import type { Family } from "./cidr";
import type { SetPorts } from "./sync-sets";

export type IpSetNames = Readonly<Record<Family, { readonly Name: string; readonly Id: string }>>;

/** The two sets in AWS WAF. */
export function ipSets(client: WAFV2Client, names: IpSetNames): Pick<SetPorts, "read" | "write"> {
  const Scope = "REGIONAL";
  return {
    async read(family) {
      const { IPSet, LockToken } = await client.send(new GetIPSetCommand({ ...names[family], Scope }));
      if (!IPSet?.Addresses || LockToken === undefined) throw new Error(`AWS WAF answered without the ${family} set.`);
      return { addresses: IPSet.Addresses, lockToken: LockToken };
    },
    async write(family, addresses, lockToken) {
      const content = { Addresses: [...addresses], LockToken: lockToken };
      await client.send(new UpdateIPSetCommand({ ...names[family], Scope, ...content }));
    },
  };
}
