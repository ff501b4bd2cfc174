import { rotate } from "../../src/cli/rotate";
import { ConfigError } from "../../src/config/load";

async function printed(...args: string[]): Promise<string> {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    await rotate().exitOverride().parseAsync(args, { from: "user" });
    return write.mock.calls.map(([text]) => String(text)).join("");
  } finally {
    write.mockRestore();
  }
}

describe("npm run rotate", () => {
  it("names the secret and the region of the environment", async () => {
    expect(await printed("github-webhook", "--env", "staging")).toContain(
      "aws secretsmanager rotate-secret --region eu-central-1 --secret-id 'acme-staging-github-webhook' --client-request-token",
    );
  });

  it.each([
    [["github-webhook"], 1, 0],
    [["github-webhook", "--force"], 1, 1],
    [["github-webhook", "--leaked"], 2, 1],
    [["github-app"], 0, 1],
  ])("%j prints %d rotations and takes break-glass %d times", async (args, rotations, assumed) => {
    const text = await printed(...args);

    expect(text.match(/rotate-secret/g) ?? []).toHaveLength(rotations);
    expect(text.match(/assume-role/g) ?? []).toHaveLength(assumed);
  });

  it("does not know a secret that the environment has not, and names those it has", async () => {
    const unknown = printed("github-webhok");

    await expect(unknown).rejects.toThrow(ConfigError);
    await expect(unknown).rejects.toMatchObject({
      problems: [
        'The environment production has no secret "github-webhok"; it has github-webhook, spacelift-webhook, github-app. They stand in environments/production.ts under secrets and existing.',
      ],
    });
  });
});
