import { Command, Option } from "commander";
import { deliverCommand } from "./local/deliver";
import { deploy } from "./local/deploy";
import { down } from "./local/down";
import { sayAndFail } from "./local/say-and-fail";
import { tokenCommand } from "./local/token";

interface LocalOptions {
  readonly keep?: boolean;
  readonly down?: boolean;
}

/** `npm run local`: the stacks of `environments/local.ts` on an AWS emulator on this machine. */
export function local(): Command {
  return new Command("local")
    .description("Deploys environments/local.ts to an AWS emulator on this machine, tests the service and tears down.")
    .addOption(new Option("--keep", "leave everything running and say where it answers").conflicts(["down"]))
    .addOption(new Option("--down", "end what --keep left running and delete its state"))
    .action(({ keep = false, down: end = false }: LocalOptions) => sayAndFail(() => (end ? down() : deploy({ keep }))))
    .addCommand(tokenCommand())
    .addCommand(deliverCommand());
}
