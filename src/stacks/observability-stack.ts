import { existingRefs } from "../adopt/existing-refs";
import { CloudwatchDashboard } from "../aws";
import type { App } from "../cdktf";
import * as defaults from "../config/defaults";
import type { Config } from "../config/schema";
import { AnomalyAlert } from "../cost/anomaly-alert";
import { Budget } from "../cost/budget";
import { EncryptionKey } from "../security/encryption-key";
import { alarmNoun } from "../slo/alarm-row";
import { AlarmSet } from "../slo/alarm-set";
import { alertRegions, edgeRegion } from "../slo/alert-regions";
import { AlertTopics } from "../slo/alert-topics";
import { dashboardJson } from "../slo/dashboard";
import { platformAlarms } from "../slo/platform-alarms";
import { keyServices } from "../slo/publishers";
import { platform, type Watched } from "../slo/watched";
import { PlatformStack } from "./platform-stack";
import { secretsOf, watchedRotation } from "./secrets-of";

/** Who is told, by what, about which signal. Safe to apply at any time: nothing here carries traffic. */
export class ObservabilityStack extends PlatformStack {
  constructor(app: App, config: Config) {
    super(app, "observability", config);
    const topics = this.topics(config);
    const watched = this.#watched(config);
    this.alarms(config, watched);
    this.spending(config, topics);
  }

  /** What this project owns, and what of others it hardens. */
  #watched(config: Config): Watched {
    const own = platform(config, this.names, watchedRotation(secretsOf(config, this.names)));
    const others = existingRefs(config, this.names);
    return {
      ...own,
      apis: [...own.apis, ...others.apis],
      functions: [...own.functions, ...others.functions.map((each) => ({ ...each, traffic: "quiet" as const }))],
      tables: [...own.tables, ...others.tables],
    };
  }

  /** By region. */
  private topics(config: Config): Map<string, AlertTopics> {
    const { alerts, accountId } = config;
    return new Map(
      alertRegions(config).map(({ id, region }) => {
        const key = new EncryptionKey(this, `alerts-key-${id}`, {
          alias: this.names.name("kms-alias", "alerts"),
          description: `Alert topics in ${region}`,
          region,
          accountId,
          deletionDays: defaults.recovery.keyDeletionDays,
          breakGlassRoleArn: config.breakGlassRoleArn,
          deployRoleArn: config.deployRoleArn,
          services: keyServices({ accountId, alarmArns: this.names.arn("alarm", "*", region) }),
        });
        const topics = new AlertTopics(this, `alerts-${id}`, {
          names: this.names,
          region,
          keyArn: key.arn,
          subscribers: {
            "error-alerts": alerts.errors,
            "slo-violations": alerts.slo,
            "security-events": alerts.security,
            "cost-alerts": alerts.cost,
          },
        });
        return [region, topics] as const;
      }),
    );
  }

  private alarms({ region, runbookBaseUrl, organization, environment }: Config, watched: Watched): void {
    const { names } = this;
    const rows = platformAlarms(watched, defaults.alarms);
    new AlarmSet(this, "alarms", { names, rows, region, runbookBaseUrl });
    new CloudwatchDashboard(this, "dashboard", {
      region,
      dashboardName: names.name("dashboard", "platform"),
      dashboardBody: dashboardJson({
        title: `${organization} ${environment}`,
        watched,
        alarmArns: rows.map((row) => names.arn("alarm", alarmNoun(row))),
        region,
        runbookBaseUrl,
        objectives: defaults.objectives,
        queueAgeAlarmSeconds: defaults.alarms.queueAgeSeconds,
      }),
    });
  }

  private spending({ cost, environment }: Config, topics: Map<string, AlertTopics>): void {
    // Billing lives in this region. AWS does not say that it reaches topics elsewhere.
    const topicArn = topics.get(edgeRegion)?.arns["cost-alerts"];
    if (topicArn === undefined) throw new Error(`There are no topics in ${edgeRegion}; alertRegions must list it.`);
    new Budget(this, "budget", {
      name: this.names.name("budget", "monthly"),
      monthlyUsd: cost.monthlyBudgetUsd,
      actualPercents: defaults.cost.budgetActualPercents,
      forecastPercent: defaults.cost.budgetForecastPercent,
      topicArn,
    });
    new AnomalyAlert(this, "anomaly", {
      name: this.names.name("cost-anomaly", "spending"),
      environment,
      absoluteUsd: defaults.cost.anomaly.absoluteUsd,
      percent: defaults.cost.anomaly.percent,
      topicArn,
    });
  }
}
