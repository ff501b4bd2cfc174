import { type Range, saidOfPorts } from "./addresses";
import type { Passage } from "./gates";
import type { Acl, Direction } from "./network";

/** How far a packet and its answers come. A packet whose answers are lost still carries data out. */
export interface Way {
  readonly verdict: "reached" | "answers lost" | "stopped";
  /** What stops it, or what it passes. */
  readonly reason: string;
  /** Answers to these ports are lost although the way counts as reached. */
  readonly lostPorts: readonly Range[];
}

/** Remote desktops' port, which scanners want closed: whose connection draws it among the 64,512 connects again. */
const sparedPort = 3389;

/** An ACL on the way back, and the ports of answers that it does not let through. */
export interface Return {
  readonly acl: Acl;
  readonly direction: Direction;
  readonly lost: readonly Range[];
}

export const stopped = (reason: string): Way => ({ verdict: "stopped", reason, lostPorts: [] });

/** Judges a way by what the packet passes, in order, then by what its answers pass. */
export function wayThrough(request: readonly Passage[], answers: () => readonly Return[]): Way {
  const stop = request.find(({ lets }) => !lets);
  if (stop) return stopped(stop.by);
  const back = answers();
  const broken = back.find(({ lost }) => lost.some((ports) => !isSpared(ports)));
  if (broken) {
    const ports = broken.lost.map(saidOfPorts).join(", ");
    return {
      verdict: "answers lost",
      reason: `${broken.acl.at.address} does not let answers to ports ${ports} ${broken.direction === "egress" ? "out" : "in"}`,
      lostPorts: broken.lost,
    };
  }
  return {
    verdict: "reached",
    reason: `by ${request.map(({ by }) => by).join(", ")}`,
    lostPorts: back.flatMap(({ lost }) => lost),
  };
}

const isSpared = ({ first, last }: Range): boolean => first === sparedPort && last === sparedPort;

/** The worst of several ways that all have to be open; the first of them where they are alike. */
export function worst(ways: readonly Way[]): Way {
  const rank = ["stopped", "answers lost", "reached"];
  const [first, ...others] = ways;
  if (first === undefined) return stopped("there is nothing to reach");
  return others.reduce((least, way) => (rank.indexOf(way.verdict) < rank.indexOf(least.verdict) ? way : least), first);
}
