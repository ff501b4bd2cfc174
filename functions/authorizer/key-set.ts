import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";

/** Thrown where the key set could not be read: it says nothing about the token. */
export class KeySetUnavailable extends Error {
  override readonly name = "KeySetUnavailable";
}

/** Key set at this address, read again after ten minutes, and for an unknown key at most every 30 s.
 *
 * The time-out stays under the function's own of 5 s; otherwise an identity provider that hangs would end the function
 * before it can say so.
 */
export function remoteKeySet(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { cacheMaxAge: 600_000, cooldownDuration: 30_000, timeoutDuration: 3000 });
}

/** The key set with its own faults told apart from tokens that name no key of it. */
export function withAvailability(keySet: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keySet(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new KeySetUnavailable("The key set of the identity provider could not be read.", { cause: error });
    }
  };
}
