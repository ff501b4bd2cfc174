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
    for (const row of unsupported()) {
      watch.phase(`Trying ${row.type}`);
      probed.push(await probe(row, { synthesis, workFolder: folders.work, reset, signal }));
    }
    console.log(
      tableText([
        ["type", "emulator", "outcome", "what was seen"],
        ...probed.map(({ row, outcome, detail }) => [row.type, row.emulatorVersion, outcome, detail]),
      ]),
    );
    const untrue = probed.filter(({ outcome }) => outcome !== "fails");
    for (const { row, outcome } of untrue) {
      const why = outcome === "holds" ? "the emulator holds it now" : "no stack has such a resource";
      console.log(`Remove ${row.type} from src/local/unsupported.json: ${why}.`);
    }
    return untrue.length === 0 ? 0 : 1;
  });
