import type { Origin } from "./joined-root";
import type { ScannerFinding } from "./scan";

/** First and last line of a resource or data source in `scannedText`, counted from 1. */
export interface ResourceLines {
  /** In the joined root. */
  readonly address: string;
  readonly first: number;
  readonly last: number;
}

/** A failed check as a scanner tells of it. */
export interface FailedCheck {
  readonly id: string;
  readonly message: string;
  readonly fix?: string;
  /** What the scanner calls the resource; not always its address. */
  readonly resource: string;
  /** The lines of the file that it read. */
  readonly lines: readonly [number, number];
}

/** Where each resource stands in the text of a joined root. checkov names a resource without its type, so lines tell. */
export function resourceLines(text: string): ResourceLines[] {
  const found: ResourceLines[] = [];
  let [section, type, name, first] = ["", "", "", 0];
  for (const [index, line] of text.split("\n").entries()) {
    const [, indent = "", opened] = /^( {2,6})"([^"]+)": \{/.exec(line) ?? [];
    if (indent.length === 2) section = opened ?? "";
    if (indent.length === 4) type = opened ?? "";
    if (indent.length === 6) [name, first] = [opened ?? "", index + 1];
    const ends = /^ {6}\},?$/.test(line) || (indent.length === 6 && /\{\},?$/.test(line));
    if (!ends || (section !== "resource" && section !== "data")) continue;
    found.push({ address: `${section === "data" ? "data." : ""}${type}.${name}`, first, last: index + 1 });
  }
  return found;
}

/** The address in the joined root that a native finding is about; undefined outside of any resource. */
export function addressAt([from, to]: readonly [number, number], lines: readonly ResourceLines[]): string | undefined {
  return lines.find(({ first, last }) => first <= from && to <= last)?.address;
}

/** Names a failed check by the stack and construct that it is about.
 *
 * What is about no resource, such as a provider, is left under the scanner's name for it. Such a finding has no path,
 * so that nothing can suppress it.
 */
export function scannerFinding(
  { id, message, fix, resource }: Omit<FailedCheck, "lines">,
  address: string | undefined,
  origins: ReadonlyMap<string, Origin>,
): ScannerFinding {
  const origin = address === undefined ? undefined : origins.get(address);
  return {
    id,
    ...(origin ?? { stack: "unknown", address: address ?? resource }),
    message,
    ...(fix === undefined ? {} : { fix }),
  };
}
