import { errorFields, type Log } from "../shared/log";
import type { RecordMetrics } from "../shared/metrics";
import type { Published } from "./published";
import { RefusedListError } from "./refused-list-error";
import { type ListPorts, syncList } from "./sync-list";
import { type SetPorts, syncSets } from "./sync-sets";

export interface SyncPorts {
  /** GitHub's answer; throws where there is none. */
  readonly published: () => Promise<Published>;
  readonly sets: SetPorts;
  /** Absent where functions may call any host. */
  readonly list: ListPorts | undefined;
  readonly record: RecordMetrics;
  readonly log: Log;
}

/** Brings what is kept of GitHub's addresses to what GitHub publishes: sets of the firewall, list of a security group.
 *
 * A fault of one does not hold up the other. Throws a `RefusedListError`, or whatever GitHub or AWS answered: a run that
 * fails is what the alarm counts.
 */
export async function syncGithubIps({ published, sets, list, record, log }: SyncPorts): Promise<void> {
  const { hooks, api } = await published();
  const jobs = {
    hooks: () => syncSets(hooks, sets, log),
    ...(list && { api: () => syncList(api, list, log) }),
  };
  const faults: unknown[] = [];
  for (const [name, job] of Object.entries(jobs)) {
    try {
      await job();
    } catch (error) {
      faults.push(error);
      if (error instanceof RefusedListError) {
        log.error("github-ips-refused", { list: name, reason: error.reason, detail: error.detail });
      } else {
        log.error("github-ips-not-written", { list: name, ...errorFields(error) });
      }
    }
  }
  record("Service", "sync-github-ips", {
    GithubIpsRefused: faults.some((each) => each instanceof RefusedListError) ? 1 : 0,
  });
  if (faults.length > 0) throw faults[0];
}
