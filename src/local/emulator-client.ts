import { emulatorAccess } from "./emulator-access";

/** Settings of an SDK client for the emulator. All is written out: nothing of the caller's AWS settings is read. */
export function emulatorClient() {
  // The SDK warns of Node versions that its releases of 2027 will refuse; ours are pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return {
    endpoint: emulatorAccess.AWS_ENDPOINT_URL,
    region: emulatorAccess.AWS_REGION,
    credentials: {
      accessKeyId: emulatorAccess.AWS_ACCESS_KEY_ID,
      secretAccessKey: emulatorAccess.AWS_SECRET_ACCESS_KEY,
    },
  };
}
