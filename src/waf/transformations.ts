type Transformation = (bytes: string) => string;

/** Text transformations by their name in AWS WAF; texts hold one character a byte.
 *
 * Source: AWS WAF Developer Guide, "Text transformations". A name that is not here is refused: its exact effect is not
 * known well enough to decide a request by it.
 */
export const transformations: Readonly<Record<string, Transformation>> = {
  NONE: (bytes) => bytes,
  LOWERCASE: (bytes) => bytes.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  URL_DECODE: (bytes) => {
    if (bytes.includes("+")) throw new Error("AWS does not say what URL_DECODE makes of a plus sign");
    return bytes.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  },
  NORMALIZE_PATH: normalizePath,
  NORMALIZE_PATH_WIN: (bytes) => normalizePath(bytes.replaceAll("\\", "/")),
  COMPRESS_WHITE_SPACE: (bytes) => bytes.replace(/[\t\n\v\f\r \u00a0]+/g, " "),
  REMOVE_NULLS: (bytes) => bytes.replaceAll("\0", ""),
  REPLACE_NULLS: (bytes) => bytes.replaceAll("\0", " "),
};

/** Drops empty and `.` steps, and takes `..` back a step, but not above the beginning. */
function normalizePath(path: string): string {
  const rooted = path.startsWith("/");
  const steps = path.split("/");
  const last = steps.at(-1);
  const kept: string[] = [];
  for (const step of steps) {
    if (step === "" || step === ".") continue;
    if (step === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else kept.push(step);
  }
  const endsInFolder = kept.length > 0 && (last === "" || last === "." || (last === ".." && kept.at(-1) !== ".."));
  return `${rooted ? "/" : ""}${kept.join("/")}${endsInFolder ? "/" : ""}`;
}
