import { createHmac } from "node:crypto";
import type { SignedRequest } from "../../../functions/shared/webhook-verify";

/** The one body of the model: what is signed makes no difference to which key signs. */
const body = Buffer.from('{"action":"opened"}');

/** Who signs deliveries, with one key at a time. */
export interface Sender {
  key(): string;
  setKey(key: string): void;
}

export function sender(firstKey: string): Sender {
  let held = firstKey;
  return {
    key: () => held,
    setKey: (key) => {
      held = key;
    },
  };
}

/** Signs deliveries; a signature is made once for each key. */
export function signer(): (key: string) => SignedRequest {
  const requests = new Map<string, SignedRequest>();
  return (key) => {
    const known = requests.get(key);
    if (known) return known;
    const signature = `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
    const request = { signatures: [signature], body };
    requests.set(key, request);
    return request;
  };
}
