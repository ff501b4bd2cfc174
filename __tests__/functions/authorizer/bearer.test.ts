import { authorize } from "../../../functions/authorizer/authorize";
import { type Acl, readAcls } from "../../../src/waf/read-acl";
import { serviceEstate, serviceStack } from "../../service/synthesized";
import { only } from "../../support/synthesize";
import { decide, request } from "../../waf/acl";
import { recorder } from "../support/http-events";
import { keySet, methodArn, now, settings, token, userClaims } from "./tokens";

/** Headers by what all who read them must say; TOKEN stands for a valid token. */
const headers: [header: string, isBearer: boolean][] = [
  ["Bearer TOKEN", true],
  ["bearer TOKEN", true],
  ["BEARER TOKEN", false],
  ["bEARER TOKEN", false],
  ["Bearer  TOKEN", false],
  ["Bearer\tTOKEN", false],
  [" Bearer TOKEN", false],
  ["Bearer TOKEN ", false],
  ["xBearer TOKEN", false],
  ["BearerTOKEN", false],
  ["Token TOKEN", false],
  ["Basic dXNlcjpwYXNz", false],
  ["TOKEN", false],
  ["Bearer", false],
  ["Bearer a.b", false],
  ["Bearer a.b.", false],
  ["Bearer TOKEN.d", false],
  ["Bearer TOKEN=", false],
  ["Bearer TOKEN, Bearer TOKEN", false],
  ["Bearer a+/=.b.c", false],
  ["", false],
];

it.each(headers)("the firewall, API Gateway and the authorizer all say of %p: %p", async (header, isBearer) => {
  const text = header.replaceAll("TOKEN", await token(userClaims));

  const firewall = decide(
    readAcls(serviceEstate("production"))[0] as Acl,
    request({
      path: "/api/v1/reviews",
      headers: [
        ["User-Agent", "test"],
        ["Authorization", text],
      ],
      country: "DE",
    }),
  );
  const expression = String(
    only(serviceStack("production"), "aws_api_gateway_authorizer").identity_validation_expression,
  );
  const { record, log } = recorder();
  const answer = authorize(
    { authorizationToken: text, methodArn },
    { settings, keySet, clock: () => now, record, log },
  ).then(
    () => true,
    () => false,
  );

  expect({
    firewall: firewall.rule !== "api-token-shape",
    apiGateway: new RegExp(expression).test(text),
    authorizer: await answer,
  }).toEqual({ firewall: isBearer, apiGateway: isBearer, authorizer: isBearer });
});
