import { connect } from "node:net";
import { CannotStart } from "./processes";

/** Throws if something listens on a port that a local run needs, and says how to find it. */
export async function assertPortsFree(wanted: readonly number[]): Promise<void> {
  const answers = await Promise.all(wanted.map(async (port) => ((await isTaken(port)) ? [port] : [])));
  const taken = answers.flat();
  if (taken.length === 0) return;
  throw new CannotStart(
    `Port ${taken.join(", ")} is taken by another program, and npm run local needs it. End it (find it with: lsof -i :${taken[0]}) and run again.`,
  );
}

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const settle = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
