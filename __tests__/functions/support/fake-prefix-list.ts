import { operationOfQuery, type WireAnswer, type WireRequest } from "./fake-aws";

/** One prefix list of Amazon EC2, which speaks in forms and XML. */
export class FakePrefixList {
  version = 1;
  maxEntries = 34;
  cidrs: readonly string[] = [];

  answer(request: WireRequest): WireAnswer {
    const { operation, parameters } = operationOfQuery(request);
    const named = (prefix: string) =>
      [...parameters].flatMap(([key, value]) => (key.startsWith(`${prefix}.`) ? [value] : []));
    switch (operation) {
      case "DescribeManagedPrefixLists":
        return xml(
          operation,
          `<prefixListSet><item><version>${this.version}</version><maxEntries>${this.maxEntries}</maxEntries></item></prefixListSet>`,
        );
      case "GetManagedPrefixListEntries":
        return xml(
          operation,
          `<entrySet>${this.cidrs.map((cidr) => `<item><cidr>${cidr}</cidr></item>`).join("")}</entrySet>`,
        );
      case "ModifyManagedPrefixList":
        if (Number(parameters.get("CurrentVersion")) !== this.version) return refused("PrefixListVersionMismatch");
        this.version += 1;
        this.cidrs = [...this.cidrs.filter((cidr) => !named("RemoveEntry").includes(cidr)), ...named("AddEntry")];
        return xml(operation, "<prefixList/>");
      default:
        throw new Error(`The fake prefix list does not know ${operation}.`);
    }
  }
}

const xml = (operation: string, content: string): WireAnswer => ({
  status: 200,
  body: `<${operation}Response>${content}</${operation}Response>`,
});

const refused = (code: string): WireAnswer => ({
  status: 400,
  body: `<Response><Errors><Error><Code>${code}</Code><Message>${code}</Message></Error></Errors></Response>`,
});
