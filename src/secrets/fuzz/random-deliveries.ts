import { isUtf8 } from "node:buffer";
import { createHmac } from "node:crypto";
import type { HttpEvent } from "../../../functions/shared/http-event";
import type { WebhookSource } from "../../../functions/webhook/sources";
import type { Dice } from "../../dice";
import { randomBody } from "./bodies";
import { canary, type HeldKey } from "./held-keys";
import { type Header, type Kind, kinds, type Signer } from "./kinds";

/** What came in, as one who sees the wire knows it, and the event that API Gateway made of it. */
export interface Delivery {
  readonly kind: string;
  readonly source: WebhookSource;
  /** Every value of the header that carries signatures. */
  readonly signatures: readonly string[];
  readonly body: Buffer;
  readonly event: HttpEvent;
}

export type KeysOf = Readonly<Record<WebhookSource, readonly HeldKey[]>>;

/** In place of a kind where the secret has no version of the name it is signed with: a stranger signs. */
export const absentKey = "(version that is not there)";

const signatureHeaders = { github: "X-Hub-Signature-256", spacelift: "X-Signature-256" } as const;

const [rare, frequent] = [kinds.filter((kind) => kind.rare), kinds.filter((kind) => !kind.rare)];
const shares = { rare: 1 / 20_000, sound: 0.25 };
const sound: Kind = { name: "sound" };

/** One delivery of a random kind, to one of the two webhooks. */
export function randomDelivery(keys: KeysOf, dice: Dice): Delivery {
  const kind = dice.chance(shares.rare) ? dice.pick(rare) : dice.chance(shares.sound) ? sound : dice.pick(frequent);
  const source = dice.pick(["github", "spacelift"] as const);
  const [name, signer] = [signatureHeaders[source], kind.signer ?? "current"];
  const known = signingKey(signer, source, keys, dice);
  const key = known ?? dice.text(40, "abcdef");
  const signed = kind.payload?.(source, dice) ?? randomBody(source, dice);
  const signature = `sha256=${createHmac("sha256", key).update(signed).digest("hex")}`;
  const own: readonly Header[] = kind.headers?.({ key, body: signed, name, signature }, dice) ?? [[name, signature]];

  const sent = kind.body?.(signed, dice) ?? signed;
  const base64 = kind.base64 ?? (!isUtf8(sent) || dice.chance(0.1));
  const text = sent.toString(base64 ? "base64" : "utf8");
  const marked = kind.marked ?? base64;
  const event = gatewayEvent(source, [...own, ...otherHeaders(source, dice)], text, marked);
  return {
    ...{ kind: known === undefined ? absentKey : kind.name, source, event: kind.event?.(event) ?? event },
    signatures: own.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value),
    // Where the mark is wrong, the bytes that arrive are those that the event says, not those that were sent.
    body: base64 === marked ? sent : Buffer.from(text, marked ? "base64" : "utf8"),
  };
}

function signingKey(signer: Signer, source: WebhookSource, keys: KeysOf, dice: Dice): string | undefined {
  const [own, others] = source === "github" ? [keys.github, keys.spacelift] : [keys.spacelift, keys.github];
  const valued = own.filter(({ value }) => value !== "");
  switch (signer) {
    case "empty":
      return "";
    case "stranger":
      return dice.text(40, "abcdef");
    case "other-sender":
      return others.find(({ value }) => value !== "")?.value ?? "";
    case "secret-string":
      return valued[0]?.secretString ?? "";
    case "trimmed":
      return dice.pick([...valued.map(({ value }) => value.trim()), ""]);
    default:
      return own.find(({ name }) => name === signer)?.value;
  }
}

/** Headers that nothing signs. GitHub sent secrets in the third for some months of 2025. */
function otherHeaders(source: WebhookSource, dice: Dice): readonly Header[] {
  const secret: Header[] = dice.chance(0.1)
    ? [
        ["X-GitHub-Encoded-Secret", canary],
        ["Authorization", `Bearer ${canary}`],
      ]
    : [];
  if (source === "spacelift") return secret;
  const number = dice.below(200).toString(16).padStart(12, "0");
  const guid = dice.pick([`11111111-2222-3333-4444-${number}`, `11111111-2222-3333-4444-${number}`, canary, ""]);
  const name = dice.chance(0.8) ? "pull_request" : dice.pick(["ping", "push", "", "__proto__", canary]);
  const headers: Header[] = [
    ["X-GitHub-Event", name],
    ["X-GitHub-Delivery", guid],
  ];
  return [...headers.filter(() => dice.chance(0.97)), ...secret];
}

function gatewayEvent(source: WebhookSource, headers: readonly Header[], text: string, marked: boolean): HttpEvent {
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of headers) multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
  return {
    httpMethod: "POST",
    resource: `/webhooks/${source}`,
    headers: Object.fromEntries(headers),
    multiValueHeaders,
    body: text === "" ? null : text,
    isBase64Encoded: marked,
    pathParameters: null,
    queryStringParameters: null,
    requestContext: { requestId: "request-1" },
  };
}
