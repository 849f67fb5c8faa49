// supabase-management-js, the community's client, works against the sandbox as it does against Supabase.
import { expect, test } from "@playwright/test";
import { SupabaseManagementAPI, SupabaseManagementAPIError } from "supabase-management-js";
import { World } from "../../support/sandbox.ts";
import { ADA, SANDBOX } from "../../support/test.ts";

async function client(): Promise<[SupabaseManagementAPI, World]> {
  const world = await World.make(SANDBOX(), { coming_up_ms: 300 });
  return [new SupabaseManagementAPI({ accessToken: world.person(ADA).pat, baseUrl: SANDBOX() }), world];
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

test("every reading method that takes a project alone", async () => {
  const [api, world] = await client();
  const { ref } = world.project("Note G");
  const methods = api as unknown as Record<string, (ref: string) => Promise<{ status: number }>>;
  const named = [...Object.keys(methods), ...Object.getOwnPropertyNames(Object.getPrototypeOf(api))];
  const reads = named.filter((name) => /^(get|list|count|generate)/.test(name) && !/Organization|AllProjects|Regions|Snippet|ABranch|BranchConfig|ActionRun\b|ProjectLogs/.test(name));
  const alone = reads.filter((name) => methods[name]!.length === 2 || /^(getSecurityAdvisors|getProjectUsageApiCount|getProjectApiKeys|listActionRuns|generateTypescriptTypes)$/.test(name));
  expect(alone.length).toBeGreaterThan(40);
  const wrong: string[] = [];
  for (const name of alone) {
    const status = await methods[name]!.call(api, ref).then((answer) => answer.status, (error: SupabaseManagementAPIError) => error.status);
    if (status !== (ANSWERED[name] ?? 200)) wrong.push(`${name}: ${status}`);
  }
  console.log(`supabase-management-js: ${alone.length - wrong.length} of ${alone.length} methods as they should be`);
  expect(wrong, wrong.join("\n")).toEqual([]);
});
