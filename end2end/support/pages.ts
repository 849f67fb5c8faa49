// Every page there is, for the suites that look at all of them.
import { execFileSync } from "node:child_process";
import type { World } from "./sandbox.ts";
import { BINARY } from "./steward.ts";

/** What the console itself tells of its pages: `steward pages`. */
interface Page {
  /** Such as `/projects/:ref/settings`. */
  route: string;
  title: string;
}

interface Look {
  route: string;
  /** What else the page can look like. */
  as?: string;
  /** Calls that wait for one another, where one round of them is not enough, and why. */
  rounds?: [count: number, why: string];
  /** Why it makes more than six calls, where it does. */
  many?: string;
  /** What stands in the place of `:ref` and the like, in their order. */
  named?: (world: World) => string | string[];
  query?: (world: World) => string;
  /** The page's heading, where it is not the page's title. */
  h1?: string;
  content: (world: World) => string;
  calls: string[];
}

export interface Stop {
  /** What the page is called in reports; after a comma, what else it can look like. */
  name: string;
  path: (world: World) => string;
  /** The page's heading. */
  h1: string;
  /** A text that is there only once Supabase has answered. */
  content: (world: World) => string;
  /** How many rounds of calls wait for one another. */
  rounds: number;
  /** See {@link Look.many}. */
  many?: string;
  /** The calls that are made for it. */
  calls: string[];
}

/** The demo's organization with the most in it, and a project of it that runs. */
export const ORGANIZATION = "Analytical Engines";
export const PROJECT = "Note G";

const organization = (world: World) => world.organization(ORGANIZATION).slug;
const project = (world: World) => world.project(PROJECT).ref;
const hello = (world: World) => [project(world), "hello-world"];
/** A branch of that project. */
export const BRANCH = "carry-lookahead";
const branch = (world: World) => [world.project(PROJECT).ref, world.project(BRANCH).ref];

/** Of the demo, the same in every world: one of that project's webhooks, what it was told last, its log drain, its notebook and a cell. */
const WEBHOOK = "72538dd8-ca35-43e7-895f-279d85c0771b";
const DELIVERY = "c7486767-2655-4ee6-88f7-52000b8d6a78";
const NOTEBOOK = "2abbcace-0fb4-493f-8772-b64cf2a75092";
const CELL = "49ad9628-6029-43ea-88f9-97da208be53d";
const DRAIN = "9e79146d-dc78-4123-8885-466eeff14e9c";

const EACH_PROJECT = "one a project, since the API knows it project by project";
const member = (world: World) => [organization(world), world.person("Katherine Johnson").id];

const LOOKS: Look[] = [
  {
    route: "/projects",
    content: () => "Difference Engine",
    calls: ["v1-list-all-projects", "v1-list-all-organizations"],
  },
  {
    route: "/projects",
    as: "as cards",
    query: () => "view=cards",
    content: () => "Difference Engine",
    calls: ["v1-list-all-projects", "v1-list-all-organizations"],
  },
  {
    route: "/projects/new",
    query: (world) => `organization=${world.organization(ORGANIZATION).slug}`,
    content: () => "Database password",
    calls: ["v1-list-all-organizations", "v1-get-available-regions"],
  },
  {
    route: "/projects/new",
    as: "before the organization is chosen",
    content: () => "Harbour Labs",
    calls: ["v1-list-all-organizations"],
  },
  {
    route: "/projects/:ref",
    many: "each card is what one of them tells, and none of it can be had with another",
    named: project,
    h1: PROJECT,
    content: (world) => `https://${world.project(PROJECT).ref}.supabase.localhost/rest/v1`,
    calls: [
      "v1-get-project",
      "v1-get-services-health",
      "v1-get-project-usage-api-count",
      "v1-get-project-usage-request-count",
      "v1-get-security-advisors",
      "v1-get-performance-advisors",
      "v1-list-all-branches",
      "v1-get-project-legacy-api-keys",
      "v1-list-all-functions",
    ],
  },
  {
    route: "/projects/:ref/settings",
    named: project,
    content: () => "To confirm, type the name of the project",
    calls: ["v1-get-project"],
  },
  {
    route: "/projects/:ref/settings/transfer",
    named: project,
    content: () => "To which organization",
    calls: ["v1-get-project", "v1-list-all-organizations"],
  },
  {
    route: "/projects/:ref/settings/auth",
    named: project,
    content: () => "New people may sign up",
    calls: ["v1-get-auth-service-config"],
  },
  {
    route: "/projects/:ref/settings/ssl",
    named: project,
    content: () => "encrypted connections only",
    calls: ["v1-get-ssl-enforcement-config"],
  },
  {
    route: "/projects/:ref/settings/database",
    named: project,
    content: () => "Shared buffers",
    calls: ["v1-get-postgres-config", "v1-list-project-addons"],
  },
  {
    route: "/projects/:ref/settings/pooler",
    named: project,
    content: () => "A connection is lent for",
    calls: ["v1-get-pooler-config"],
  },
  {
    route: "/projects/:ref/settings/data-api",
    named: project,
    content: () => "Schemas that are shown",
    calls: ["v1-get-postgrest-service-config"],
  },
  {
    route: "/projects/:ref/settings/storage",
    named: project,
    content: () => "Largest file",
    calls: ["v1-get-storage-config", "v1-list-all-buckets"],
  },
  {
    route: "/projects/:ref/settings/realtime",
    named: project,
    content: () => "Private channels only",
    calls: ["v1-get-realtime-config"],
  },
  {
    route: "/projects/:ref/settings/network",
    named: project,
    content: () => "IPv4 ranges",
    calls: ["v1-get-network-restrictions", "v1-list-all-network-bans-enriched"],
  },
  {
    route: "/projects/:ref/settings/hostname",
    named: project,
    content: () => "A custom hostname needs the add-on",
    calls: ["v1-get-hostname-config", "v1-list-project-addons", "v1-get-auth-service-config"],
  },
  {
    route: "/projects/:ref/settings/hostname/vanity",
    named: project,
    content: () => "It answers under its ref",
    calls: ["v1-get-vanity-subdomain-config"],
  },
  {
    route: "/projects/:ref/settings/infrastructure",
    named: project,
    content: () => "Change the disk",
    calls: [
      "v1-list-project-addons",
      "v1-get-database-disk",
      "v1-get-disk-utilization",
      "v1-get-project-disk-autoscale-config",
    ],
  },
  {
    route: "/projects/:ref/settings/infrastructure/add-ons",
    named: project,
    content: () => "All that is on comes to about",
    calls: ["v1-list-project-addons"],
  },
  {
    route: "/projects/:ref/settings/sso",
    named: project,
    content: () => "SAML is off",
    calls: ["v1-list-all-sso-provider"],
  },
  {
    route: "/projects/:ref/settings/sso/new",
    named: project,
    content: () => "Address of the metadata",
    calls: [],
  },
  {
    route: "/projects/:ref/settings/third-party",
    named: project,
    content: () => "No other issuer is trusted",
    calls: ["v1-list-project-tpa-integrations"],
  },
  {
    route: "/projects/:ref/settings/jit",
    named: project,
    content: () => "Nobody has access",
    calls: [
      "v1-get-jit-access-config",
      "v1-list-jit-access",
      "v1-get-jit-access",
      "v1-list-organization-members",
    ],
  },
  {
    route: "/projects/:ref/settings/jit/grant",
    named: project,
    content: () => "Look at it",
    calls: ["v1-list-jit-access", "v1-list-organization-members"],
  },
  {
    route: "/projects/:ref/settings/encryption-key",
    named: project,
    content: () => "New root key",
    calls: [],
  },
  {
    route: "/projects/:ref/settings/read-only",
    named: project,
    content: () => "Writes are taken",
    calls: ["v1-get-readonly-mode-status", "v1-get-disk-utilization"],
  },
  {
    route: "/projects/:ref/settings/pooler/pgbouncer",
    named: project,
    content: () => "server_lifetime",
    calls: ["v1-get-project-pgbouncer-config"],
  },
  {
    route: "/projects/:ref/settings/claim-token",
    named: project,
    content: () => "No claim token",
    calls: ["v1-get-project-claim-token"],
  },
  {
    route: "/drift",
    content: () => "No baseline",
    calls: ["v1-list-all-projects"],
  },
  {
    route: "/projects/:ref/drift",
    named: project,
    content: () => "Keep as it is now",
    calls: [],
  },
  {
    route: "/bulk-change",
    content: () => "Which configuration",
    calls: [],
  },
  {
    route: "/compare",
    content: () => "Choose two projects",
    calls: ["v1-list-all-projects"],
  },
  {
    route: "/projects/:ref/configuration",
    named: project,
    content: () => "As TOML",
    calls: [],
  },
  {
    route: "/projects/:ref/compare",
    named: project,
    content: () => "Choose a project",
    calls: ["v1-list-all-projects", "v1-list-all-branches"],
  },
  {
    route: "/projects/:ref/compare",
    as: "with another project",
    rounds: [2, "a person has 24 calls under way, and these are a few more"],
    many: "each configuration of both projects is a call of its own, and so are secrets, functions and keys",
    named: project,
    query: (world) => `with=${world.project("Difference Engine").ref}`,
    content: () => "Nothing differs in",
    calls: [
      "v1-list-all-projects",
      "v1-list-all-branches",
      "v1-get-auth-service-config",
      "v1-get-postgres-config",
      "v1-get-pooler-config",
      "v1-get-ssl-enforcement-config",
      "v1-get-network-restrictions",
      "v1-get-postgrest-service-config",
      "v1-get-storage-config",
      "v1-get-realtime-config",
      "v1-list-all-secrets",
      "v1-list-all-functions",
      "v1-get-project-api-keys",
      "v1-get-project-legacy-api-keys",
      "v1-get-project-signing-keys",
    ],
  },
  {
    route: "/projects/:ref/settings",
    as: "paused",
    named: (world) => world.project("Lighthouse").ref,
    content: () => "Versions it can be restored with",
    calls: ["v1-get-project", "v1-list-available-restore-versions"],
  },
  {
    route: "/projects/:ref/branches",
    named: project,
    content: () => "carry-lookahead",
    calls: ["v1-list-all-branches", "v1-list-action-runs", "v1-get-project"],
  },
  {
    route: "/projects/:ref/branches",
    as: "turned off",
    named: (world) => world.project("Difference Engine").ref,
    content: () => "Branching is off",
    calls: ["v1-list-all-branches", "v1-list-action-runs", "v1-get-project"],
  },
  {
    route: "/projects/:ref/branches/new",
    named: project,
    content: () => "Where production stands (us-east-1)",
    calls: ["v1-get-project", "v1-list-all-branches", "v1-get-available-regions"],
  },
  {
    route: "/projects/:ref/branches/new-sized",
    named: project,
    content: () => "Disk in GB",
    calls: [],
  },
  {
    route: "/projects/:ref/branches/:branch",
    named: branch,
    h1: BRANCH,
    content: (world) => `db.${world.project(BRANCH).ref}.supabase.localhost`,
    calls: ["v1-list-all-branches", "v1-get-a-branch-config", "v1-list-action-runs", "v1-list-migration-history"],
  },
  {
    route: "/projects/:ref/branches/:branch/changes",
    many: "a merge carries schema, migrations and functions of both sides over, and a reset loses rows",
    named: branch,
    h1: BRANCH,
    content: () => "Reset the branch",
    calls: [
      "v1-list-all-branches",
      "v1-diff-a-branch",
      "v1-list-migration-history",
      "v1-list-all-functions",
      "v1-list-action-runs",
      "v1-read-only-query",
    ],
  },
  {
    route: "/projects/:ref/branches/:branch/runs",
    named: branch,
    h1: BRANCH,
    content: () => "Passed",
    calls: ["v1-list-all-branches", "v1-list-action-runs", "v1-count-action-runs"],
  },
  {
    route: "/projects/:ref/branches/:branch/settings",
    named: branch,
    h1: BRANCH,
    content: () => "Ask for a review",
    calls: ["v1-list-all-branches"],
  },
  {
    route: "/projects/:ref/network-bans",
    named: project,
    content: () => "Lift the ban",
    calls: ["v1-list-all-network-bans-enriched"],
  },
  {
    route: "/projects/:ref/secrets",
    named: project,
    content: () => "LOOM_WEBHOOK_SECRET",
    calls: ["v1-list-all-secrets"],
  },
  {
    route: "/projects/:ref/secrets",
    as: "none",
    named: (world) => world.project("Harbour Sketches").ref,
    content: () => "No secrets yet",
    calls: ["v1-list-all-secrets"],
  },
  {
    route: "/projects/:ref/secrets/add",
    named: project,
    content: () => "Content of a .env file",
    calls: [],
  },
  {
    route: "/projects/:ref/secrets/delete",
    named: project,
    query: () => "name=STRIPE_SECRET_KEY&name=SENTRY_DSN",
    content: () => "Delete 2 secrets",
    calls: ["v1-list-all-secrets"],
  },
  {
    route: "/projects/:ref/keys",
    named: project,
    content: () => "note_printer",
    calls: [
      "v1-get-project-api-keys",
      "v1-get-project-legacy-api-keys",
      "v1-get-project-signing-keys",
      "v1-list-all-functions",
    ],
  },
  {
    route: "/projects/:ref/sql",
    named: project,
    content: () => "Nothing was run yet",
    calls: [],
  },
  {
    route: "/projects/:ref/sql",
    as: "saved statements",
    named: project,
    query: () => "ready=sizes",
    content: () => "Saved in Supabase",
    calls: ["v1-list-all-snippets"],
  },
  {
    route: "/projects/:ref/sql",
    as: "tables",
    named: project,
    query: () => "side=schema",
    content: () => "supabase_migrations",
    calls: ["v1-read-only-query"],
  },
  {
    route: "/projects/:ref/logs",
    named: project,
    content: () => "at most in a minute",
    calls: ["v1-get-project-logs"],
  },
  {
    route: "/projects/:ref/logs/query",
    named: project,
    query: () => "view=errors&range=24h",
    content: () => "/rest/v1/",
    calls: ["v1-get-project-logs"],
  },
  {
    route: "/projects/:ref/keys/new",
    named: project,
    content: () => "JWT template",
    calls: [],
  },
  {
    route: "/projects/:ref/keys/signing",
    named: (world) => world.project("Difference Engine").ref,
    content: () => "Made of the legacy JWT secret",
    calls: [
      "v1-get-project-signing-keys",
      "v1-get-legacy-signing-key",
      "v1-get-project-legacy-api-keys",
      "v1-get-auth-service-config",
      "v1-list-all-functions",
    ],
  },
  {
    route: "/projects/:ref/keys/signing",
    as: "none",
    named: (world) => world.project("Tide Tables").ref,
    content: () => "No signing key yet",
    calls: [
      "v1-get-project-signing-keys",
      "v1-get-legacy-signing-key",
      "v1-get-project-legacy-api-keys",
      "v1-get-auth-service-config",
      "v1-list-all-functions",
    ],
  },
  {
    route: "/projects/:ref/keys/signing/new",
    named: project,
    content: () => "Import a private key",
    calls: ["v1-get-project-signing-keys", "v1-get-legacy-signing-key"],
  },
  {
    route: "/projects/:ref/migrations",
    named: project,
    content: () => "No migration yet",
    calls: ["v1-list-migration-history"],
  },
  {
    route: "/projects/:ref/migrations/new",
    named: project,
    content: () => "Apply the migration",
    calls: [],
  },
  {
    route: "/projects/:ref/migrations/folder",
    named: project,
    content: () => "Nothing runs yet",
    calls: [],
  },
  {
    route: "/projects/:ref/migrations/compare",
    named: project,
    content: () => "Choose a project or a branch",
    calls: ["v1-list-all-projects", "v1-list-all-branches"],
  },
  {
    route: "/projects/:ref/backups",
    named: project,
    content: () => "Daily backups",
    calls: ["v1-get-project", "v1-list-all-backups", "v1-get-backup-schedule", "v1-get-restore-point"],
  },
  {
    route: "/projects/:ref/database",
    named: project,
    content: () => "Shared pooler, by transaction",
    calls: ["v1-get-project", "v1-get-pooler-config"],
  },
  {
    route: "/projects/:ref/database/types",
    named: project,
    content: () => "database.types.ts",
    calls: ["v1-generate-typescript-types", "v1-get-database-metadata"],
  },
  {
    route: "/projects/:ref/database/data-api",
    named: project,
    content: () => "Nothing is offered",
    calls: ["v1-get-database-openapi"],
  },
  {
    route: "/projects/:ref/database/schema",
    named: project,
    content: () => "Supabase\u2019s own schemas",
    calls: ["v1-read-only-query"],
  },
  {
    route: "/projects/:ref/database/relations",
    named: project,
    content: () => "The same as a list",
    calls: ["v1-read-only-query"],
  },
  {
    route: "/projects/:ref/advisors",
    named: project,
    content: () => "Accepted",
    calls: ["v1-get-security-advisors", "v1-get-performance-advisors", "v2-run-project-advisors"],
  },
  {
    route: "/advisors",
    content: () => "Difference Engine",
    many: "two a project, since the API knows it project by project",
    calls: [
      "v1-list-all-projects",
      ...Array.from({ length: 6 }, () => ["v1-get-security-advisors", "v1-get-performance-advisors"]).flat(),
    ],
  },
  {
    route: "/projects/:ref/infrastructure",
    named: project,
    content: () => "North Virginia",
    calls: [
      "v2-list-organization-projects",
      "v1-list-project-addons",
      "v1-get-database-disk",
      "v1-get-disk-utilization",
      "v1-get-project-disk-autoscale-config",
    ],
  },
  {
    route: "/projects/:ref/infrastructure/upgrade",
    named: project,
    content: () => "The newest version runs",
    calls: ["v1-get-postgres-upgrade-eligibility", "v1-get-postgres-upgrade-status", "v1-list-all-backups"],
  },
  {
    route: "/versions",
    content: () => "Difference Engine",
    many: EACH_PROJECT,
    calls: [
      "v1-list-all-projects",
      ...Array.from({ length: 6 }, () => "v1-get-postgres-upgrade-eligibility"),
    ],
  },
  {
    route: "/backups",
    content: () => "Difference Engine",
    many: EACH_PROJECT,
    calls: ["v1-list-all-projects", ...Array.from({ length: 6 }, () => "v1-list-all-backups")],
  },
  {
    route: "/keys",
    many: "three a project that runs, since the API knows keys project by project; of more than seven projects they take another round, since 24 are made at once for a person",
    content: () => "Nothing to do",
    calls: [
      "v1-list-all-projects",
      ...Array.from({ length: 6 }, () => [
        "v1-get-project-api-keys",
        "v1-get-project-legacy-api-keys",
        "v1-get-project-signing-keys",
      ]).flat(),
    ],
  },
  {
    route: "/secrets",
    many: EACH_PROJECT,
    h1: "Secrets across projects",
    content: () => "STRIPE_SECRET_KEY",
    calls: ["v1-list-all-projects", ...Array.from({ length: 12 }, () => "v1-list-all-secrets")],
  },
  {
    route: "/secrets/change",
    many: EACH_PROJECT,
    query: () => "name=STRIPE_SECRET_KEY",
    content: () => "Another value here",
    calls: ["v1-list-all-projects", ...Array.from({ length: 12 }, () => "v1-list-all-secrets")],
  },
  {
    route: "/secrets/delete",
    many: EACH_PROJECT,
    query: () => "name=STRIPE_SECRET_KEY",
    content: () => "Loses",
    calls: ["v1-list-all-projects", ...Array.from({ length: 12 }, () => "v1-list-all-secrets")],
  },
  {
    route: "/projects/:ref/functions",
    named: project,
    content: () => "hello-world",
    calls: ["v1-list-all-functions", "v1-get-project-logs", "v1-get-organization-entitlements"],
  },
  {
    route: "/projects/:ref/functions",
    as: "without any",
    named: (world) => world.project("Mill & Store").ref,
    content: () => "No function yet",
    calls: ["v1-list-all-functions", "v1-get-project-logs", "v1-get-organization-entitlements"],
  },
  {
    route: "/projects/:ref/function-changes",
    named: project,
    query: () => "slug=hello-world",
    content: () => "Name of hello-world",
    calls: ["v1-list-all-functions"],
  },
  {
    route: "/projects/:ref/function-deletion",
    named: project,
    query: () => "slug=hello-world",
    content: () => "Review",
    calls: ["v1-list-all-functions"],
  },
  {
    route: "/projects/:ref/function-copies",
    named: project,
    query: () => "slug=hello-world",
    content: () => "Where to",
    calls: ["v1-list-all-projects"],
  },
  {
    route: "/projects/:ref/functions/new",
    named: project,
    content: () => "The plan allows",
    calls: ["v1-get-organization-entitlements"],
  },
  {
    route: "/projects/:ref/functions/:slug",
    rounds: [2, "its numbers need its id, which its facts tell where nothing has before"],
    named: hello,
    h1: "hello-world",
    content: () => "Latest in the log",
    calls: ["v1-get-a-function", "v1-get-project-function-combined-stats", "v1-get-project-logs"],
  },
  {
    route: "/projects/:ref/functions/:slug/source",
    named: hello,
    h1: "hello-world",
    content: () => "The plan allows",
    calls: ["v1-get-a-function", "v1-get-a-function-body", "v1-get-organization-entitlements"],
  },
  {
    route: "/projects/:ref/functions/:slug/settings",
    named: hello,
    h1: "hello-world",
    content: () => "Check JWTs",
    calls: ["v1-get-a-function"],
  },
  {
    route: "/projects/:ref/functions/:slug/everywhere",
    many: EACH_PROJECT,
    named: hello,
    h1: "hello-world",
    content: () => "This one",
    calls: ["v1-list-all-projects", ...Array.from({ length: 6 }, () => "v1-get-a-function")],
  },
  {
    route: "/projects/:ref/webhooks",
    named: project,
    content: () => "Tells the operators\u2019 channel",
    calls: ["v2-projects-ref-webhooks-endpoints-get"],
  },
  {
    route: "/projects/:ref/webhooks",
    as: "none",
    named: (world) => world.project("Difference Engine").ref,
    content: () => "No webhook yet",
    calls: ["v2-projects-ref-webhooks-endpoints-get"],
  },
  {
    route: "/projects/:ref/webhooks/new",
    named: project,
    content: () => "Signing secret",
    calls: [],
  },
  {
    route: "/projects/:ref/webhooks/:webhook",
    named: (world) => [project(world), WEBHOOK],
    query: () => `delivery=${DELIVERY}`,
    content: () => "What was reported",
    calls: [
      "v2-projects-ref-webhooks-endpoints-id-get",
      "v2-projects-ref-webhooks-endpoints-id-deliveries-get",
      "v2-projects-ref-webhooks-deliveries-id-get",
    ],
  },
  {
    route: "/projects/:ref/log-drains",
    named: project,
    content: () => "Kept for a year, for the auditors",
    calls: ["v2-list-log-drains"],
  },
  {
    route: "/projects/:ref/log-drains/new",
    named: project,
    query: () => "kind=syslog",
    content: () => "Key that messages are encrypted with",
    calls: [],
  },
  {
    route: "/projects/:ref/log-drains/:drain",
    named: (world) => [project(world), DRAIN],
    content: () => "note-g-logs",
    calls: ["v2-list-log-drains"],
  },
  {
    route: "/projects/:ref/metrics",
    named: project,
    query: () => "metric=connection_stats_connection_count",
    content: () => "Against the largest",
    calls: ["v1-scrape-project-metrics"],
  },
  {
    route: "/projects/:ref/usage",
    many: "each part is what one of them tells, and none of it can be had with another",
    named: project,
    content: () => "What fills up",
    calls: [
      "v1-get-services-health",
      "v1-get-project-usage-api-count",
      "v1-get-project-usage-request-count",
      "v1-get-project-logs",
      "v1-list-all-functions",
      "v1-get-disk-utilization",
      "v1-scrape-project-metrics",
    ],
  },
  {
    route: "/projects/:ref/notebooks",
    named: project,
    content: () => "Monday morning",
    calls: ["v2-list-notebooks"],
  },
  {
    route: "/projects/:ref/notebooks/new",
    named: project,
    content: () => "Everybody who reaches the project sees it",
    calls: [],
  },
  {
    route: "/projects/:ref/notebooks/:notebook",
    rounds: [2, "what a cell asks stands in the notebook, so it is run once that is read"],
    named: (world) => [project(world), NOTEBOOK],
    query: () => `run=${CELL}`,
    content: () => "Tables by schema",
    calls: ["v2-get-notebook", "v1-read-only-query"],
  },
  {
    route: "/projects/:ref/notebooks/:notebook/edit",
    named: (world) => [project(world), NOTEBOOK],
    content: () => "A new cell",
    calls: ["v2-get-notebook"],
  },
  {
    route: "/projects/:ref/private-link",
    named: project,
    content: () => "No account at AWS",
    calls: ["v2-list-private-link-associations"],
  },
  {
    route: "/projects/:ref/compute",
    named: (world) => world.project("Mill & Store").ref,
    content: () => "2 of 2 ready",
    calls: ["v2-list-all-compute-instances"],
  },
  {
    route: "/projects/:ref/compute/new",
    named: (world) => world.project("Mill & Store").ref,
    query: () => "name=resizer",
    content: () => "How resizer is to run",
    calls: [],
  },
  {
    route: "/projects/:ref/compute/:name",
    named: (world) => [world.project("Mill & Store").ref, "mailer"],
    h1: "mailer",
    content: () => "Take the program away",
    calls: ["v2-get-a-compute-instance"],
  },
  {
    route: "/projects/:ref/settings/in-force",
    named: project,
    content: () => "mailer_otp_exp",
    calls: ["v2-get-project-config"],
  },
  {
    route: "/organizations",
    content: () => ORGANIZATION,
    calls: ["v1-list-all-organizations"],
  },
  {
    route: "/organizations/new",
    content: () => "Create organization",
    calls: [],
  },
  {
    route: "/organizations/:slug",
    named: organization,
    h1: ORGANIZATION,
    content: () => "Second factor",
    calls: [
      "v1-get-an-organization",
      "v1-list-organization-members",
      "v1-get-all-projects-for-organization",
      "v1-list-all-projects",
      "v2-list-organization-github-connections",
      "v2-list-organization-maintenance-windows",
    ],
  },
  {
    route: "/organizations/:slug/projects",
    named: organization,
    content: () => "Jacquard Loom",
    calls: ["v1-get-all-projects-for-organization"],
  },
  {
    route: "/organizations/:slug/members",
    named: organization,
    content: () => "katherine@example.com",
    calls: ["v2-list-organization-members", "v2-list-organization-roles"],
  },
  {
    route: "/organizations/:slug/members/invite",
    named: organization,
    content: () => "Who, and as what",
    calls: ["v2-list-organization-members", "v2-list-organization-projects", "v2-list-organization-roles"],
  },
  {
    route: "/organizations/:slug/members/report",
    named: organization,
    content: () => "Who may do what in which project",
    calls: ["v2-list-organization-members", "v2-list-organization-projects"],
  },
  {
    route: "/organizations/:slug/members/:member",
    named: member,
    content: () => "Another role",
    calls: ["v2-list-organization-members", "v2-list-organization-projects", "v2-list-organization-roles"],
  },
  {
    route: "/organizations/:slug/estate",
    named: organization,
    content: () => "Note G",
    calls: [
      "v2-list-organization-projects",
      "v2-list-organization-github-connections",
      "v2-list-organization-maintenance-windows",
    ],
  },
  {
    route: "/organizations/:slug/webhooks",
    named: organization,
    content: () => "Who comes and goes, for the accounts department",
    calls: ["v2-organizations-slug-webhooks-endpoints-get", "v1-get-an-organization"],
  },
  {
    route: "/organizations/:slug/claim",
    named: organization,
    content: () => "By its claim token",
    calls: [],
  },
  {
    route: "/organizations/:slug/entitlements",
    named: organization,
    content: () => "Storage: max file size",
    calls: ["v1-get-organization-entitlements"],
  },
  {
    route: "/audit",
    // Signing in has made calls already.
    content: () => "All of these calls as a file:",
    calls: ["v1-list-all-projects", "v1-list-all-organizations"],
  },
  {
    route: "/connections",
    content: () => "OAuth grant",
    calls: [],
  },
  {
    route: "/sessions",
    content: () => "This one",
    calls: [],
  },
  {
    route: "/explorer",
    content: () => "List signing keys",
    calls: [],
  },
  {
    route: "/explorer",
    as: "nothing fits",
    query: () => "search=nothing-like-this",
    content: () => "No operation fits",
    calls: [],
  },
  {
    route: "/explorer/:operation",
    named: () => "v1-get-services-health",
    query: (world) => `ref=${world.project(PROJECT).ref}`,
    h1: "Get services health",
    content: () => "Not run yet",
    calls: [],
  },
  {
    route: "/explorer/:operation",
    as: "with a large body",
    named: () => "v1-update-auth-service-config",
    h1: "Update auth config",
    content: () => "names that the body may hold",
    calls: [],
  },
  {
    route: "/explorer/:operation",
    as: "of the sign-in",
    named: () => "v1-revoke-token",
    h1: "Revoke token",
    content: () => "It cannot be run from here",
    calls: [],
  },
  {
    route: "/find",
    query: () => "q=note",
    content: (world) => project(world),
    // The lists have passed by before.
    calls: [],
  },
];

/**
 * Pages of what only comes to be, which their own specs look at: of a call, a run, a migration, an API key, and whoever vouches for people;
 * and those of an organization's webhooks, which are drawn by what draws a project's.
 */
const SEEN_ELSEWHERE = [
  "/audit/:id",
  "/projects/:ref/database/schema/table",
  "/projects/:ref/advisors/finding",
  "/organizations/:slug/webhooks/:webhook",
  "/organizations/:slug/webhooks/new",
  "/projects/:ref/branches/:branch/runs/:run",
  "/projects/:ref/keys/:key",
  "/projects/:ref/migrations/:version",
  "/projects/:ref/migrations/:version/rollback",
  "/projects/:ref/settings/sso/:provider",
  "/projects/:ref/settings/third-party/:issuer",
];

const ALL: Page[] = JSON.parse(execFileSync(BINARY, ["pages"], { encoding: "utf8" }));

/** What the page is one of, in words: of a project, or of one thing in it. */
function inside(route: string): string {
  const things = [...route.matchAll(/\/(\w+)\/:\w+/g)].map(([, area]) => area!);
  // A thing's own page is one of what holds it.
  if (things.length > 1 && /:\w+$/.test(route)) things.pop();
  const words: Record<string, string> = { branches: "branch ", functions: "function ", organizations: "organization ", projects: "project " };
  return words[things.at(-1) ?? ""] ?? "";
}

function stop(look: Look): Stop {
  const page = ALL.find(({ route }) => route === look.route);
  if (!page) throw new Error(`The console has no page ${look.route}.`);
  return {
    name: inside(page.route) + page.title.toLowerCase() + (look.as ? `, ${look.as}` : ""),
    path: (world) => {
      const named = [look.named?.(world) ?? []].flat();
      const path = page.route.replace(/:\w+/g, () => named.shift()!);
      return look.query ? `${path}?${look.query(world)}` : path;
    },
    h1: look.h1 ?? page.title,
    content: look.content,
    rounds: look.rounds?.[0] ?? 1,
    many: look.many,
    calls: look.calls,
  };
}

/** The pages of a signed-in person, in a world like the demo. */
export const PAGES: Stop[] = LOOKS.map(stop);

const looked = [...LOOKS.map(({ route }) => route), ...SEEN_ELSEWHERE];
const forgotten = ALL.filter(({ route }) => !looked.includes(route));
if (forgotten.length) throw new Error(`No suite looks at ${forgotten.map(({ route }) => route).join(", ")}.`);
