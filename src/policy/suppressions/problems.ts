import { covers, type KnownSuppression } from "./suppression";

const leastReason = 40;
const longestDays = 365;
/** The one exception of the platform whose end an environment sets, as `waf.rolloutEnds`. */
const rollout = "firewall-rollout";
const dayMs = 24 * 3600 * 1000;

/** What suppressions are judged against. */
export interface SuppressionFacts {
  /** Such as 2026-11-24, in UTC. */
  readonly today: string;
  /** Ids of rules and public checks. */
  readonly ids: ReadonlySet<string>;
  /** Of every construct of the environment. */
  readonly paths: readonly string[];
  /** Where rows of the environment are written, such as `environments/production.ts`. */
  readonly file: string;
}

/** What is wrong with suppressions, whatever they suppress; each with what is allowed and where to change it. */
export function suppressionProblems(rows: readonly KnownSuppression[], facts: SuppressionFacts): string[] {
  return rows.flatMap((row) => {
    const where = `Change it in ${placeOf(row, facts)}.`;
    return [...wrongWords(row, rows), ...wrongTime(row, facts), ...wrongAim(row, facts)].map(
      (problem) => `suppression of ${row.id} at ${row.path}: ${problem} ${where}`,
    );
  });
}

/** `suppressionProblems`, and those that hide nothing any more. */
export const suppressionFaults = (
  rows: readonly KnownSuppression[],
  unused: readonly KnownSuppression[],
  facts: SuppressionFacts,
): string[] => [
  ...suppressionProblems(rows, facts),
  ...unused.map(
    (row) =>
      `suppression of ${row.id} at ${row.path}: it hides nothing any more. Take it out of ${placeOf(row, facts)}.`,
  ),
];

const placeOf = ({ kind }: KnownSuppression, { file }: Pick<SuppressionFacts, "file">): string =>
  kind === "environment" || kind === rollout ? file : "src/policy/suppressions/exceptions.ts";

function wrongWords({ reason, owner, path }: KnownSuppression, rows: readonly KnownSuppression[]): string[] {
  const words = reason.trim();
  const twin = rows.find((other) => other.path !== path && other.reason.trim() === words);
  const isPattern = path.includes("*") || twin?.path.includes("*");
  return [
    ...(words.length < leastReason
      ? [`its reason has ${words.length} characters; at least ${leastReason} are asked for.`]
      : []),
    ...(twin && !isPattern
      ? [`its reason is that of ${twin.path}; say why it holds here, or write one row with a *.`]
      : []),
    ...(owner.trim() === "" ? ["it has no owner; name who answers for it."] : []),
  ];
}

function wrongTime({ expires, kind }: KnownSuppression, { today }: SuppressionFacts): string[] {
  const days = daysUntil(expires, today);
  const most = longestOf(kind);
  if (Number.isNaN(days)) return [`it expires on "${expires}"; a day such as 2027-06-30 is asked for.`];
  if (days < 0) return [`it expired on ${expires}; mend what it hides, or look at it anew and set another day.`];
  return days > most ? [`it expires in ${days} days; at most ${most} are allowed.`] : [];
}

/** A firewall that only counts is for the days in which its owner looks at what it counts. */
const longestOf = (kind: string): number => (kind === rollout ? 30 : longestDays);

function wrongAim(row: KnownSuppression, { ids, paths }: SuppressionFacts): string[] {
  return [
    ...(ids.has(row.id) ? [] : ["there is no such rule or public check; docs/security-rules.md lists them."]),
    // Rows of the product are for every environment, so that one may lack what they are about.
    ...(row.kind === "environment" && !paths.some((path) => covers(row, path))
      ? ["no construct of this environment has such a path; findings print the path to write."]
      : []),
  ];
}

/** Whole days from today to the end of a suppression; not a number where the date is none. */
export function daysUntil(expires: string, today: string): number {
  const end = Date.parse(expires);
  const isDay = !Number.isNaN(end) && new Date(end).toISOString().slice(0, 10) === expires;
  return isDay ? Math.round((end - Date.parse(today)) / dayMs) : Number.NaN;
}
