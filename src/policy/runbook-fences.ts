/** One block of commands, to be pasted as a whole. */
export interface Fence {
  /** `P1`, `S3`, `R1`, `V2`: prerequisite, step, rollback, verification. */
  readonly step: string;
  readonly effect: "reads" | "mutates";
  /** The step that undoes it. */
  readonly rollback?: string;
  /** Why nothing undoes it. */
  readonly irreversible?: string;
  /** What the output must hold for a verification to pass. */
  readonly expect?: string;
  /** Without the indentation of its list item. */
  readonly commands: string;
  /** What the page says to expect, in the paragraph under the block. */
  readonly outcome: string;
}

const opening = /^(?<indent> *)```bash(?<marks>.*)$/;

/** The blocks of commands of a page, and what is wrong with their marks. */
export function readFences(body: string): { fences: Fence[]; problems: string[] } {
  const fences: Fence[] = [];
  const problems: string[] = [];
  const lines = body.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (!line.trimStart().startsWith("```")) continue;
    const { indent = "", marks = "" } = opening.exec(line)?.groups ?? {};
    const end = lines.findIndex((other, place) => place > index && other === `${indent}\`\`\``);
    if (!opening.test(line) || end < 0) {
      problems.push(`"${line.trim()}" opens no block of bash that is closed at the same depth.`);
      break;
    }
    const commands = lines.slice(index + 1, end).map((each) => each.slice(indent.length));
    const outcome = lines.slice(end + 1).find((each) => each.trim() !== "") ?? "";
    const fence = marked(marks, commands.join("\n"), outcome.trim());
    if (typeof fence === "string") problems.push(fence);
    else fences.push(fence);
    index = end;
  }
  return { fences, problems };
}

/** The block that the marks describe, or what is wrong with them. */
function marked(marks: string, commands: string, outcome: string): Fence | string {
  const found = [...marks.matchAll(/(?<key>[a-z]+)(?:=(?:"(?<text>[^"]*)"|(?<word>\S+)))?/g)];
  const values = new Map(found.map(({ groups }) => [groups?.key ?? "", groups?.text ?? groups?.word ?? ""]));
  const { step = "", rollback, irreversible, expect } = Object.fromEntries(values);
  const unknown = [...values.keys()].filter((key) => !known.includes(key));
  if (!/^[PSRV]\d+$/.test(step)) return `A block marked "${marks.trim()}" needs a step such as step=S1.`;
  if (unknown.length > 0) return `${step} is marked ${unknown.join(", ")}; known are ${known.join(", ")}.`;
  if (values.has("reads") === values.has("mutates")) return `${step} must be marked either reads or mutates.`;
  const effect = values.has("mutates") ? "mutates" : "reads";
  return {
    ...{ step, effect, commands, outcome },
    ...(rollback === undefined ? {} : { rollback }),
    ...(irreversible === undefined ? {} : { irreversible }),
    ...(expect === undefined ? {} : { expect }),
  };
}

const known = ["step", "reads", "mutates", "rollback", "irreversible", "expect"];
