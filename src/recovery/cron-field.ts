import { type FieldRange, type FieldReading, readList, readSteps, readValue } from "../calendar/fields";

/** The values of `*`, lists, ranges and steps, in ascending order; undefined where the field is not valid.
 *
 * Names count in any case here, and a step of any length.
 */
export function fieldValues(field: string, range: FieldRange): readonly number[] | undefined {
  return readOrNone(readList(field.toUpperCase(), (item) => readSteps(item, range)));
}

/** One number or name of a field; undefined where it is out of range. */
export function fieldValue(text: string, range: FieldRange): number | undefined {
  return readOrNone(readValue(text.toUpperCase(), range));
}

const readOrNone = <T>(reading: FieldReading<T>): T | undefined =>
  reading.kind === "read" ? reading.value : undefined;
