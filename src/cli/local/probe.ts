import { empty } from "../../local/emulator-health";
import { folders } from "../../local/folders";
import { unsupported } from "../../local/gaps";
import { loopbackUrl, ports } from "../../local/ports";
import { type Probed, probe } from "../../local/probe";
import { tableText } from "../table-text";
import { onWorkbench } from "./on-workbench";

/** Tries each row of the list of what the emulator cannot hold; returns 1 where one is no longer true. */
export const probeUnsupported = (): Promise<number> =>
  onWorkbench(false, async ({ synthesis, watch, signal }) => {
    const reset = () => empty(loopbackUrl(ports.emulator));
    const probed: Probed[] = [];
    const rows = unsupported();
    for (const row of rows) {
      watch.phase(`Trying ${row.type}`);
      probed.push(await probe(row, { synthesis, rows, workFolder: folders.work, reset, signal }));
    }
    console.log(
      tableText([
        ["type", "emulator", "outcome", "what was seen"],
        ...probed.map(({ row, outcome, detail }) => [row.type, row.emulatorVersion, outcome, detail]),
      ]),
    );
    const advice = {
      holds: "the emulator holds it now: remove it from src/local/unsupported.json",
      unused: "no stack has such a resource: remove it from src/local/unsupported.json",
      unclear: "something else failed, so its row is not confirmed",
    };
    const untrue = probed.flatMap(({ row, outcome }) =>
      outcome === "fails" || outcome === "blocked" ? [] : [`${row.type}: ${advice[outcome]}.`],
    );
    for (const line of untrue) console.log(line);
    return untrue.length === 0 ? 0 : 1;
  });
