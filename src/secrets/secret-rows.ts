import type { Names } from "../config/names";
import { defaultSchedule } from "./default-schedule";
import { isRotated, type PlannedSecret, rotatorNoun } from "./planned-secrets";

/** Every secret with who changes it and when, ready to be printed; the first row is the head. */
export const secretRows = (planned: readonly PlannedSecret[], names: Names, rotationWindow: string): string[][] => [
  ["Secret", "What it is", "Changed by", "When", "Alarm after days"],
  ...planned.map((secret) => {
    const { noun, description, maxAgeDays } = secret;
    const head = [`\`${noun}\``, description];
    if (!isRotated(secret)) return [...head, "people", `\`npm run -s rotate -- ${noun}\` says how`, `${maxAgeDays}`];
    const schedule = secret.schedule ?? defaultSchedule(names.name("secret", noun), rotationWindow);
    const when = `\`${schedule.expression}\`, within ${schedule.duration}`;
    return [...head, `\`${rotatorNoun(secret.kind)}\``, when, `${maxAgeDays}`];
  }),
];
