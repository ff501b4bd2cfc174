import { fault, jsonBody, ok, operationOf, type WireAnswer, type WireRequest } from "./fake-aws";

/** AWS WAF's sets of addresses, by name. */
export class FakeIpSets {
  readonly sets = new Map<string, readonly string[]>();

  answer(request: WireRequest): WireAnswer {
    const { Name, Addresses } = jsonBody(request);
    const held = this.sets.get(String(Name));
    if (!held) return fault("WAFNonexistentItemException");
    switch (operationOf(request)) {
      case "GetIPSet":
        return ok({ IPSet: { Addresses: held }, LockToken: "token" });
      case "UpdateIPSet":
        this.sets.set(String(Name), Addresses as string[]);
        return ok({ NextLockToken: "next" });
      default:
        throw new Error(`The fake sets do not know ${operationOf(request)}.`);
    }
  }
}
