import type { Block, Resource } from "../../terraform/estate";
import { methodSettingsOf } from "../api-stages";
import { isOn, isWrittenOn } from "../flags";
import type { Look } from "../look";
import type { SecurityRule, Weakness } from "../security-rule";

const levels: readonly unknown[] = ["ERROR", "INFO"];

export const api04: SecurityRule = {
  id: "API-04",
  scope: "linked",
  demand: "Method settings of a stage log errors, count calls, leave bodies out of the log and encrypt the cache.",
  why: "A fault in the gateway leaves no trace; a full trace writes tokens and bodies where many can read them.",
  covers: ["CKV2_AWS_4", "CKV_AWS_276", "CKV_AWS_308", "AWS-0002"],
  *check(look) {
    for (const stage of look.resources("aws_api_gateway_stage")) {
      const isForAll = (settings: Resource) => look.holds(settings, "method_path", (path) => path === "*/*");
      if (!methodSettingsOf(look, stage).some(isForAll)) {
        yield {
          at: stage,
          message: "has no method settings for */*.",
          fix: "Add aws_api_gateway_method_settings with method_path */* for it.",
        };
      }
    }
    for (const at of look.resources("aws_api_gateway_method_settings")) {
      const entries = look.blocks(at, "settings");
      if (entries.length === 0) yield { at, message: "holds no settings.", fix: "Add a settings block." };
      for (const settings of entries) yield* faultsOf(look, at, settings);
    }
  },
};

function* faultsOf(look: Look, at: Resource, settings: Block): Iterable<Weakness> {
  if (!look.holds(settings, "logging_level", (level) => levels.includes(level))) {
    yield { at, message: "logs no errors.", fix: "Set settings.logging_level to ERROR or INFO." };
  }
  if (!isOn(look, settings, "metrics_enabled")) {
    yield { at, message: "counts no calls.", fix: "Set settings.metrics_enabled to true." };
  }
  if (isWrittenOn(look, settings, "data_trace_enabled")) {
    yield { at, message: "logs whole requests and answers.", fix: "Set settings.data_trace_enabled to false." };
  }
  const isCached = isWrittenOn(look, settings, "caching_enabled");
  if (isCached && !isOn(look, settings, "cache_data_encrypted")) {
    yield { at, message: "caches answers in clear.", fix: "Set settings.cache_data_encrypted to true." };
  }
}
