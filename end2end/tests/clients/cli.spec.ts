// Supabase's official CLI, as a person or a pipeline runs it, with its API address set to the sandbox: every command of a
// remote project that asks the Management API. Not here: what connects to the database itself (db diff, dump, lint, pull, push,
// reset; migration; inspect; seed; test; pull), what asks the project's own services (storage) or the internet's DNS (domains
// create), and what needs a browser (login).
import { expect, test } from "@playwright/test";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { counted } from "../../support/counted.ts";
import { World } from "../../support/sandbox.ts";
import { ADA, SANDBOX } from "../../support/test.ts";

// What the npm package `supabase` installs on this platform: it is a script around this one program.
const CLI = path.resolve(import.meta.dirname, "../../node_modules/@supabase/cli-linux-x64/bin/supabase");

const ROOT_KEY = "0123456789abcdef".repeat(4);

/** A command line that must succeed, and a text of what it prints; or one that the service refuses, and the refusal. */
type Step = [command: string[], says: RegExp] | [command: string[], says: RegExp, refused: true];

/** What a command printed, and whether it succeeded. */
function run(world: World, place: string, command: string[]): Promise<{ printed: string; failed: boolean }> {
  const profile = path.join(place, "profile.yaml");
  const all = [...command, "--profile", profile, "--workdir", place, "--yes"];
  // Nothing of the person's own configuration, and nothing told to anybody.
  const env = { PATH: process.env.PATH!, HOME: place, SUPABASE_ACCESS_TOKEN: world.person(ADA).pat, SUPABASE_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", CI: "1" };
  return new Promise((resolve) => {
    const child = execFile(CLI, all, { env, timeout: 30_000 }, (error, out, problem) => resolve({ printed: out + problem, failed: Boolean(error) }));
    // The one thing that is asked for though all questions are answered.
    child.stdin?.end(command.includes("update-root-key") ? ROOT_KEY : "");
  });
}

async function place(world: World): Promise<string> {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), "steward-cli-"));
  const profile = ["name: sandbox", `api_url: ${SANDBOX()}`, `dashboard_url: ${SANDBOX()}`, "project_host: supabase.example"];
  fs.writeFileSync(path.join(place, "profile.yaml"), profile.join("\n"));
  fs.mkdirSync(path.join(place, "supabase/functions/weave"), { recursive: true });
  fs.writeFileSync(path.join(place, "supabase/functions/weave/index.ts"), "Deno.serve(() => new Response('ok'))");
  fs.writeFileSync(path.join(place, "supabase/config.toml"), `project_id = "${world.project("Note G").ref}"\n`);
  return place;
}

/** Runs them one after the other. */
async function all(steps: (world: World) => Step[] | Promise<Step[]>): Promise<void> {
  const world = await World.make(SANDBOX(), { coming_up_ms: 0 });
  const at = await place(world);
  const wrong: string[] = [];
  for (const [command, says, refused] of await steps(world)) {
    const { printed, failed } = await run(world, at, command);
    const good = failed === Boolean(refused) && says.test(printed);
    counted("supabase CLI", named(command), good);
    if (!good) wrong.push(`supabase ${command.join(" ")}\n${printed}`);
  }
  fs.rmSync(at, { recursive: true });
  expect(wrong, wrong.join("\n\n")).toEqual([]);
}

/** The command without what it is given: `sso add`, `link`. */
function named(command: string[]): string {
  return command.slice(0, 2).filter((word) => !word.startsWith("-")).join(" ");
}

test.setTimeout(180_000);
test.skip(!fs.existsSync(CLI), "The official CLI is pinned for Linux on x64 only, and is not installed here.");

test("projects, organizations, keys, secrets and functions", () =>
  all((world) => {
    const { ref } = world.project("Note G");
    const of = ["--project-ref", ref];
    const { slug } = world.organization("Analytical Engines");
    return [
      [["whoami"], /ada/i],
      [["orgs", "list"], /Analytical Engines/],
      [["orgs", "create", "New Engines"], /New Engines/],
      [["projects", "list"], new RegExp(ref)],
      [["projects", "create", "Scheutz Engine", "--org-id", slug, "--db-password", "correct horse", "--region", "eu-west-1"], /Scheutz Engine/],
      [["projects", "api-keys", ...of], /anon/],
      [["link", ...of], /Finished supabase link/],
      [["secrets", "set", "LOOM=woven", ...of], /./],
      [["secrets", "list", ...of], /LOOM/],
      [["secrets", "unset", "LOOM", ...of], /./],
      [["functions", "deploy", "weave", "--use-api", ...of], /weave/],
      [["functions", "list", ...of], /weave/],
      [["functions", "download", "weave", "--use-api", ...of], /weave/],
      [["functions", "delete", "weave", ...of], /weave/],
      [["notebooks", "pull", ...of], /./],
      [["notebooks", "push", ...of], /./],
      [["snippets", "list", ...of], /./],
    ];
  }));

test("branches, the database's reads, and logs", () =>
  all((world) => {
    const { ref } = world.project("Note G");
    const of = ["--project-ref", ref];
    return [
      [["link", ...of], /Finished supabase link/],
      [["branches", "create", "cards", ...of], /cards/],
      [["branches", "list", ...of], /cards/],
      [["branches", "get", "cards", ...of], /./],
      [["branches", "update", "cards", "--name", "punched", ...of], /punched/],
      [["branches", "pause", "punched", ...of], /./],
      [["branches", "unpause", "punched", ...of], /./],
      [["branches", "delete", "punched", ...of], /./],
      [["db", "query", "select 41 + 1 as answer", "--linked"], /42/],
      [["db", "advisors", "--linked"], /./],
      [["gen", "types", "typescript", "--project-id", ref], /export type Database/],
      [["backups", "list", "--project-ref", world.project("Difference Engine").ref], /./],
      [["logs", "--remote", "--service", "postgres", "--since", "30m", "--output-format", "json"], /event_message/],
      [["config", "diff", ...of], /./],
      [["config", "pull", ...of], /./],
      [["config", "push", ...of], /./],
    ];
  }));

test("network, domains, sign-on and keys of encryption", () =>
  all((world) => {
    const of = ["--project-ref", world.project("Note G").ref, "--experimental"];
    return [
      [["ssl-enforcement", "get", ...of], /SSL/],
      [["ssl-enforcement", "update", "--enable-db-ssl-enforcement", ...of], /SSL/],
      [["network-bans", "get", ...of], /./],
      [["network-bans", "remove", "--db-unban-ip", "203.0.113.7", ...of], /./],
      [["network-restrictions", "get", ...of], /./],
      [["network-restrictions", "update", "--db-allow-cidr", "203.0.113.0/24", ...of], /203\.0\.113\.0/],
      [["postgres-config", "get", ...of], /./],
      [["postgres-config", "update", "--config", "max_connections=90", ...of], /90/],
      [["postgres-config", "delete", "--config", "max_connections", ...of], /./],
      // It takes an add-on that this project does not have.
      [["domains", "get", ...of], /not allowed to set up custom domain/, true],
      [["vanity-subdomains", "get", ...of], /./],
      [["vanity-subdomains", "check-availability", "--desired-subdomain", "engines", ...of], /./],
      [["vanity-subdomains", "activate", "--desired-subdomain", "engines", ...of], /engines/],
      [["vanity-subdomains", "delete", ...of], /./],
      [["sso", "info", ...of], /saml/i],
      // SAML is off.
      [["sso", "list", ...of], /SAML 2\.0 support is not enabled/, true],
      [["encryption", "get-root-key", ...of], /[0-9a-f]{64}/],
    ];
  }));

test("a custom domain, an identity provider, a new root key, and what is deleted or put back", () =>
  all(async (world) => {
    const { ref } = world.project("Note G");
    const of = ["--project-ref", ref, "--experimental"];
    await world.upstream("PATCH", `/v1/projects/${ref}/billing/addons`, { addon_type: "custom_domain", addon_variant: "cd_default" });
    await world.upstream("POST", `/v1/projects/${ref}/custom-hostname/initialize`, { custom_hostname: "engines.example.com" });
    await world.upstream("PATCH", `/v1/projects/${ref}/config/auth`, { saml_enabled: true });
    const metadata_xml = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/one"/>';
    const { id } = await world.upstream<{ id: string }>("POST", `/v1/projects/${ref}/config/auth/sso/providers`, { type: "saml", metadata_xml });
    const { data } = await world.upstream<{ data: { id: string }[] }>("GET", `/v1/snippets?project_ref=${ref}`);
    const physical = world.project("Difference Engine").ref;
    await world.upstream("PATCH", `/v1/projects/${physical}/billing/addons`, { addon_type: "pitr", addon_variant: "pitr_7" });
    await world.advance(7_200);
    type Reach = { physical_backup_data: { latest_physical_backup_date_unix: number } };
    const { physical_backup_data: reach } = await world.upstream<Reach>("GET", `/v1/projects/${physical}/database/backups`);
    const moment = reach.latest_physical_backup_date_unix - 60;
    return [
      [["domains", "get", ...of], /engines\.example\.com/],
      [["domains", "reverify", ...of], /./],
      [["domains", "reverify", ...of], /./],
      [["domains", "activate", ...of], /./],
      [["domains", "delete", ...of], /./],
      [["sso", "add", "--type", "saml", "--metadata-url", "https://idp.example/two", "--skip-url-validation", "--domains", "looms.example", ...of], /looms\.example/],
      [["sso", "list", ...of], /looms\.example/],
      [["sso", "show", id, ...of], new RegExp(id)],
      [["sso", "update", id, "--domains", "cards.example", ...of], /cards\.example/],
      [["sso", "remove", id, ...of], /./],
      [["encryption", "update-root-key", ...of], /./],
      [["snippets", "download", data[0]!.id, "--project-ref", ref], /select/],
      [["backups", "restore", "--timestamp", String(moment), "--project-ref", physical], /./],
      [["projects", "delete", world.project("Lighthouse").ref], /Lighthouse|Deleted/i],
    ];
  }));
