import type { ExistingThing } from "../config/existing";

/** What a builder throws for a hardening that the schema should have refused: nothing asked for may get lost. */
export const unbuilt = ({ mode, kind, harden }: ExistingThing, hardening?: string): Error =>
  new Error(
    `Mode "${mode}" builds no ${hardening ?? harden.map(({ with: word }) => word).join(", ")} for a ${kind}; strike it from \`built\` in src/config/ownership.ts.`,
  );
