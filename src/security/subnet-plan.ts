/** One availability zone of a region, with its two subnets. */
export interface ZonePlan {
  /** Last letter of the zone; part of construct ids. */
  readonly letter: string;
  readonly zone: string;
  readonly publicCidr: string;
  readonly privateCidr: string;
}

/** Cuts a /16 into a small public (/24) and a large private (/20) subnet a zone: 10.20.0.0/24 and 10.20.16.0/20 in the first.
 *
 * Public subnets hold NAT gateways only. A private one has 4,091 addresses, far above Lambda's one interface a subnet
 * and group. Up to 15 zones fit.
 */
export function subnetPlan(cidr: string, region: string, zoneCount: number): ZonePlan[] {
  const [first, second] = cidr.split(".");
  return Array.from("abcdefghijklmno".slice(0, zoneCount), (letter, index) => ({
    letter,
    zone: `${region}${letter}`,
    publicCidr: `${first}.${second}.${index}.0/24`,
    privateCidr: `${first}.${second}.${16 * (index + 1)}.0/20`,
  }));
}
