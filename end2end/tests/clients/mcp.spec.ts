// Supabase's own MCP server, as an agent starts it, with its API address set to the sandbox.
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { expect, test as base } from "@playwright/test";
import path from "node:path";
import { counted } from "../../support/counted.ts";
import { World } from "../../support/sandbox.ts";
import { ADA, SANDBOX } from "../../support/test.ts";

const SERVER = path.resolve(import.meta.dirname, "../../node_modules/@supabase/mcp-server-supabase/dist/cli.js");
// The one that is missing, `docs`, asks an address beyond the Management API.
const FEATURES = "account,database,debugging,development,functions,branching,storage";
/** The tools that the tests below use, beside those of the last one. */
const USED = [
  "apply_migration", "confirm_cost", "create_branch", "create_project", "delete_branch", "deploy_edge_function", "execute_sql",
  "generate_typescript_types", "get_cost", "get_edge_function", "list_branches", "list_edge_functions", "list_extensions",
  "list_migrations", "list_organizations", "list_projects", "list_tables", "merge_branch", "reset_branch",
];

/** A tool's answer: the texts of what it gave back. */
type Tools = (name: string, input?: Record<string, unknown>) => Promise<string>;

const test = base.extend<{ world: World; client: Client; call: Tools }>({
  world: async ({}, use) => use(await World.make(SANDBOX(), { coming_up_ms: 300 })),
  client: async ({ world }, use) => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [SERVER, "--api-url", SANDBOX(), "--features", FEATURES],
      env: { PATH: process.env.PATH!, SUPABASE_ACCESS_TOKEN: world.person(ADA).pat },
    });
    const client = new Client({ name: "steward-tests", version: "1" });
    await client.connect(transport);
    await use(client);
    await client.close();
  },
  call: ({ client }, use) =>
    use(async (name, input = {}) => {
      const answer = await client.callTool({ name, arguments: input });
      const parts = answer.content as { text?: string }[];
      const text = parts.map((part) => part.text ?? "").join("\n");
      counted("mcp-server-supabase", name, !answer.isError);
      if (answer.isError) throw new Error(`${name}: ${text}`);
      return text;
    }),
});

/** The number of a cost's confirmation, which creating things asks for. */
async function confirmed(call: Tools, type: "project" | "branch", organization: string): Promise<string> {
  const cost = await call("get_cost", { type, organization_id: organization });
  // A JSON text within the JSON of the answer.
  const amount = Number(cost.match(/amount\D+(\d+(\.\d+)?)/)![1]);
  const recurrence = cost.includes("hourly") ? "hourly" : "monthly";
  const confirmation = await call("confirm_cost", { type, recurrence, amount });
  return confirmation.match(/[A-Za-z0-9+/]{20,}={0,2}/)![0];
}

test("lists and creates", async ({ world, call }) => {
  const { slug } = world.organization("Analytical Engines");
  expect(await call("list_organizations")).toContain(slug);
  expect(await call("list_projects")).toContain(world.project("Note G").ref);
  const made = await call("create_project", {
    name: "Scheutz Engine",
    region: "eu-west-1",
    organization_id: slug,
    confirm_cost_id: await confirmed(call, "project", slug),
  });
  expect(made).toContain("Scheutz Engine");
  expect((await world.now()).projects.map((project) => project.name)).toContain("Scheutz Engine");
});

test("runs SQL and migrations", async ({ world, client, call }) => {
  const project_id = world.project("Note G").ref;
  await call("apply_migration", { project_id, name: "engines", query: "create table engines (id bigint primary key)" });
  expect(await call("list_migrations", { project_id })).toContain("engines");
  await call("execute_sql", { project_id, query: "insert into engines values (41), (42)" });
  expect(await call("execute_sql", { project_id, query: "select sum(id)::int as total from engines" })).toContain("83");
  expect(await call("list_tables", { project_id, verbose: true })).toContain("engines");
  expect(await call("list_extensions", { project_id })).toContain("plpgsql");
  expect(await call("generate_typescript_types", { project_id })).toContain("engines: {");
  const wrong = await client.callTool({ name: "execute_sql", arguments: { project_id, query: "select * from nothing" } });
  expect(wrong.isError && JSON.stringify(wrong.content)).toContain("does not exist");
});

test("deploys and reads functions", async ({ world, call }) => {
  const project_id = world.project("Note G").ref;
  const content = "Deno.serve(() => new Response('woven'))";
  await call("deploy_edge_function", { project_id, name: "weave", files: [{ name: "index.ts", content }] });
  expect(await call("list_edge_functions", { project_id })).toContain("weave");
  expect(await call("get_edge_function", { project_id, function_slug: "weave" })).toContain("woven");
});

test("branches", async ({ world, call }) => {
  const { ref: project_id, organization_slug } = world.project("Note G");
  const confirm_cost_id = await confirmed(call, "branch", organization_slug);
  await call("create_branch", { project_id, name: "cards", confirm_cost_id });
  expect(await call("list_branches", { project_id })).toContain("cards");
  const made = async (): Promise<{ id: string; name: string; status: string }> => {
    const { branches } = JSON.parse(await call("list_branches", { project_id }));
    return branches.find(({ name }: { name: string }) => name === "cards");
  };
  const { id: branch_id } = await made();
  await expect.poll(async () => (await made()).status).toBe("FUNCTIONS_DEPLOYED");
  await call("reset_branch", { branch_id });
  await call("merge_branch", { branch_id });
  await call("delete_branch", { branch_id });
});

test("every other tool there is", async ({ world, client, call }) => {
  const { ref: project_id, organization_slug } = world.project("Note G");
  const confirm_cost_id = await confirmed(call, "branch", organization_slug);
  await call("create_branch", { project_id, name: "punched", confirm_cost_id });
  const { branches } = JSON.parse(await call("list_branches", { project_id }));
  const branch_id = branches.find(({ name }: { name: string }) => name === "punched").id;
  await expect.poll(async () => (await call("list_branches", { project_id })).includes("CREATING_PROJECT")).toBe(false);
  const others: [name: string, input: Record<string, unknown>, says: RegExp][] = [
    ["get_organization", { id: organization_slug }, /Analytical Engines/],
    ["get_project", { id: project_id }, /Note G/],
    ["get_project_url", { project_id }, new RegExp(project_id)],
    ["get_publishable_keys", { project_id }, /anon|publishable/],
    ["get_advisors", { project_id, type: "security" }, /lints/],
    ["query_logs", { project_id, sql: "select id, toUnixTimestamp64Milli(timestamp) as at, event_message from logs where source = 'postgres_logs' limit 3" }, /result|event_message/],
    ["rebase_branch", { branch_id }, /./],
    ["list_storage_buckets", { project_id }, /./],
    ["get_storage_config", { project_id }, /fileSizeLimit/],
    ["update_storage_config", { project_id, config: { fileSizeLimit: 1_048_576, features: { imageTransformation: { enabled: true }, s3Protocol: { enabled: false } } } }, /./],
    ["pause_project", { project_id: world.project("Jacquard Loom").ref }, /./],
    ["restore_project", { project_id: world.project("Lighthouse").ref }, /./],
  ];
  const wrong: string[] = [];
  for (const [name, input, says] of others) {
    const said = await call(name, input).catch((error: unknown) => `failed: ${error}`);
    if (said.startsWith("failed: ") || !says.test(said)) wrong.push(`${name}: ${said}`);
  }
  const offered = (await client.listTools()).tools.map(({ name }) => name);
  expect([...USED, ...others.map(([name]) => name)].sort()).toEqual(offered.sort());
  expect(wrong, wrong.join("\n")).toEqual([]);
});
