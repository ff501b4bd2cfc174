import type { Estate } from "../../terraform/estate";
import { UnreadableError } from "../../terraform/unreadable";
import { cidrRange } from "./addresses";
import { type Egress, expectedReach, github, openEgress } from "./expected";
import type { PlacedFunction } from "./network";
import { type Reach, reaches } from "./reach";
import { readNetwork } from "./read-network";
import type { Way } from "./way";

/** The verdict on the network of an environment: what each function in the VPC reaches, both ways, and nothing else.
 *
 * It is about addresses and ports. What an endpoint's policy then lets a role do is not asked here, nor is the VPC's
 * resolver, which no group and no ACL filters (Amazon VPC User Guide, "Network ACLs").
 */
export function reachabilityCheck(estate: Estate, { egress, githubCidrs }: Egress) {
  try {
    const network = readNetwork(estate);
    const ranges = githubCidrs.map((cidr) => cidrRange(cidr, "network.githubCidrs"));
    const all = reaches(network, [{ name: github, ranges }]);
    const expected = expectedReach[egress];
    return {
      looked: `${network.functions.length} functions in the VPC: each port, address and answer that a rule tells apart`,
      findings: [...absent(network.functions), ...all.flatMap((reach) => findingsOf(reach, expected))],
      accepted: [...openOnes(all, expected), ...lostAnswers(all)],
      table: tableOf(all),
    };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { looked: "nothing, as the JSON cannot be read", findings: [error.message], accepted: [], table: [] };
  }
}

type Expected = (typeof expectedReach)[Egress["egress"]];

const nouns = Object.keys(expectedReach["open-443"]);

/** The longest noun that ends a function's name. */
const nounOf = ({ name }: PlacedFunction): string | undefined =>
  nouns.filter((noun) => name.endsWith(`-${noun}`)).sort((left, right) => right.length - left.length)[0];

function absent(functions: readonly PlacedFunction[]): string[] {
  const found = functions.map(nounOf);
  return nouns
    .filter((noun) => !found.includes(noun))
    .map((noun) => `${noun} is not in the VPC, so nothing keeps it from reaching the internet.`);
}

function findingsOf({ placed, subnet, ways, inwards }: Reach, expectedOf: Expected): string[] {
  const noun = nounOf(placed);
  if (noun === undefined) {
    return [
      `${placed.at.address} is in the VPC, but src/security/reachability/expected.ts does not say what it reaches.`,
    ];
  }
  const expected = expectedOf[noun] ?? [];
  const from = `${noun} in ${subnet.at.address}`;
  const missing = expected.flatMap((name) => {
    const way = ways.get(name);
    if (way?.verdict === "reached") return [];
    return [`${from} does not reach ${name}: ${way?.reason ?? unreached(name)}.`];
  });
  const beyond = [...ways].filter(([name, { verdict }]) => verdict !== "stopped" && !expected.includes(name));
  return [
    ...missing,
    ...beyond.map(([name, way]) => `${from} may reach no more than its row, but reaches ${name}: ${saidOf(way)}.`),
    ...[...inwards].map(([name, way]) => `${from} is reached by ${name}: ${saidOf(way)}.`),
  ];
}

const unreached = (name: string): string =>
  name.startsWith(github) ? "more, fewer or other hosts are open to it" : "the VPC has no endpoint of it";

const saidOf = ({ verdict, reason }: Way): string =>
  verdict === "answers lost" ? `it can send, though ${reason}` : reason;

function openOnes(all: readonly Reach[], expected: Expected): string[] {
  const open = all.filter(({ placed, ways }) => {
    return ways.get(openEgress)?.verdict === "reached" && expected[nounOf(placed) ?? ""]?.includes(openEgress);
  });
  const names = [...new Set(open.map(({ placed }) => placed.name))];
  if (names.length === 0) return [];
  return [
    `${names.join(" and ")} reach ${openEgress}: network.egress is open-443, and prefix-lists would hold them to GitHub`,
  ];
}

function lostAnswers(all: readonly Reach[]): string[] {
  const lost = all.some(({ ways }) =>
    [...ways.values()].some(({ lostPorts, verdict }) => verdict === "reached" && lostPorts.length > 0),
  );
  return lost
    ? ["answers to port 3389, one of 64,512, are dropped by the network ACLs: who draws it connects again"]
    : [];
}

function tableOf(all: readonly Reach[]): string[][] {
  return [
    ["Function", "Subnet", "Reaches", "Reached from outside"],
    ...all.map(({ placed, subnet, ways, inwards }) => [
      placed.name,
      subnet.at.address,
      [...ways].flatMap(([name, { verdict }]) => (verdict === "reached" ? [name] : [])).join(", "),
      [...inwards.keys()].join(", ") || "by nobody",
    ]),
  ];
}
