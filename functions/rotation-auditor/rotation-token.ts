import { createHash } from "node:crypto";

/** What an audit is run for, and with it how long its slot is. */
export type AuditMode = "rotate" | "check";

/** Namespace of names that are addresses (RFC 9562, 6.6); an ARN is one. */
const addressNamespace = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

/** Token of the rotation that an audit asks for: the same for each trigger within the hour (`check`) or day (`rotate`, UTC).
 *
 * It becomes the id of the new version, so a trigger that arrives twice asks for one rotation.
 */
export function rotationToken(secretArn: string, mode: AuditMode, now: Date): string {
  const slot = now.toISOString().slice(0, mode === "check" ? "2026-01-01T00".length : "2026-01-01".length);
  return nameBasedUuid(addressNamespace, `${secretArn} ${mode} ${slot}`);
}

/** UUID version 5 (RFC 9562, 5.5): SHA-1 of namespace and name, with version and variant written over it. */
export function nameBasedUuid(namespace: string, name: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name, "utf8")
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
