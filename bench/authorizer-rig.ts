import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { exportJWK, type JSONWebKeySet, SignJWT } from "jose";
import type { TokenEvent } from "../functions/authorizer/authorize";
import type { TokenSettings } from "../functions/authorizer/settings";
import { bundleFunction } from "../src/service/lambda-bundle";

const [audience, tenantId] = ["b7e5c2a4-8f10-4a62-9c3d-5d2f4e6a8b90", "3f1b0d0e-2c55-4b5b-9d4c-0a8b6f1e7a11"];
const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;

export interface Rig {
  readonly token: string;
  readonly jwks: JSONWebKeySet;
  readonly settings: TokenSettings & { readonly tenantId: string };
  /** How often the key set was asked for. */
  readonly fetches: () => number;
  readonly close: () => void;
}

/** An issuer on loopback, and a token of it as Entra ID gives them. */
export async function issuerRig(): Promise<Rig> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "key-1", use: "sig" }] };
  let fetches = 0;
  const server = createServer((_, response) => {
    fetches += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify(jwks));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const token = await new SignJWT({ tid: tenantId, ver: "2.0", oid: "o", scp: "access", roles: ["Reviews.Read"] })
    .setProtectedHeader({ alg: "RS256", kid: "key-1", typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject("s")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(privateKey);
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    token,
    jwks,
    settings: { issuer, audience, tenantId, jwksUrl },
    fetches: () => fetches,
    close: () => server.close(),
  };
}

type Handler = (event: TokenEvent, invocation: { awsRequestId: string }) => Promise<unknown>;

export interface BundledHandler {
  readonly handler: Handler;
  /** Of the code before it is compressed. */
  readonly codeBytes: number;
  readonly remove: () => void;
}

/** The handler out of the bundle that is deployed, with the settings in its variables. */
export async function bundledHandler(settings: Rig["settings"]): Promise<BundledHandler> {
  const folder = mkdtempSync(join(tmpdir(), "bench-authorizer-"));
  const { path, codeBytes } = await bundleFunction("authorizer", folder);
  const code = unzipSync(readFileSync(path))["index.js"];
  if (!code) throw new Error(`There is no index.js in ${path}.`);
  const file = join(folder, "index.js");
  writeFileSync(file, code);
  Object.assign(process.env, {
    IDENTITY_KIND: "entra",
    TOKEN_ISSUER: settings.issuer,
    TOKEN_AUDIENCE: settings.audience,
    TOKEN_JWKS_URL: settings.jwksUrl,
    TENANT_ID: settings.tenantId,
    POWERTOOLS_SERVICE_NAME: "authorizer",
    POWERTOOLS_METRICS_NAMESPACE: "Bench",
    POWERTOOLS_LOG_LEVEL: "INFO",
  });
  const { handler }: { handler: Handler } = require(file);
  return { handler, codeBytes, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
