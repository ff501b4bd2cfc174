import {
  DescribeManagedPrefixListsCommand,
  type EC2Client,
  ModifyManagedPrefixListCommand,
  paginateGetManagedPrefixListEntries,
} from "@aws-sdk/client-ec2";
import type { ListPorts } from "./sync-list";

/** The list of addresses that a security group names. */
export function prefixList(client: EC2Client, PrefixListId: string): ListPorts {
  return {
    async read() {
      const { PrefixLists } = await client.send(
        new DescribeManagedPrefixListsCommand({ PrefixListIds: [PrefixListId] }),
      );
      const { Version: version, MaxEntries: maxEntries } = PrefixLists?.[0] ?? {};
      if (version === undefined || maxEntries === undefined) throw answeredWithout(PrefixListId);
      const addresses: string[] = [];
      const pages = paginateGetManagedPrefixListEntries({ client }, { PrefixListId, TargetVersion: version });
      for await (const { Entries } of pages) {
        if (Entries === undefined) throw answeredWithout(PrefixListId);
        addresses.push(...Entries.flatMap(({ Cidr }) => Cidr ?? []));
      }
      return { addresses, version, maxEntries };
    },
    async write({ added, removed, version }) {
      const entries = (cidrs: readonly string[]) => cidrs.map((Cidr) => ({ Cidr }));
      await client.send(
        new ModifyManagedPrefixListCommand({
          PrefixListId,
          CurrentVersion: version,
          ...(added.length > 0 ? { AddEntries: entries(added) } : {}),
          ...(removed.length > 0 ? { RemoveEntries: entries(removed) } : {}),
        }),
      );
    },
  };
}

const answeredWithout = (id: string): Error => new Error(`Amazon EC2 answered without the prefix list ${id}.`);
