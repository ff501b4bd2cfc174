import type { WafRequest } from "./request";

/** Thrown for a text that is not an HTTP request; `line` counts from 1. */
export class HttpTextError extends Error {
  override readonly name = "HttpTextError";

  constructor(
    readonly line: number,
    why: string,
  ) {
    super(`line ${line}: ${why}`);
  }
}

const tchar = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const requestLine = new RegExp(`^(${tchar}) (\\S+)(?: HTTP/[0-9](?:\\.[0-9])?)?$`);
const headerLine = new RegExp(`^(${tchar}):[ \\t]*(.*?)[ \\t]*$`);

/** Reads one request in plain HTTP text: request line, headers, an empty line, the body.
 *
 * `text` holds one character a byte. A body is as long as `Content-Length` says; without that header it is the rest,
 * less one line end, which editors put there.
 */
export function readHttpText(text: string): Omit<WafRequest, "sourceIp" | "country"> {
  const lines = headLines(text);
  const [first, ...rest] = lines;
  if (first === undefined || first.text === "")
    throw new HttpTextError(1, "a request line such as GET /health HTTP/1.1 is wanted");
  const [, method, target] = requestLine.exec(first.text) ?? [];
  if (method === undefined || target === undefined) {
    throw new HttpTextError(1, `${JSON.stringify(first.text)} is no request line such as GET /health HTTP/1.1`);
  }
  const headers = rest
    .filter(({ text }) => text !== "")
    .map(({ text: line, number }): [string, string] => {
      const [, name, value] = headerLine.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new HttpTextError(
          number,
          `${JSON.stringify(line)} is no header such as User-Agent: curl/8; an empty line ends the headers`,
        );
      }
      return [name, value];
    });
  const { path, query } = splitTarget(target);
  const content = bodyOf(text.slice(lines.at(-1)?.end ?? text.length), headers, lines.length + 1);
  return { method, path, query, headers, body: { bytes: content.length, content } };
}

interface Line {
  readonly text: string;
  readonly number: number;
  /** Where the next line begins. */
  readonly end: number;
}

/** The lines up to the empty one that ends the headers, it included where it is there. */
function headLines(text: string): Line[] {
  const lines: Line[] = [];
  let begin = 0;
  while (begin < text.length) {
    const found = text.indexOf("\n", begin);
    const end = found === -1 ? text.length : found + 1;
    const line = text.slice(begin, end).replace(/\r?\n$/, "");
    lines.push({ text: line, number: lines.length + 1, end });
    if (line === "" && lines.length > 1) break;
    begin = end;
  }
  return lines;
}

/** Path and query of `/path?query` or `https://host/path?query`. */
function splitTarget(target: string): { path: string; query: string } {
  const local = target.replace(/^https?:\/\/[^/?#]+/i, "");
  const rooted = local === "" || local.startsWith("?") ? `/${local}` : local;
  if (!rooted.startsWith("/")) {
    throw new HttpTextError(1, `the target ${JSON.stringify(target)} begins neither with / nor with https://`);
  }
  if (rooted.includes("#")) throw new HttpTextError(1, "the target has a fragment, which clients do not send");
  const mark = rooted.indexOf("?");
  return mark === -1 ? { path: rooted, query: "" } : { path: rooted.slice(0, mark), query: rooted.slice(mark + 1) };
}

function bodyOf(rest: string, headers: readonly (readonly [string, string])[], line: number): string {
  const lengths = headers.filter(([name]) => name.toLowerCase() === "content-length").map(([, value]) => value);
  const [length, second] = lengths;
  if (length === undefined) return rest.replace(/\r?\n$/, "");
  if (second !== undefined || !/^\d+$/.test(length)) {
    throw new HttpTextError(line, `Content-Length ${lengths.join(", ")} is not one number`);
  }
  if (Number(length) > rest.length) {
    throw new HttpTextError(line, `the body has ${rest.length} bytes but Content-Length says ${length}`);
  }
  return rest.slice(0, Number(length));
}
