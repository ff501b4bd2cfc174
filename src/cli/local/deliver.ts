import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import { deliver } from "../../local/deliver";
import { eventOf, type Sender } from "../../local/delivery";
import { CannotStart } from "../../local/processes";
import { keptService } from "./kept-service";
import { sayAndFail } from "./say-and-fail";

interface DeliverOptions {
  readonly to: Sender;
  readonly event?: string;
}

/** `npm run local -- deliver FILE.json`: signs a payload as its sender would and sends it to the kept service. */
export function deliverCommand(): Command {
  return new Command("deliver")
    .description("Signs a webhook payload and sends it to the kept service.")
    .argument("<file>", "JSON payload; its bytes are sent as they are")
    .addOption(
      new Option("--to <sender>", "whose signature and route").choices(["github", "spacelift"]).default("github"),
    )
    .option("--event <name>", "GitHub's event name, where the payload does not show it")
    .exitOverride()
    .action((file: string, { to, event }: DeliverOptions) =>
      sayAndFail(async () => {
        const service = keptService();
        const body = readPayload(file);
        const name = event ?? eventOf(body);
        if (to === "github" && !name)
          throw new CannotStart(`${file} does not show which event it is; name it with --event.`);
        const response = await deliver(service, { sender: to, event: name ?? "", body });
        console.log(`${response.status} ${await response.text()}`);
        return response.ok ? 0 : 1;
      }),
    );
}

function readPayload(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new CannotStart(`${file} cannot be sent: ${error instanceof Error ? error.message : error}.`);
  }
}
