import { createLocalJWKSet, jwtVerify } from "jose";
import { remoteKeySet, withAvailability } from "../functions/authorizer/key-set";
import { verifyToken } from "../functions/authorizer/verify-token";
import { bundledHandler, issuerRig } from "./authorizer-rig";
import { median, takingTurns } from "./taking-turns";

const requests = 10_000;
const methodArn = "arn:aws:execute-api:us-east-1:111122223333:abc/live/GET/api/v1/reviews";

/** What a warm authorizer costs beside a bare verification with jose, how often it fetches keys, and its size.
 *
 * A whole call is one of the bundle's handler, with the policy and the two lines it prints; it is shown, not judged.
 */
export async function benchAuthorizer(): Promise<boolean> {
  const rig = await issuerRig();
  const { handler, codeBytes, remove } = await bundledHandler(rig.settings);
  try {
    const { token, settings } = rig;
    const { issuer, audience } = settings;
    const event = { authorizationToken: `Bearer ${token}`, methodArn };
    const call = () => handler(event, { awsRequestId: "request-1" });
    await keepingOutput(call);
    const fetched = async () => {
      for (let count = 1; count < requests; count += 1) await call();
      return rig.fetches();
    };
    const keySetFetches = await keepingOutput(fetched);

    const local = createLocalJWKSet(rig.jwks);
    const remote = withAvailability(remoteKeySet(settings.jwksUrl));
    const checked = () => verifyToken(token, remote, settings, new Date());
    if (!(await checked()).ok) throw new Error("The authorizer refuses the token that is measured.");
    const times = await keepingOutput(() =>
      takingTurns({
        bare: () => jwtVerify(token, local, { algorithms: ["RS256"], issuer, audience, clockTolerance: 30 }),
        checked,
        call,
      }),
    );
    const beside = (which: "checked" | "call") => {
      const ratios = times[which].map((us, round) => us / (times.bare[round] ?? Number.NaN));
      return { ratio: median(ratios), us: median(times[which]).toFixed(1) };
    };
    const bareUs = median(times.bare).toFixed(1);
    const [verification, whole] = [beside("checked"), beside("call")];
    const rows: [what: string, value: number, most: number, shown: string][] = [
      ["warm verification beside jose alone", verification.ratio, 1.15, `${verification.us} us / ${bareUs} us`],
      [`key sets fetched for ${requests} requests`, keySetFetches, 1, "loopback issuer"],
      ["bytes of the bundle", codeBytes, 60 * 1024, "minified, before it is compressed"],
    ];
    for (const [what, value, most, shown] of rows) {
      const figure = Number.isInteger(value) ? value : value.toFixed(3);
      console.log(`authorizer: ${what}: ${figure} (${shown}; at most ${most}) ${value <= most ? "reached" : "MISSED"}`);
    }
    console.log(`authorizer: a whole call with policy, log and metrics, kept in memory: ${whole.us} us`);
    return rows.every(([, value, most]) => value <= most);
  } finally {
    rig.close();
    remove();
  }
}

/** Lambda's runtime reads a function's lines from a pipe and sends them after the answer; here they stay in memory. */
async function keepingOutput<T>(work: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  let lines: string[] = [];
  process.stdout.write = (chunk: string | Uint8Array) => {
    if (lines.push(String(chunk)) > 1000) lines = [];
    return true;
  };
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
