/** Says on a terminal what is being done; a pipe or a CI log stays quiet. */
export function progress(doing: string): void {
  if (process.stderr.isTTY && !process.env.CI) process.stderr.write(`${doing} …\n`);
}
