// Every page there is, for the suites that look at all of them.
import type { World } from "./sandbox.ts";

export interface Stop {
  /** What the page is called in reports; after a comma, what else it can look like. */
  name: string;
  path: (world: World) => string;
  /** The page's heading. */
  h1: string;
  /** A text that is there only once Supabase has answered. */
  content: (world: World) => string;
  /** The calls that are made for it. */
  calls: string[];
}

/** The demo's organization with the most in it, and a project of it that runs. */
export const ORGANIZATION = "Analytical Engines";
export const PROJECT = "Note G";

const organization = (world: World) => `/organizations/${world.organization(ORGANIZATION).slug}`;
const project = (world: World) => `/projects/${world.project(PROJECT).ref}`;

/** The pages of a signed-in person, in a world like the demo. */
export const PAGES: Stop[] = [
  {
    name: "projects",
    path: () => "/projects",
    h1: "Projects",
    content: () => "Difference Engine",
    calls: ["v1-list-all-projects", "v1-list-all-organizations"],
  },
  {
    name: "projects, as cards",
    path: () => "/projects?view=cards",
    h1: "Projects",
    content: () => "Difference Engine",
    calls: ["v1-list-all-projects", "v1-list-all-organizations"],
  },
  {
    name: "new project",
    path: (world) => `/projects/new?organization=${world.organization(ORGANIZATION).slug}`,
    h1: "New project",
    content: () => "Database password",
    calls: ["v1-list-all-organizations", "v1-get-available-regions"],
  },
  {
    name: "new project, before the organization is chosen",
    path: () => "/projects/new",
    h1: "New project",
    content: () => "Harbour Labs",
    calls: ["v1-list-all-organizations"],
  },
  {
    name: "project overview",
    path: project,
    h1: "Overview",
    content: (world) => `https://${world.project(PROJECT).ref}.supabase.co/rest/v1`,
    calls: [
      "v1-get-project",
      "v1-get-services-health",
      "v1-get-project-usage-api-count",
      "v1-get-project-usage-request-count",
    ],
  },
  {
    name: "project settings",
    path: (world) => `${project(world)}/settings`,
    h1: "Settings",
    content: () => "To confirm, type the name of the project",
    calls: ["v1-get-project"],
  },
  {
    name: "project settings, paused",
    path: (world) => `/projects/${world.project("Lighthouse").ref}/settings`,
    h1: "Settings",
    content: () => "Versions it can be restored with",
    calls: ["v1-get-project", "v1-list-available-restore-versions"],
  },
  {
    name: "organizations",
    path: () => "/organizations",
    h1: "Organizations",
    content: () => ORGANIZATION,
    calls: ["v1-list-all-organizations"],
  },
  {
    name: "new organization",
    path: () => "/organizations/new",
    h1: "New organization",
    content: () => "Create organization",
    calls: [],
  },
  {
    name: "organization overview",
    path: organization,
    h1: "Overview",
    content: () => "With a second factor",
    calls: ["v1-get-an-organization", "v1-list-organization-members", "v1-get-all-projects-for-organization"],
  },
  {
    name: "organization projects",
    path: (world) => `${organization(world)}/projects`,
    h1: "Projects",
    content: () => "Jacquard Loom",
    calls: ["v1-get-all-projects-for-organization"],
  },
  {
    name: "members",
    path: (world) => `${organization(world)}/members`,
    h1: "Members",
    content: () => "katherine@example.com",
    calls: ["v1-list-organization-members"],
  },
  {
    name: "entitlements",
    path: (world) => `${organization(world)}/entitlements`,
    h1: "Entitlements",
    content: () => "Storage: max file size",
    calls: ["v1-get-organization-entitlements"],
  },
  {
    name: "audit",
    path: () => "/audit",
    h1: "Audit",
    // Signing in has made calls already.
    content: () => "All of these calls as a file:",
    calls: ["v1-list-all-projects", "v1-list-all-organizations"],
  },
  {
    name: "sign-ins",
    path: () => "/sessions",
    h1: "Sign-ins",
    content: () => "This one",
    calls: [],
  },
  {
    name: "explorer",
    path: () => "/explorer",
    h1: "API explorer",
    content: () => "List signing keys",
    calls: [],
  },
  {
    name: "explorer, nothing fits",
    path: () => "/explorer?search=nothing-like-this",
    h1: "API explorer",
    content: () => "No operation fits",
    calls: [],
  },
  {
    name: "operation",
    path: (world) => `/explorer/v1-get-services-health?ref=${world.project(PROJECT).ref}`,
    h1: "Get services health",
    content: () => "Not run yet",
    calls: [],
  },
  {
    name: "operation, with a large body",
    path: () => "/explorer/v1-update-auth-service-config",
    h1: "Update auth config",
    content: () => "names that the body may hold",
    calls: [],
  },
  {
    name: "operation, of the sign-in",
    path: () => "/explorer/v1-revoke-token",
    h1: "Revoke token",
    content: () => "It cannot be run from here",
    calls: [],
  },
];
