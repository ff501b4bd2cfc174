import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";

const processes = 15;

/** Prints how long `require` takes in milliseconds; the process has loaded nothing before. */
const script = `const begun = process.hrtime.bigint();
require(process.argv[1]);
console.log(Number(process.hrtime.bigint() - begun) / 1e6);
process.exit();`;

/** Milliseconds that new processes with these variables take to load each file.
 *
 * The files take turns, so that what else the machine does meets them alike; the first turn only fills its file cache.
 */
export function coldImports<N extends string>(
  files: Readonly<Record<N, string>>,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<N, readonly number[]>> {
  const names = Object.keys(files) as N[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<N, number[]>;
  const env = { ...process.env, ...variables };
  for (let turn = 0; turn <= processes; turn += 1) {
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      const options: ExecFileSyncOptionsWithStringEncoding = { env, encoding: "utf8", stdio: "pipe" };
      const printed = execFileSync(process.execPath, ["-e", script, files[name]], options);
      if (turn > 0) times[name].push(Number(printed));
    }
  }
  return times;
}
