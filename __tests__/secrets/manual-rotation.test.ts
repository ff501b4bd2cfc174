import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rotationScript, type Urgency } from "../../src/secrets/manual-rotation";
import type { PlannedSecret } from "../../src/secrets/planned-secrets";

const place = {
  environment: "production",
  region: "us-east-1",
  breakGlassRoleArn: "arn:aws:iam::111122223333:role/break-glass",
  secretId: "acme-production-github-webhook",
  minIntervalSeconds: 86_400,
};
const webhook: PlannedSecret = {
  ...{ noun: "github-webhook", description: "Signs deliveries of GitHub", kind: "github-app-hook" },
  ...{ target: {}, maxAgeDays: 32, readerRoleArns: [] },
};

/** Runs a script with stand-ins for the commands that it calls; returns what `aws` was asked, and what went into it. */
function ran(script: string, answersCurrent = true) {
  const folder = mkdtempSync(join(tmpdir(), "rotate-"));
  try {
    const command = (name: string, text: string) =>
      writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${text}\n`, { mode: 0o755 });
    const answer = `printf '${answersCurrent ? "LIVE\\tAWSCURRENT" : "AWSPENDING"}\\n'`;
    command(
      "aws",
      `echo "$*" >> ${folder}/calls
case "$*" in
  *assume-role*) echo '{"AccessKeyId":"a","SecretAccessKey":"b","SessionToken":"c"}' ;;
  *stdin*) cat >> ${folder}/input ;;
  *VersionIdsToStages.*) ${answer} ;;
esac`,
    );
    command("uuidgen", `echo call >> ${folder}/ids; echo "TOKEN-$(wc -l < ${folder}/ids | tr -d ' ')"`);
    command("sleep", "exit 0");
    command("jq", `case "$*" in *rawfile*) echo '{"v":1}' ;; *) echo 'export AWS_ACCESS_KEY_ID=a' ;; esac`);
    writeFileSync(join(folder, "calls"), "");
    writeFileSync(join(folder, "input"), "");
    const env = { PATH: `${folder}:${process.env.PATH}`, MFA_ARN: "mfa", MFA_CODE: "123456" };
    let status = 0;
    try {
      execFileSync("bash", ["-c", script], { env, cwd: folder, stdio: "pipe" });
    } catch (error) {
      ({ status } = error as { status: number });
    }
    const calls = readFileSync(join(folder, "calls"), "utf8").split("\n").filter(Boolean);
    return { status, calls, input: readFileSync(join(folder, "input"), "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const to = (command: string, rest = "") =>
  `secretsmanager ${command} --region us-east-1 --secret-id acme-production-github-webhook${rest}`;
const summary = to("describe-secret", " --query [RotationEnabled,LastRotatedDate,NextRotationDate,VersionIdsToStages]");
const labels = (token: string) => to("describe-secret", ` --query VersionIdsToStages."${token}" --output text`);
const assumed =
  "sts assume-role --role-arn arn:aws:iam::111122223333:role/break-glass --role-session-name rotate --serial-number mfa --token-code 123456 --query Credentials --output json";
const once = (token: string) => [to("rotate-secret", ` --client-request-token ${token}`), labels(token), labels(token)];
const forced = (token: string) => [to("tag-resource", ` --tags Key=rotation:force,Value=${token}`), ...once(token)];

describe("the commands that rotate a secret by hand", () => {
  it.each<[Urgency, readonly string[]]>([
    ["now", [summary, ...once("token-1")]],
    ["forced", [assumed, summary, ...forced("token-1"), to("untag-resource", " --tag-keys rotation:force")]],
    [
      "leaked",
      [
        assumed,
        summary,
        ...forced("token-1"),
        ...forced("token-2"),
        to("untag-resource", " --tag-keys rotation:force"),
      ],
    ],
  ])("ask AWS, %s, for exactly this", (urgency, calls) => {
    expect(ran(rotationScript(webhook, place, urgency))).toEqual({ status: 0, calls, input: "" });
  });

  it("fail where the new version does not become current", () => {
    const { status, calls } = ran(rotationScript(webhook, place, "now"), false);

    expect(status).toBe(1);
    expect(calls.filter((call) => call === labels("token-1"))).toHaveLength(121);
  });

  it("put a value that only people can change from a file, past every command line", () => {
    const app: PlannedSecret = { ...webhook, noun: "github-app", description: "Private key", kind: "manual" };

    const { status, calls, input } = ran(rotationScript(app, place, "now"));

    expect([status, input]).toEqual([0, '{"v":1}\n']);
    expect(calls).toEqual([assumed, to("put-secret-value", " --secret-string file:///dev/stdin")]);
  });
});
