/** Loopback ports of a local run. `environments/local.ts` builds its addresses from them; at `nobody` nothing listens. */
export const ports = {
  emulator: 4566,
  issuer: 4570,
  github: 4571,
  bedrock: 4572,
  secretsManager: 4573,
  nobody: 4579,
} as const;

/** Those that the stand-ins listen on. */
export const standInPorts = [ports.issuer, ports.github, ports.bedrock, ports.secretsManager] as const;

export const loopbackUrl = (port: number): string => `http://127.0.0.1:${port}`;
