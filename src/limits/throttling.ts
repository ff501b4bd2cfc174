import { ApiGatewayMethodSettings } from "../aws";
import { Construct } from "../cdktf";
import { constructId } from "../service/api-operations";
import type { Route } from "./routes";

/** The bucket holds `burst` requests and gains `ratePerSecond`; an empty one answers 429. */
export interface RateLimit {
  readonly burst: number;
  readonly ratePerSecond: number;
}

export interface ThrottlingProps {
  readonly restApiId: string;
  readonly stageName: string;
  readonly routes: readonly Route[];
  readonly limits: Readonly<Record<Route["throttle"], RateLimit>>;
}

/** Throttles every route of a stage, each with a bucket of its own, and whatever is added without one.
 *
 * Without it the account's 10,000 requests a second are shared by all routes, and one sender takes the rest of the
 * platform down (FS-10). API Gateway treats the limits as targets, not as ceilings. A route's settings replace those of
 * the stage, so each entry is complete. Free but for metrics a route, about 0.30 USD a month each.
 */
export class Throttling extends Construct {
  constructor(scope: Construct, id: string, { restApiId, stageName, routes, limits }: ThrottlingProps) {
    super(scope, id);
    const settings = (settingsId: string, methodPath: string, limit: RateLimit) =>
      new ApiGatewayMethodSettings(this, settingsId, {
        restApiId,
        stageName,
        methodPath,
        settings: {
          throttlingBurstLimit: limit.burst,
          throttlingRateLimit: limit.ratePerSecond,
          metricsEnabled: true,
          loggingLevel: "ERROR",
          // Bodies and tokens would be in the log.
          dataTraceEnabled: false,
          cachingEnabled: false,
        },
      });
    settings("Default", "*/*", limits.default);
    for (const { method, path, throttle, operationId } of routes) {
      settings(constructId(operationId), methodPath(method, path), limits[throttle]);
    }
  }
}

/** Path of a route as method settings want it: without the leading slash (usage plans want it with). */
export const methodPath = (method: string, path: string) => `${path.slice(1)}/${method}`;
