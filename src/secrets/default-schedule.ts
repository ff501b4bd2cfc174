import { createHash } from "node:crypto";
import type { RotationSchedule } from "./planned-secrets";

const firstHour = 1;
const hoursOfTheNight = 5;
/** The days that every month has. */
const daysOfEveryMonth = 28;

/** Once a month, on a day from the 1st to the 28th in an hour from 1 to 5 UTC that follow from the secret's name.
 *
 * Secrets of one environment so rotate apart from each other, and a failure of one night does not hit them all.
 */
export function defaultSchedule(secretName: string, duration: string): RotationSchedule {
  const digest = createHash("sha256").update(secretName).digest();
  const hour = firstHour + (digest.readUInt32BE(0) % hoursOfTheNight);
  const day = 1 + (digest.readUInt32BE(4) % daysOfEveryMonth);
  return { expression: `cron(0 ${hour} ${day} * ? *)`, duration };
}
