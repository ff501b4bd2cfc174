import { loopbackUrl, ports } from "./ports";

/** What a program needs to reach the emulator, and only it: no profile, no metadata service, no key of a real account. */
export const emulatorAccess = {
  AWS_ENDPOINT_URL: loopbackUrl(ports.emulator),
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
} as const;
