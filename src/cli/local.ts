import { Command, Option } from "commander";
import { deliverCommand } from "./local/deliver";
import { deploy } from "./local/deploy";
import { down } from "./local/down";
import { probeUnsupported } from "./local/probe";
import { sayAndFail } from "./local/say-and-fail";
import { tokenCommand } from "./local/token";

interface LocalOptions {
  readonly keep?: boolean;
  readonly down?: boolean;
  readonly probe?: boolean;
}

/** `npm run local`: the stacks of `environments/local.ts` on an AWS emulator on this machine. */
export function local(): Command {
  return new Command("local")
    .description("Deploys environments/local.ts to an AWS emulator on this machine, tests the service and tears down.")
    .addOption(new Option("--keep", "leave everything running and say where it answers").conflicts(["down", "probe"]))
    .addOption(new Option("--down", "end what --keep left running and delete its state").conflicts("probe"))
    .addOption(new Option("--probe", "try alone each thing that the emulator is said not to hold"))
    .action(({ keep = false, ...chosen }: LocalOptions) =>
      sayAndFail(() => (chosen.down ? down() : chosen.probe ? probeUnsupported() : deploy({ keep }))),
    )
    .addCommand(tokenCommand())
    .addCommand(deliverCommand());
}
