import { awsTemplate } from "./aws-template";
import { everyFault, everyFaultAndWrite, type Given, secondRotations } from "./histories";
import { everyStepTwice } from "./interleavings";
import type { ModelParameters } from "./parameters";
import type { RunOptions } from "./run";
import { liveThrough, type Slice, type Sweep } from "./sweep";
import { adoptingWhileRotating, twoLabels, without } from "./two-labels";

/** What is tried, and what must come of it. A row that must fail shows that the model can tell. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly role: "must pass" | "must fail" | "comparison";
  readonly live: (parameters: ModelParameters, slice: Slice) => Promise<Sweep>;
}

const allLabels = { labels: "all", refreshOnMiss: true } as const;
const ours = (parameters: ModelParameters): Given => ({ protocol: twoLabels, receivers: allLabels, parameters });
/** As a receiver has it that reads by label, as AWS's examples do. */
const reading = (refreshOnMiss: boolean, ...labels: string[]) => ({ labels, refreshOnMiss });
const current = "AWSCURRENT";
const previous = "AWSPREVIOUS";
const pending = "AWSPENDING";

type Histories = (given: Given) => RunOptions[] | Promise<RunOptions[]>;

function row(id: string, title: string, role: Row["role"], histories: Histories, change: Partial<Given> = {}): Row {
  const stopAtFirstRejection = role === "must fail";
  return {
    ...{ id, title, role },
    live: async (parameters, slice) =>
      liveThrough(await histories({ ...ours(parameters), ...change, stopAtFirstRejection }), slice),
  };
}

/** How often each step is run twice at once. */
const interleavings = 2_000;

export const rows: readonly Row[] = [
  row("faults", "each fault at each call", "must pass", everyFault),
  row("faults-forged", "each fault, under forged deliveries", "must pass", everyFault, { forged: true }),
  row("faults-writes", "each fault and a write by hand at each call", "must pass", everyFaultAndWrite),
  {
    ...{ id: "twice", title: "every step twice at once", role: "must pass" },
    live: (parameters, slice) => everyStepTwice(ours(parameters), interleavings, slice),
  },
  row("bootstrap", "first rotation of an empty secret", "must pass", async (given) => [
    ...(await everyFault({ ...given, before: "empty", firstValueGetsCurrent: true })),
    ...(await everyFault({ ...given, before: "empty", firstValueGetsCurrent: false })),
  ]),
  row("read-lag", "each fault, reads 5 s behind writes", "must pass", everyFault, { readLagMs: 5_000 }),
  row("second", "second rotation after 0, 1, 5 s", "must pass", (given) => secondRotations(given, [0, 1, 5])),
  row("current", "receivers take AWSCURRENT", "must fail", everyFault, { receivers: reading(false, current) }),
  row("previous", "receivers take AWSCURRENT, AWSPREVIOUS", "must fail", everyFault, {
    receivers: reading(false, current, previous),
  }),
  row("previous-refresh", "these, reading again on a miss", "must fail", everyFault, {
    receivers: reading(true, current, previous),
  }),
  row("pending", "receivers take AWSPENDING, too", "must fail", everyFault, {
    receivers: reading(false, current, previous, pending),
  }),
  row("template", "AWS's template, reading again on a miss", "comparison", everyFault, {
    ...{ protocol: awsTemplate, receivers: reading(true, current, previous, pending) },
  }),
  row("template-forged", "AWS's template under forged deliveries", "must fail", everyFault, {
    ...{ protocol: awsTemplate, receivers: reading(true, current, previous, pending), forged: true },
  }),
  row("template-writes", "AWS's template, faults and writes by hand", "must fail", everyFaultAndWrite, {
    protocol: awsTemplate,
  }),
  row("template-second", "AWS's template, second after 0, 1 s", "must fail", (given) =>
    secondRotations({ ...given, protocol: awsTemplate }, [0, 1]),
  ),
  row("no-settle", "without waiting, under forged deliveries", "must fail", (given) =>
    everyFault({ ...given, forged: true, parameters: { ...given.parameters, settleSeconds: 0 } }),
  ),
  row("live-only", "LIVE alone, faults and writes by hand", "must fail", everyFaultAndWrite, {
    protocol: without("APPLYING", "FORMER"),
  }),
  row("no-former", "without FORMER, faults and writes", "must fail", everyFaultAndWrite, {
    protocol: without("FORMER"),
  }),
  row("adopting", "taken over inside its first rotation", "must fail", everyFaultAndWrite, {
    ...{ protocol: adoptingWhileRotating, before: "not-adopted" },
  }),
];

/** What a row shows against what it must; absent where that holds. */
export function problemOf({ title, role }: Pick<Row, "title" | "role">, sweep: Sweep): string | undefined {
  if (sweep.runs === 0) return `${title}: nothing was run.`;
  if (role === "comparison") return undefined;
  if (role === "must fail") {
    return sweep.rejectingRuns > 0 ? undefined : `${title}: no delivery was refused, so the model cannot tell.`;
  }
  const { rejectingRuns, unlabelledInstants, forgeriesAccepted, failed, unfinished, runs } = sweep;
  const faults = [
    rejectingRuns > 0 && `${rejectingRuns} of ${runs} runs refuse authentic deliveries`,
    unlabelledInstants > 0 && `the sender's key is in no labelled version at ${unlabelledInstants} instants`,
    forgeriesAccepted > 0 && `${forgeriesAccepted} forgeries are accepted`,
    failed > 0 && `no rotation goes through in ${failed} of ${runs} runs`,
    unfinished > 0 && `${unfinished} of ${runs} runs end while the sender is being changed`,
  ].filter((fault) => fault !== false);
  return faults.length > 0 ? `${title}: ${faults.join(", ")}.` : undefined;
}
