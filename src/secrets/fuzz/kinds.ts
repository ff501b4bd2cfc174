import { createHmac } from "node:crypto";
import type { HttpEvent } from "../../../functions/shared/http-event";
import type { WebhookSource } from "../../../functions/webhook/sources";
import type { Dice } from "../../dice";
import { bytes, largeBody } from "./bodies";
import type { KeyName } from "./situations";

export type Header = readonly [name: string, value: string];

/** With which key a delivery is signed: a version of its secret, or what is none. */
export type Signer = KeyName | "other-sender" | "empty" | "secret-string" | "trimmed" | "stranger";

/** What the sender made, before a kind changes it. */
export interface Signed {
  readonly key: string;
  readonly body: Buffer;
  /** Name of the header. */
  readonly name: string;
  /** `sha256=` and 64 lower-case hex digits. */
  readonly signature: string;
}

/** A kind of delivery; what it does not say is as it should be. */
export interface Kind {
  readonly name: string;
  /** @default "current" */
  readonly signer?: Signer;
  /** What is signed. @default a random body */
  readonly payload?: (source: WebhookSource, dice: Dice) => Buffer;
  /** The headers in place of the one with the signature. */
  readonly headers?: (signed: Signed, dice: Dice) => readonly Header[];
  /** The bytes that arrive. */
  readonly body?: (body: Buffer, dice: Dice) => Buffer;
  /** How API Gateway passes them on. @default base64 for bytes that are no text, and sometimes for text */
  readonly base64?: boolean;
  /** What it says of that. @default what it does */
  readonly marked?: boolean;
  readonly event?: (event: HttpEvent) => HttpEvent;
  /** Takes long, so there are few. */
  readonly rare?: true;
}

const value = (change: (signature: string, dice: Dice) => string): Pick<Kind, "headers"> => ({
  headers: ({ name, signature }, dice) => [[name, change(signature, dice)]],
});

const flipOne = (original: Buffer, dice: Dice) => {
  const [flipped, at] = [Buffer.from(original), dice.below(original.length)];
  const byte = flipped[at];
  if (byte !== undefined) flipped[at] = byte ^ (1 << dice.below(8));
  return flipped;
};

const digest = (signature: string) => Buffer.from(signature.slice("sha256=".length), "hex");
const prefixes = ["", "sha1=", "SHA256=", "sha512=", "sha256:", "sha256", " sha256=", "sha256==", "sha256=0x"];
const endings = ["0", "00", " ", "\n", ",", "=", "\u0000", "é"];
const otherNames: Readonly<Record<string, string>> = {
  "X-Hub-Signature-256": "X-Signature-256",
  "X-Signature-256": "X-Hub-Signature-256",
};

const signers: readonly Kind[] = [
  ...(["previous", "former", "pending", "unlabelled"] as const).map((signer) => ({ name: `${signer} key`, signer })),
  { name: "key of the other sender", signer: "other-sender" },
  { name: "empty key", signer: "empty" },
  { name: "secret string as key", signer: "secret-string" },
  { name: "key without its white space", signer: "trimmed" },
  { name: "stranger's key", signer: "stranger" },
];

const signatures: readonly Kind[] = [
  {
    name: "signature: bit flipped",
    ...value((signature, dice) => `sha256=${flipOne(digest(signature), dice).toString("hex")}`),
  },
  { name: "signature: cut", ...value((signature, dice) => signature.slice(0, dice.below(signature.length))) },
  { name: "signature: continued", ...value((signature, dice) => `${signature}${dice.pick(endings)}`) },
  { name: "signature: upper-case hex", ...value((text) => `sha256=${text.slice(7).toUpperCase()}`) },
  { name: "signature: wrong prefix", ...value((text, dice) => `${dice.pick(prefixes)}${text.slice(7)}`) },
  { name: "signature: no hex", ...value((text, dice) => text.slice(0, -1) + dice.pick(["g", "٣", "ａ", "\u0000"])) },
  { name: "signature: base64", ...value((text) => `sha256=${digest(text).toString("base64")}`) },
  { name: "signature: empty", ...value(() => "") },
  { name: "signature: none", headers: () => [] },
  {
    name: "signature: SHA-1 only",
    headers: ({ name, key, body }) => [
      [name.replace("-256", ""), `sha1=${createHmac("sha1", key).update(body).digest("hex")}`],
    ],
  },
];

const headers: readonly Kind[] = [
  {
    name: "header: of the other sender",
    headers: ({ name, signature }) => [[otherNames[name] ?? name, signature]],
  },
  {
    name: "header: twice",
    headers: ({ name, signature }) => [
      [name, signature],
      [name, signature],
    ],
  },
  {
    name: "header: twice, one forged",
    headers: ({ name, signature }, dice) => {
      const both = [signature, `sha256=${dice.text(64, "0123456789abcdef")}`];
      return (dice.chance(0.5) ? both : both.toReversed()).map((each) => [name, each]);
    },
  },
  {
    name: "header: twice, by case",
    headers: ({ name, signature }) => [
      [name, signature],
      [name.toLowerCase(), signature],
    ],
  },
  {
    name: "header: name in any case",
    headers: ({ name, signature }, dice) => [
      [name.replace(/./g, (letter) => (dice.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase())), signature],
    ],
  },
  { name: "header: single values only", event: (event) => ({ ...event, multiValueHeaders: null }) },
  {
    name: "header: no headers at all",
    headers: () => [],
    event: (event) => ({ ...event, headers: null, multiValueHeaders: null }),
  },
];

const bodies: readonly Kind[] = [
  { name: "body: bit flipped", body: flipOne },
  { name: "body: cut", body: (body, dice) => body.subarray(0, dice.below(body.length)) },
  { name: "body: continued", body: (body, dice) => Buffer.concat([body, Buffer.from(dice.pick(endings))]) },
  { name: "body: lost", body: () => Buffer.alloc(0) },
  { name: "body: zero bytes", payload: () => Buffer.alloc(0) },
  { name: "body: base64", base64: true },
  { name: "body: base64, not marked", base64: true, marked: false },
  { name: "body: text marked as base64", base64: false, marked: true },
  { name: "body: not UTF-8", payload: (_source, dice) => bytes(dice), base64: true },
  {
    ...{ name: "body: not UTF-8, read as text", payload: (_source, dice) => bytes(dice) },
    body: (body) => Buffer.from(body.toString("utf8")),
  },
  { name: "body: large", payload: largeBody, rare: true },
];

export const kinds: readonly Kind[] = [{ name: "sound" }, ...signers, ...signatures, ...headers, ...bodies];
