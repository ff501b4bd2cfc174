/** The text of a body up to this many bytes, cut after the last whole line; the rest is never read. */
export async function boundedText(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ readonly text: string; readonly truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > maxBytes) break;
  }
  const read = Buffer.concat(chunks);
  if (bytes <= maxBytes) return { text: read.toString("utf8"), truncated: false };
  const lastLineEnd = read.subarray(0, maxBytes).lastIndexOf("\n");
  return { text: read.subarray(0, lastLineEnd + 1).toString("utf8"), truncated: true };
}
