// supabase-management-js, the community's client, works against the sandbox as it does against Supabase.
import { expect, test } from "@playwright/test";
import { SupabaseManagementAPI, SupabaseManagementAPIError } from "supabase-management-js";
import { counted } from "../../support/counted.ts";
import { World } from "../../support/sandbox.ts";
import { ADA, SANDBOX } from "../../support/test.ts";

type Method = (...given: unknown[]) => Promise<{ status: number; data: unknown }>;
type Methods = Record<string, Method>;

const CLIENT = "supabase-management-js";

/** The client, which counts each of its methods that succeeds. */
async function client(options = {}): Promise<[SupabaseManagementAPI, World]> {
  const world = await World.make(SANDBOX(), { coming_up_ms: 300, ...options });
  const api = new SupabaseManagementAPI({ accessToken: world.person(ADA).pat, baseUrl: SANDBOX() });
  const counting = new Proxy(api, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return async (...given: unknown[]) => {
        const answer: unknown = await method.apply(target, given);
        counted(CLIENT, String(name), true);
        return answer;
      };
    },
  });
  return [counting, world];
}

/** Everything that the client offers. */
function offered(api: SupabaseManagementAPI): string[] {
  const methods = api as unknown as Methods;
  const named = [...Object.keys(methods), ...Object.getOwnPropertyNames(Object.getPrototypeOf(api))];
  return named.filter((name) => name !== "constructor" && typeof methods[name] === "function");
}

/** Calls a method, and counts it by whether it answers with `status`, or with any success. */
async function tried(api: SupabaseManagementAPI, name: string, given: unknown[], status?: number): Promise<[wrong: string | undefined, data: unknown]> {
  const answer = await (api as unknown as Methods)[name]!.call(api, ...given).catch((error: unknown) => error as SupabaseManagementAPIError);
  const good = status === undefined ? answer.status >= 200 && answer.status < 300 : answer.status === status;
  counted(CLIENT, name, good);
  return [good ? undefined : `${name}: ${answer.status} ${JSON.stringify(answer.data)}`, answer.data];
}

test("lists, creates and deletes a project", async () => {
  const [api, world] = await client();
  const slug = world.organization("Analytical Engines").slug;
  expect((await api.listAllOrganizations()).data.map((organization) => organization.slug)).toContain(slug);
  const before = (await api.listAllProjects()).data.length;
  const { data: made } = await api.createAProject({
    name: "Scheutz Engine",
    organization_slug: slug,
    db_pass: "correct horse",
    region_selection: { type: "specific", code: "eu-west-1" },
  });
  expect((await api.listAllProjects()).data).toHaveLength(before + 1);
  await expect.poll(async () => (await api.getProject(made.ref)).data.status).toBe("ACTIVE_HEALTHY");
  await api.deleteAProject(made.ref);
  expect((await api.listAllProjects()).data).toHaveLength(before);
});

test("runs SQL and migrations", async () => {
  const [api, world] = await client();
  const { ref } = world.project("Note G");
  await api.applyAMigration(ref, { name: "engines", query: "create table engines (id bigint primary key, name text not null)" });
  await api.runAQuery(ref, { query: "insert into engines values (1, 'Analytical')" });
  const { data } = await api.runAQuery(ref, { query: "select name from engines" });
  expect(data).toEqual([{ name: "Analytical" }]);
  expect((await api.listMigrationHistory(ref)).data.map((migration) => migration.name)).toEqual(["engines"]);
  expect((await api.generateTypescriptTypes(ref)).data.types).toContain("engines: {");
  const wrong = await api.runAQuery(ref, { query: "select * from nothing" }).catch((error: unknown) => error);
  expect(wrong).toBeInstanceOf(SupabaseManagementAPIError);
  expect((wrong as SupabaseManagementAPIError).status).toBe(400);
  expect(JSON.stringify((wrong as SupabaseManagementAPIError).data)).toContain("does not exist");
});

test("deploys, reads and deletes a function", async () => {
  const [api, world] = await client();
  const { ref } = world.project("Note G");
  const source = new File(["Deno.serve(() => new Response('ok'))"], "index.ts");
  // Its types, made from the API document, call files texts; it sends what it is given.
  const file = [source] as unknown as string[];
  await api.deployAFunction(ref, { metadata: { name: "Weave", entrypoint_path: "index.ts" }, file }, { slug: "weave" });
  expect((await api.listAllFunctions(ref)).data.map((found) => found.slug)).toContain("weave");
  expect((await api.getAFunction(ref, "weave")).data.name).toBe("Weave");
  await api.deleteAFunction(ref, "weave");
  expect((await api.listAllFunctions(ref)).data.map((found) => found.slug)).not.toContain("weave");
});

test("branches, compares and merges", async () => {
  const [api, world] = await client();
  const { ref } = world.project("Note G");
  await api.runAQuery(ref, { query: "create table looms (id bigint primary key)" });
  const { data: branch } = await api.createABranch(ref, { branch_name: "cards" });
  expect((await api.listAllBranches(ref)).data.map((found) => found.name)).toContain("cards");
  await expect
    .poll(async () => (await api.listAllBranches(ref)).data.find((found) => found.id === branch.id)?.status)
    .toBe("FUNCTIONS_DEPLOYED");
  await api.runAQuery(branch.project_ref, { query: "alter table looms add column cards int not null default 0" });
  expect((await api.diffABranch(branch.id)).data).toContain("cards");
  await api.mergeABranch(branch.id, {});
  await expect.poll(async () => {
    const columns = "select column_name from information_schema.columns where table_name = 'looms' order by 1";
    return (await api.runAQuery(ref, { query: columns })).data;
  }).toEqual([{ column_name: "cards" }, { column_name: "id" }]);
  await api.deleteABranch(branch.id);
});

// Where the answer is another than 200: SAML is off, there is no add-on for hostnames and no claim token; and bans are asked by POST.
const ANSWERED: Record<string, number> = {
  listAllSsoProvider: 404,
  getHostnameConfig: 400,
  getProjectClaimToken: 404,
  listAllNetworkBans: 201,
  listAllNetworkBansEnriched: 201,
};

/** What reads something of a project and needs nothing but its ref. */
function ofAProject(api: SupabaseManagementAPI): string[] {
  const methods = SupabaseManagementAPI.prototype as unknown as Methods;
  const reads = offered(api).filter((name) => /^(get|list|count|generate)/.test(name) && !/Organization|AllProjects|Regions|Snippet|ABranch|BranchConfig|ActionRun\b|ProjectLogs/.test(name));
  return reads.filter((name) => methods[name]!.length === 2 || /^(getSecurityAdvisors|getProjectUsageApiCount|getProjectApiKeys|listActionRuns|generateTypescriptTypes)$/.test(name));
}

test("every reading method that takes a project alone", async () => {
  const [api, world] = await client();
  const { ref } = world.project("Note G");
  const alone = ofAProject(api);
  expect(alone.length).toBeGreaterThan(40);
  const wrong: string[] = [];
  for (const name of alone) wrong.push(...[(await tried(api, name, [ref], ANSWERED[name] ?? 200))[0] ?? []].flat());
  expect(wrong, wrong.join("\n")).toEqual([]);
});

// What the tests above do with typed calls.
const ABOVE = [
  "listAllOrganizations", "listAllProjects", "createAProject", "getProject", "deleteAProject", "applyAMigration", "runAQuery",
  "listMigrationHistory", "generateTypescriptTypes", "deployAFunction", "listAllFunctions", "getAFunction", "deleteAFunction",
  "createABranch", "listAllBranches", "diffABranch", "mergeABranch", "deleteABranch",
];
// What needs an app and a browser at the consent page: Steward's own sign-in does those, by the same endpoints.
const AT_CONSENT = ["authorizeUser", "exchangeOauthToken", "revokeToken", "oauthAuthorizeProjectClaim", "getOrganizationProjectClaim", "claimProjectForOrganization"];

test("every other method", async () => {
  const [api, world] = await client({ coming_up_ms: 0 });
  const { ref, organization_slug } = world.project("Note G");
  const used = new Set<string>();
  const wrong: string[] = [];
  const go = async (name: string, ...given: unknown[]): Promise<any> => {
    used.add(name);
    const [problem, data] = await tried(api, name, given);
    if (problem) wrong.push(problem);
    return data ?? {};
  };
  const refused = async (status: number, name: string, ...given: unknown[]): Promise<void> => {
    used.add(name);
    const [problem] = await tried(api, name, given, status);
    if (problem) wrong.push(problem);
  };

  // The organization, and what there is of it.
  await go("createAnOrganization", { name: "New Engines" });
  await go("getAnOrganization", organization_slug);
  await go("listOrganizationMembers", organization_slug);
  await go("getAllProjectsForOrganization", organization_slug, { limit: 2 });
  await go("getAvailableRegions", { organization_slug });
  await go("getServicesHealth", ref, { services: ["db", "auth"] });
  await go("updateAProject", ref, { name: "Note G" });

  // Keys.
  const key = await go("createProjectApiKey", ref, { type: "secret", name: "loom" }, { reveal: false });
  await go("getProjectApiKey", ref, key.id, {});
  await go("updateProjectApiKey", ref, key.id, { description: "Woven" }, {});
  await go("deleteProjectApiKey", ref, key.id, {});
  await go("updateProjectLegacyApiKeys", ref, { enabled: true });
  const { keys } = await go("getProjectSigningKeys", ref);
  const signing = keys.find(({ status }: { status: string }) => status === "standby");
  await go("getProjectSigningKey", ref, signing.id);
  await go("updateProjectSigningKey", ref, signing.id, { status: "previously_used" });
  await go("updateProjectSigningKey", ref, signing.id, { status: "revoked" });
  await world.advance(3_600);
  await go("removeProjectSigningKey", ref, signing.id);
  await go("createProjectSigningKey", ref, { algorithm: "ES256" });
  await go("createLegacySigningKey", world.project("Tide Tables").ref);
  await go("updatePgsodiumConfig", ref, { root_key: "a".repeat(64) });
  await go("bulkCreateSecrets", ref, [{ name: "LOOM", value: "woven" }]);
  await go("bulkDeleteSecrets", ref, ["LOOM"]);

  // Who signs in, and how.
  await go("updateAuthServiceConfig", ref, { site_url: "https://engines.example", saml_enabled: true });
  const issuer = await go("createProjectTpaIntegration", ref, { oidc_issuer_url: "https://issuer.example" });
  await go("getProjectTpaIntegration", ref, issuer.id);
  await go("deleteProjectTpaIntegration", ref, issuer.id);
  const metadata_xml = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/one"/>';
  const provider = await go("createASsoProvider", ref, { type: "saml", metadata_xml });
  await go("getASsoProvider", ref, provider.id);
  await go("updateASsoProvider", ref, provider.id, { domains: ["cards.example"] });
  await go("deleteASsoProvider", ref, provider.id);

  // The database: SQL, migrations, access, settings, copies.
  await go("readOnlyQuery", ref, { query: "select 1" });
  const snippets = await go("listAllSnippets", { project_ref: ref });
  await go("getASnippet", snippets.data[0].id);
  await go("applyAMigration", ref, { name: "decks", query: "create table decks (id int primary key)", rollback: "drop table decks" });
  const [{ version }] = await go("listMigrationHistory", ref);
  await go("getAMigration", ref, version);
  await go("patchAMigration", ref, version, { name: "card_decks" });
  await go("rollbackMigrations", ref, { gte: version });
  await go("upsertAMigration", ref, { name: "written", query: "select 1" });
  await go("enableDatabaseWebhook", ref);
  await go("updateDatabasePassword", ref, { password: "correct horse battery" });
  await go("createLoginRole", ref, { read_only: true });
  await go("deleteLoginRoles", ref);
  await go("updateSslEnforcementConfig", ref, { requestedConfig: { database: true } });
  await go("updateJitAccessConfig", ref, { state: "enabled" });
  const user_id = world.person("Grace Hopper").id;
  await go("updateJitAccess", ref, { user_id, roles: [{ role: "postgres" }] });
  await refused(403, "authorizeJitAccess", ref, { role: "no_such_role", rhost: "203.0.113.7" });
  await go("deleteJitAccess", ref, user_id);
  await go("updatePoolerConfig", ref, { default_pool_size: 20 });
  await go("updatePostgresConfig", ref, { max_connections: 90 });
  await go("deleteNetworkBans", ref, { ipv4_addresses: ["203.0.113.7"] });
  await go("updateNetworkRestrictions", ref, { dbAllowedCidrs: ["203.0.113.0/24"], dbAllowedCidrsV6: [] });
  await go("patchNetworkRestrictions", ref, { add: { dbAllowedCidrs: ["198.51.100.0/24"] } });
  await go("createRestorePoint", ref, { name: "before" });
  await go("getRestorePoint", ref, { name: "before" });
  await go("undo", ref, { name: "before" });
  await go("disableReadonlyModeTemporarily", ref);
  await go("setupAReadReplica", ref, { read_replica_region: "eu-west-1" });
  const { projects } = await go("getAllProjectsForOrganization", organization_slug, {});
  type Database = { type: string; identifier: string };
  const databases: Database[] = projects.flatMap(({ databases }: { databases: Database[] }) => databases);
  await go("removeAReadReplica", ref, { database_identifier: databases.find(({ type }) => type === "READ_REPLICA")?.identifier });
  await go("modifyDatabaseDisk", ref, { attributes: { type: "gp3", size_gb: 40, iops: 3_000, throughput_mibps: 125 } });

  // Names, and the settings of what runs beside it.
  await go("applyProjectAddon", ref, { addon_type: "custom_domain", addon_variant: "cd_default" });
  await go("updateHostnameConfig", ref, { custom_hostname: "api.engines.example" });
  await go("verifyDnsConfig", ref);
  await go("verifyDnsConfig", ref);
  await go("activateCustomHostname", ref);
  await go("deleteHostnameConfig", ref);
  await go("removeProjectAddon", ref, "cd_default");
  await go("checkVanitySubdomainAvailability", ref, { vanity_subdomain: "engines" });
  await go("activateVanitySubdomainConfig", ref, { vanity_subdomain: "engines" });
  await go("deactivateVanitySubdomainConfig", ref);
  await go("updateRealtimeConfig", ref, { max_concurrent_users: 300 });
  await go("updatePostgrestServiceConfig", ref, { max_rows: 500 });
  await go("updateStorageConfig", ref, { fileSizeLimit: 1_048_576 });
  await go("shutdownRealtime", ref);

  // Functions and branches.
  await go("createAFunction", ref, { slug: "weave", name: "Weave", body: "Deno.serve(() => new Response('ok'))" });
  await go("updateAFunction", ref, "weave", { name: "Weaver" });
  await go("getAFunctionBody", ref, "weave");
  const [{ id: function_id, ...function_ }] = await go("listAllFunctions", ref);
  await go("bulkUpdateFunctions", ref, [{ ...function_, id: function_id }]);
  await go("getProjectFunctionCombinedStats", ref, { interval: "1hr", function_id });
  const branch = await go("createABranch", ref, { branch_name: "punched" });
  await go("getABranch", ref, "punched");
  await go("getABranchConfig", branch.id);
  await go("updateABranchConfig", branch.id, { branch_name: "cards" });
  await go("pushABranch", branch.id, {});
  await go("resetABranch", branch.id, {});
  const [run] = await go("listActionRuns", branch.project_ref);
  await go("getActionRun", branch.project_ref, run.id);
  await go("getActionRunLogs", branch.project_ref, run.id);
  await refused(400, "updateActionRunStatus", branch.project_ref, run.id, { deploy: "DEAD" });
  await go("deleteABranch", branch.id, { force: false });
  await go("restoreABranch", branch.id);

  // A project's life, and an end of it that can be taken back. The logs of before are gone.
  await refused(410, "getProjectLogs", ref, {});
  const lighthouse = world.project("Lighthouse").ref;
  await go("createProjectClaimToken", ref);
  await go("deleteProjectClaimToken", ref);
  await go("listAvailableRestoreVersions", lighthouse);
  await go("restoreAProject", lighthouse);
  await refused(400, "cancelAProjectRestoration", lighthouse);
  await go("pauseAProject", lighthouse);
  const older = world.project("Difference Engine").ref;
  const { target_upgrade_versions } = await go("getPostgresUpgradeEligibility", older);
  await go("upgradePostgresVersion", older, { target_version: target_upgrade_versions?.at(-1)?.postgres_version });
  await go("getPostgresUpgradeStatus", older, {});
  const loom = world.project("Jacquard Loom").ref;
  await go("applyProjectAddon", loom, { addon_type: "pitr", addon_variant: "pitr_7" });
  await world.advance(7_200);
  const { physical_backup_data: reach } = await go("listAllBackups", loom);
  await go("restorePitrBackup", loom, { recovery_time_target_unix: reach.latest_physical_backup_date_unix - 60 });
  await go("disablePreviewBranching", ref);
  expect(wrong, wrong.join("\n")).toEqual([]);

  const left = offered(api).filter((name) => ![...used, ...ABOVE, ...AT_CONSENT, ...ofAProject(api)].includes(name));
  expect(left, "methods that no test uses").toEqual([]);
});
