import { modes, type OwnershipRow, ownership } from "../config/ownership";

/** The table of `docs/adoption.md`: a head, then a row for each hardening. */
export function ownershipRows(): string[][] {
  return [
    ["Service", "Hardening", "Attach with", "Adopt", "Verify by", "Here", "Watch"],
    ...ownership.map((row) => [
      row.service,
      row.label,
      (row.attach ?? []).map(code).join(", ") || "–",
      row.adopt ? code(row.adopt) : "–",
      row.verify ? `${code(row.verify.dataSource)}: ${row.verify.attributes.map(code).join(", ")}` : "–",
      here(row),
      [row.replaces && `replaces ${row.replaces}`, row.watch].filter(Boolean).join("; "),
    ]),
  ];
}

const code = (text: string) => `\`${text}\``;

/** What an environment file may write for it. */
function here({ kind, hardening, built = [] }: OwnershipRow): string {
  if (kind === undefined || built.length === 0) return "–";
  return `${kind} ${code(hardening)}: ${modes.filter((mode) => built.includes(mode)).join(", ")}`;
}
