import type { Watcher } from "../../local/run";

/** Shows progress: on a terminal one line that counts resources per stack, else a line per event. */
export function watcher(out: NodeJS.WriteStream = process.stderr): Watcher {
  const running = new Map<string, number>();
  const isLive = out.isTTY && !process.env.CI;
  const live = () => {
    if (!isLive) return;
    const counts = [...running].map(([stack, count]) => (count ? `${stack} ${count}` : stack));
    out.write(`\r\x1b[2K${counts.length > 0 ? `  … ${counts.join(", ")}` : ""}`);
  };
  const line = (text: string) => {
    out.write(`${isLive ? "\r\x1b[2K" : ""}${text}\n`);
    live();
  };
  return {
    phase: (name) => line(name),
    started(stack) {
      running.set(stack, 0);
      live();
    },
    resource(stack) {
      running.set(stack, (running.get(stack) ?? 0) + 1);
      live();
    },
    ended(stack, outcome) {
      running.delete(stack);
      line(`  ${stack}: ${outcome}`);
    },
  };
}
