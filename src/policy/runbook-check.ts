import type { Heading, Runbook } from "./runbook";
import type { Fence } from "./runbook-fences";

/** Where a step of each letter stands. */
const placeOf: Readonly<Record<string, Heading>> = {
  P: "Prerequisites",
  S: "Steps",
  R: "Rollback",
  V: "Verification",
};

/** What would let a responder down who follows the page at three in the morning; none where it can be trusted. */
export function runbookProblems(runbook: Runbook): string[] {
  const { sections, fences } = runbook;
  const steps = fences.map(({ step }) => step);
  return [
    ...(["Steps", "Rollback", "Verification"] as const).flatMap((heading) => numbering(heading, sections[heading])),
    ...(new Set(steps).size < steps.length ? ["Two blocks have the same step."] : []),
    ...fences.flatMap((fence) => fenceProblems(fence, runbook)),
    ...variables(runbook),
    ...mentions(runbook),
    ...(fences.some(({ irreversible }) => irreversible) && !/second person/.test(sections.Prerequisites)
      ? ["A step cannot be undone; Prerequisites must ask for a second person."]
      : []),
    ...(fences.some(({ step, expect }) => step.startsWith("V") && expect !== undefined)
      ? []
      : ["Verification has no block that says what to expect."]),
    ...staleText(runbook),
  ];
}

/** Every list under a heading must count from 1. */
function numbering(heading: Heading, text: string): string[] {
  const numbers = [...text.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  const counted = numbers.every((number, index) => number === (numbers[index - 1] ?? 0) + 1 || number === 1);
  if (numbers[0] === 1 && counted) return [];
  return [`${heading} must be a list that is numbered from 1; it reads ${numbers.join(", ") || "nothing"}.`];
}

function fenceProblems(fence: Fence, { sections, fences }: Runbook): string[] {
  const { step, effect, rollback, irreversible, outcome } = fence;
  const heading = placeOf[step.charAt(0)];
  const mutation = effect === "mutates" && !step.startsWith("R");
  const count = (pattern: RegExp) => fence.commands.match(pattern)?.length ?? 0;
  const flags: [flag: string, given: number][] = [
    ["--region $REGION", count(/--region \$(DR_)?REGION\b/g)],
    ["--no-cli-pager", count(/--no-cli-pager\b/g)],
  ];
  return [
    ...(heading && sections[heading].includes(`step=${step} `) ? [] : [`${step} must stand under ${heading}.`]),
    ...(/^Expect: \S/.test(outcome) ? [] : [`${step} must be followed by a line "Expect: …".`]),
    ...(mutation && rollback === undefined && !irreversible
      ? [`${step} changes something and names neither rollback nor irreversible.`]
      : []),
    ...(rollback === undefined || fences.some((other) => other.step === rollback && rollback.startsWith("R"))
      ? []
      : [`${step} is undone by ${rollback}, which is no block of Rollback.`]),
    ...flags
      .filter(([, given]) => given < count(/\baws [a-z]/g))
      .map(([flag]) => `${step} has an aws command without ${flag}.`),
  ];
}

/** Blocks that the text sends the reader to must exist. */
function mentions({ sections, fences }: Runbook): string[] {
  const named = new Set(Object.values(sections).flatMap((text) => text.match(/\b[PSRV]\d{1,2}\b/g) ?? []));
  const lost = [...named].filter((step) => !fences.some((fence) => fence.step === step));
  return lost.map((step) => `It speaks of ${step}, which is no block of it.`);
}

const builtIn = ["EPOCHSECONDS"];

/** `$NAME` must be set in a block above; what is a parameter must be set on the page, and be used. */
function variables({ frontMatter, fences }: Runbook): string[] {
  const set = new Set(builtIn);
  const used = new Set<string>();
  const problems = fences.flatMap(({ step, commands }) => {
    const own = namesSet(commands);
    const unset = namesRead(commands).filter((name) => !set.has(name) && !own.includes(name));
    for (const name of namesRead(commands)) used.add(name);
    for (const name of own) set.add(name);
    return unset.map((name) => `${step} uses $${name}, which nothing above it sets.`);
  });
  const parameters = Object.keys(frontMatter.params);
  const unset = parameters.filter((name) => !set.has(name)).map((name) => `No block sets the parameter ${name}.`);
  const idle = parameters.filter((name) => !used.has(name)).map((name) => `The parameter ${name} is used nowhere.`);
  return [...problems, ...unset, ...idle];
}

const namesRead = (commands: string): string[] => [
  ...new Set([...commands.matchAll(/\$\{?([A-Z][A-Z0-9_]*)/g)].map(([, name = ""]) => name)),
];

/** By a loop, by assignment, or typed in at a prompt. */
const namesSet = (commands: string): string[] => [
  ...[...commands.matchAll(/\bfor ([A-Z][A-Z0-9_]*) in /g)].map(([, name = ""]) => name),
  ...[...commands.matchAll(/^ *([A-Z][A-Z0-9_]*)=/gm)].map(([, name = ""]) => name),
  ...[...commands.matchAll(/^read -rs?p (?:"[^"]*"|'[^']*') ([A-Z0-9_ ]+)/gm)].flatMap(([, names = ""]) =>
    names.trim().split(" "),
  ),
];

const stale: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\b\d{12}\b/, "an account id"],
  [/arn:aws:[a-z0-9-]*:[a-z0-9-]*:\d/, "an ARN"],
  [/\bT(?:BD|ODO)\b/, "unfinished text"],
];

function staleText({ sections }: Runbook): string[] {
  const text = Object.values(sections).join("\n");
  return stale.filter(([pattern]) => pattern.test(text)).map(([, what]) => `It holds ${what}; use a parameter.`);
}
