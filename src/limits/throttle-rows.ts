import type { Estate } from "../terraform/estate";
import { throttledRoutes } from "./throttled-routes";

/** Every route with its limit, ready to be printed; the first row is the head. */
export const throttleRows = (estate: Estate): string[][] => [
  ["Route", "Burst", "Per second", "Over it"],
  ...throttledRoutes(estate).map(({ method, path, limit }) => [
    `\`${method} ${path}\``,
    ...(limit ? [`${limit.burst}`, `${limit.ratePerSecond}`, "429"] : ["unlimited", "unlimited", ""]),
  ]),
];
