import type { Config } from "../config/schema";

export interface AlertRegion {
  /** Of constructs: what the region is to the platform. */
  readonly id: "home" | "edge" | "dr";
  readonly region: string;
}

/** CloudFront, its firewall, IAM and billing report here only, wherever home is. */
export const edgeRegion = "us-east-1";

/** Where topics are needed: home, the edge's region, and the DR region, which must alert while home is lost.
 *
 * Each region once: one that plays two parts carries the id of the first.
 */
export function alertRegions({ region, drRegion }: Pick<Config, "region" | "drRegion">): AlertRegion[] {
  const all: AlertRegion[] = [
    { id: "home", region },
    { id: "edge", region: edgeRegion },
    { id: "dr", region: drRegion },
  ];
  return all.filter((each, index) => all.findIndex((other) => other.region === each.region) === index);
}
