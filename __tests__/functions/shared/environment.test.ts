import { tokenSettings } from "../../../functions/authorizer/settings";
import { readAuthorizerEnvironment, readEnvironment, wholeNumber } from "../../../functions/shared/environment";

const common = { POWERTOOLS_SERVICE_NAME: "x", POWERTOOLS_METRICS_NAMESPACE: "x", POWERTOOLS_LOG_LEVEL: "INFO" };
const token = { TOKEN_ISSUER: "i", TOKEN_JWKS_URL: "u", TOKEN_AUDIENCE: "a" };

describe("a function's environment", () => {
  it("names everything that is missing or empty at once", () => {
    const source = {
      ...common,
      POWERTOOLS_LOG_LEVEL: undefined,
      ARTIFACTS_BUCKET: "b",
      QUEUE_URL: "",
      DELIVERIES_TABLE: "t",
    };

    expect(() => readEnvironment("webhook", source)).toThrow(
      "Environment variables are not set: POWERTOOLS_LOG_LEVEL, QUEUE_URL, GITHUB_WEBHOOK_SECRET_ARN, " +
        "SPACELIFT_WEBHOOK_SECRET_ARN, PREVIOUS_GRACE_SECONDS, KEY_REFRESH_SECONDS, MISS_COOLDOWN_SECONDS.",
    );
  });

  it("gives the function's own variables and no others", () => {
    expect(readEnvironment("reviews-api", { ...common, REVIEWS_TABLE: "t", HOME: "h" })).toEqual({
      REVIEWS_TABLE: "t",
    });
  });

  it("of the authorizer holds a tenant for Entra ID only", () => {
    expect(() => readAuthorizerEnvironment({ ...common, ...token, IDENTITY_KIND: "entra" })).toThrow(": TENANT_ID.");
    expect(tokenSettings({ ...common, ...token, IDENTITY_KIND: "entra", TENANT_ID: "t" })).toMatchObject({
      tenantId: "t",
    });
    expect(tokenSettings({ ...common, ...token, IDENTITY_KIND: "oidc", TENANT_ID: "t" })).toEqual({
      issuer: "i",
      audience: "a",
      jwksUrl: "u",
    });
  });

  it("with an unknown kind of identity is refused", () => {
    expect(() => tokenSettings({ ...common, ...token, IDENTITY_KIND: "Entra" })).toThrow(
      'IDENTITY_KIND is "Entra". It must be "entra" or "oidc".',
    );
  });

  it.each(["", "1.5", "-1", "ten", "1e99"])("refuses %p as a whole number", (text) => {
    expect(() => wholeNumber("REVIEWS_MAX_PER_DAY", text, 1)).toThrow(
      `REVIEWS_MAX_PER_DAY is "${text}". It must be a whole number of at least 1.`,
    );
  });

  it("takes the smallest number that is allowed", () => {
    expect(wholeNumber("REVIEWS_MAX_PER_DAY", "1", 1)).toBe(1);
  });
});
