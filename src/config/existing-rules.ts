import { z } from "zod";
import { type ExistingThing, existingThing, identityOf } from "./existing";
import { builtFor, type ExistingKind, legalModes, type Mode, modes, type OwnershipRow, ownershipOf } from "./ownership";

interface Indexed {
  readonly thing: ExistingThing;
  readonly index: number;
}

type Hardening = ExistingThing["harden"][number];

/** The field `existing` of an environment file. Each entry is judged even where another cannot be read. */
export const existing = z
  .array(existingThing)
  .superRefine(
    (things, context) => {
      const unreadable = new Set(context.issues.map(({ path }) => path?.[0]));
      const readable = things.map((thing, index) => ({ thing, index })).filter(({ index }) => !unreadable.has(index));
      for (const [order, { thing, index }] of readable.entries()) {
        const place = `existing[${index}] (${thing.kind} ${thing.kind === "rest-api" ? thing.name : identityOf(thing)})`;
        const twin = readable.slice(0, order).find((earlier) => isSame(earlier.thing, thing));
        const repetition = twin ? [sameAs(twin, thing, place)] : [];
        for (const message of [...repetition, ...problemsOf(thing, place)]) {
          context.addIssue({ code: "custom", path: [index], message, params: { sentence: true } });
        }
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  )
  .default([]);

/** Metrics carry the name and stage of an API but not its id. */
const isSame = (one: ExistingThing, other: ExistingThing) =>
  one.kind === "rest-api" && other.kind === "rest-api"
    ? one.stage === other.stage && (one.id === other.id || one.name === other.name)
    : one.kind === other.kind && identityOf(one) === identityOf(other);

const sameAs = (twin: Indexed, thing: ExistingThing, place: string) =>
  identityOf(twin.thing) === identityOf(thing)
    ? `${place} is existing[${twin.index}] once more; give a thing one entry.`
    : `${place} has the name and stage of existing[${twin.index}], so CloudWatch could not tell their metrics apart.`;

function problemsOf(thing: ExistingThing, place: string): string[] {
  const words = thing.harden.map((hardening) => hardening.with);
  const repeated = new Set(words.filter((word, index) => words.indexOf(word) !== index));
  return [
    ...(words.length === 0 && thing.mode !== "adopt"
      ? [`${place} is in mode "${thing.mode}" but hardens nothing; list at least one hardening.`]
      : []),
    ...[...repeated].map((word) => `${place} lists ${word} more than once; say it once.`),
    ...thing.harden.flatMap((hardening) => problemOf(thing, hardening, place) ?? []),
  ];
}

function problemOf(thing: ExistingThing, hardening: Hardening, place: string): string | undefined {
  const row = ownershipOf(thing.kind, hardening.with);
  if (row === undefined) return `${place} asks for ${hardening.with}, which no row of src/config/ownership.ts knows.`;
  if (!legalModes(row).includes(thing.mode)) return impossible(row, thing, place);
  if (!row.built?.includes(thing.mode)) return `${unbuilt(row, thing.mode, place)} ${built(thing.kind)}`;
  return unconfirmed(row, thing, hardening, place) ?? incomplete(thing, hardening, place);
}

const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join(" or ");

function impossible(row: OwnershipRow, { kind, mode }: ExistingThing, place: string): string {
  const legal = legalModes(row);
  const usable = legal.filter((other) => row.built?.includes(other));
  const reason = {
    attach: `${row.service} has no separate resource for ${row.label}`,
    adopt: `${row.service} keeps ${row.label} in a resource of its own`,
    verify: `No data source reads ${row.label} of ${row.service}`,
  }[mode];
  return usable.length > 0
    ? `${reason}; use mode ${quoted(usable)} for ${place}.`
    : `${reason}; only mode ${quoted(legal)} could do it for ${place}, and this version does not. ${built(kind)}`;
}

const unbuilt = (row: OwnershipRow, mode: Mode, place: string) =>
  `This version does not ${mode} ${row.label} of ${row.service} for ${place}.`;

/** What can be had for a kind of thing instead. */
function built(kind: ExistingKind): string {
  const offers = modes.flatMap((mode) => {
    const words = builtFor(kind, mode);
    return words.length > 0 ? [`${mode} ${words.join(", ")}`] : [];
  });
  return `Built for a ${kind}: ${offers.join("; ")}.`;
}

function unconfirmed(row: OwnershipRow, { mode }: ExistingThing, hardening: Hardening, place: string) {
  const confirmed = "replaces" in hardening && hardening.replaces === true;
  if (mode === "attach" && row.replaces !== undefined && !confirmed) {
    return `${place} attaches ${hardening.with}, which overwrites ${row.replaces}, and removes it when it is destroyed; the plan shows neither. Write replaces: true beside it if nothing there is needed.`;
  }
  return mode !== "attach" && confirmed
    ? `${place} writes replaces: true beside ${hardening.with}, but mode "${mode}" replaces nothing; remove it.`
    : undefined;
}

function incomplete(thing: ExistingThing, hardening: Hardening, place: string): string | undefined {
  if (
    hardening.with === "reserved-concurrency" &&
    "timeoutSeconds" in thing &&
    thing.reservedConcurrency === undefined
  ) {
    return `${place} hardens reserved concurrency but does not say how much; add reservedConcurrency.`;
  }
  if (hardening.with === "rotation" && (thing.mode === "attach") !== (hardening.strategy !== undefined)) {
    return thing.mode === "attach"
      ? `${place} attaches rotation but does not say how its value is made and brought to use; add strategy.`
      : `${place} writes strategy beside rotation, but mode "${thing.mode}" rotates nothing; remove it.`;
  }
  if (hardening.with === "autoscaling") {
    const { minReadUnits, maxReadUnits, minWriteUnits, maxWriteUnits } = hardening;
    if (minReadUnits > maxReadUnits || minWriteUnits > maxWriteUnits) {
      return `${place} scales from ${minReadUnits} to ${maxReadUnits} read units and from ${minWriteUnits} to ${maxWriteUnits} write units. A minimum must not exceed its maximum.`;
    }
  }
}
