import { Command, Option } from "commander";
import { mintToken } from "../../local/token";
import { rolePermissions } from "../../security/entra";
import { keptService } from "./kept-service";
import { sayAndFail } from "./say-and-fail";

/** `npm run local -- token --role Reviews.Read`: prints an access token of the local issuer. */
export function tokenCommand(): Command {
  return new Command("token")
    .description("Prints an access token of the local issuer, valid for an hour.")
    .addOption(
      new Option("--role <role...>", "app roles in the token")
        .choices(Object.keys(rolePermissions))
        .makeOptionMandatory(),
    )
    .exitOverride()
    .action(({ role }: { role: string[] }) =>
      sayAndFail(async () => {
        keptService();
        console.log(await mintToken(role));
        return 0;
      }),
    );
}
