import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import type { RingKey } from "../functions/shared/usable-keys";
import { verifySignature } from "../functions/shared/webhook-verify";
import { median, takingTurns } from "./taking-turns";

const bodyBytes = 25_000;

/** What the check of a signature costs beside one HMAC for each key, and whether its time tells which key matched. */
export async function benchWebhook(): Promise<boolean> {
  const body = Buffer.from(JSON.stringify({ diff: "x".repeat(bodyBytes) })).subarray(0, bodyBytes);
  const keys = ["LIVE", "AWSPENDING", "AWSPREVIOUS"].map(
    (label): RingKey => ({ versionId: label, labels: [label], key: createSecretKey(randomBytes(32)) }),
  );
  const mac = ({ key }: RingKey) => createHmac("sha256", key).update(body).digest();
  const check = (signer: RingKey | undefined) => {
    if (!signer) throw new Error("There is no key to sign with.");
    const request = { signatures: [`sha256=${mac(signer).toString("hex")}`], body };
    if (!verifySignature(request, keys).ok) throw new Error("The signature that is measured is refused.");
    return async () => verifySignature(request, keys);
  };
  const times = await takingTurns({
    bare: async () => keys.map(mac),
    first: check(keys[0]),
    last: check(keys.at(-1)),
  });
  const beside = (one: keyof typeof times, other: keyof typeof times) =>
    median(times[one].map((us, round) => us / (times[other][round] ?? Number.NaN)));
  const us = (which: keyof typeof times) => `${median(times[which]).toFixed(1)} us`;
  const position = beside("last", "first");
  const rows: [what: string, value: number, most: number, shown: string][] = [
    ["last key beside first", Math.max(position, 1 / position), 1.05, `${us("last")} / ${us("first")}`],
    ["check beside one HMAC a key, first key", beside("first", "bare"), 1.2, `${us("first")} / ${us("bare")}`],
    ["check beside one HMAC a key, last key", beside("last", "bare"), 1.2, `${us("last")} / ${us("bare")}`],
  ];
  for (const [what, value, most, shown] of rows) {
    const judged = value <= most ? "reached" : "MISSED";
    console.log(
      `webhook: ${what}: ${value.toFixed(3)} (${shown}; ${bodyBytes} bytes, 3 keys; at most ${most}) ${judged}`,
    );
  }
  return rows.every(([, value, most]) => value <= most);
}
