import type { Pacing } from "../../../functions/rotate-secret/ports";

/** Time that passes only in sleep. */
export class FakePacing implements Pacing {
  readonly sleeps: number[] = [];
  private passedMs = 0;

  constructor(
    private readonly startMs = Date.parse("2026-03-01T02:00:00Z"),
    private readonly lifeMs = 60_000,
  ) {}

  now = () => this.startMs + this.passedMs;
  remainingMs = () => this.lifeMs - this.passedMs;
  sleep = async (milliseconds: number) => {
    this.sleeps.push(milliseconds);
    this.passedMs += milliseconds;
  };
}
