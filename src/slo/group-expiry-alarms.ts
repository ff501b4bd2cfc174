import type { AlarmRow } from "./alarm-row";
import type { PinnedGroup } from "./watched";

/** A fixed version of AWS's firewall rules that is about to end, for each group that has one.
 *
 * Then AWS moves the group to its default version by itself, with rules that nobody here has tried. Source of the
 * metric: AWS WAF developer guide, "Versioned managed rule groups". How often it is sent is not documented, so silence
 * changes nothing.
 */
export function groupExpiryAlarms(groups: readonly PinnedGroup[], daysLeft: number): AlarmRow[] {
  return groups.map(
    ({ id, group, webAcl, region }): AlarmRow => ({
      key: `firewall-version-${id}`,
      severity: "ticket",
      topic: "security-events",
      meaning: `The version of ${group} in ${webAcl} ends within ${daysLeft} days; then AWS chooses another. Pin a newer one in waf.groupVersions.`,
      unit: "days",
      queries: [
        {
          id: "m",
          namespace: "AWS/WAFV2",
          metricName: "DaysToExpiry",
          dimensions: { WebACL: webAcl, Region: region, ManagedRuleGroup: group },
          stat: "Minimum",
        },
      ],
      periodSeconds: 86_400,
      datapointsToAlarm: 1,
      evaluationPeriods: 1,
      comparison: "<=",
      threshold: daysLeft,
      missingData: "ignore",
      runbook: "RB-15",
      scenarios: [],
    }),
  );
}
