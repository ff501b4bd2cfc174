/** Who may import whom; `docs/architecture.md` draws it. */
const parts = "calendar|limits|waf|secrets|recovery|cost|scaling|slo|compliance|security|edge|adopt";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "only-the-seams-import-cdktf",
      severity: "error",
      from: { pathNot: "^(src/(cdktf|aws)\\.ts$|bench/index-import/)" },
      to: { path: "^node_modules/(cdktf|constructs|@cdktf)/" },
    },
    {
      name: "parts-keep-to-themselves",
      comment:
        "A part imports configuration, the seams, the reader of JSON, the calendar, the dice, building blocks of the service, and what other parts publish: alarm rows, routes, statements of resource policies.",
      severity: "error",
      from: { path: `^src/(${parts})/` },
      to: {
        path: "^src/",
        pathNot:
          "^src/(config|terraform|service|calendar|$1)/|^src/(cdktf|aws|dice)\\.ts$|^src/slo/alarm-row\\.ts$|^src/limits/routes\\.ts$|^src/security/resource-policy\\.ts$",
      },
    },
    {
      name: "proofs-read-json-only",
      severity: "error",
      from: { path: "^src/(policy|terraform|report)/" },
      to: {
        path: "^src/",
        pathNot: "^src/(policy|terraform|report|config)/|^src/secrets/schedule(-fields|-gaps)?\\.ts$|^src/calendar/",
      },
    },
    {
      name: "only-policies-judge-schedules",
      comment: "The gap between two rotations is worked out in one place, by plain functions of the calendar.",
      severity: "error",
      from: { path: "^src/(terraform|report)/" },
      to: { path: "^src/(secrets|calendar)/" },
    },
    {
      name: "only-main-composes-stacks",
      severity: "error",
      from: { path: "^src/(?!stacks/)" },
      to: { path: "^src/stacks/" },
    },
    {
      name: "functions-share-plain-data-only",
      severity: "error",
      from: { path: "^functions/" },
      to: { path: "^(src|environments)/", pathNot: "^src/(limits/routes|security/entra)\\.ts$" },
    },
    {
      name: "configuration-stands-alone",
      severity: "error",
      from: { path: "^src/config/" },
      to: { path: "^src/", pathNot: "^src/config/" },
    },
    {
      name: "only-the-cli-and-stacks-import-the-platform",
      severity: "error",
      from: { path: "^src/(?!cli/|local/)" },
      to: { path: "^(main\\.ts$|environments/)" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] },
  },
};
