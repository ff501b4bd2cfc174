/** Loopback ports of a local run. `environments/local.ts` builds its addresses from them. */
export const ports = { emulator: 4566, issuer: 4570, github: 4571, bedrock: 4572 } as const;

export const loopbackUrl = (port: number): string => `http://127.0.0.1:${port}`;
