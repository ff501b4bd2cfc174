/** When requests came, by rule and sender, as AWS WAF counts them; give one to every evaluation of a series. */
export class RateWindows {
  private readonly times = new Map<string, { seconds: number[]; begin: number }>();

  /** Counts a request and returns how many came in the window that ends with it.
   *
   * A request exactly one window old is out. Times of a series must not go back.
   */
  count(sender: string, now: number, windowSeconds: number): number {
    const window = this.times.get(sender) ?? { seconds: [], begin: 0 };
    this.times.set(sender, window);
    const last = window.seconds.at(-1);
    if (last !== undefined && now < last) throw new Error(`time went back from ${last} to ${now} seconds`);
    while (window.begin < window.seconds.length && (window.seconds[window.begin] ?? 0) <= now - windowSeconds) {
      window.begin += 1;
    }
    // Forgets in large steps, so that a long series costs no more a request than a short one.
    if (window.begin > 1024 && window.begin > window.seconds.length / 2) {
      window.seconds.splice(0, window.begin);
      window.begin = 0;
    }
    window.seconds.push(now);
    return window.seconds.length - window.begin;
  }
}
