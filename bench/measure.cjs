// Preloaded into a measured process: says at its end how much memory it took at its peak.
process.on("exit", () => process.stderr.write(`maxRssKb=${process.resourceUsage().maxRSS}\n`));
