// What outside clients were tried with: tests run in several processes, so each try is a line of a file, and the end of the
// run tells them together.
import fs from "node:fs";
import path from "node:path";

type Try = [client: string, name: string, good: boolean];

const file = (): string => path.join(process.env.STEWARD_DATA!, "outside-clients");

/** One try of a client's command, tool or method. */
export function counted(...tried: Try): void {
  fs.appendFileSync(file(), `${JSON.stringify(tried)}\n`);
}

/** A sentence for each client: how many went as they should each time, of those that were tried. */
export function told(): string[] {
  if (!fs.existsSync(file())) return [];
  const lines = fs.readFileSync(file(), "utf8").trim().split("\n");
  const clients = new Map<string, Map<string, boolean>>();
  for (const [client, name, good] of lines.map((line): Try => JSON.parse(line))) {
    const names = clients.get(client) ?? new Map<string, boolean>();
    clients.set(client, names.set(name, good && (names.get(name) ?? true)));
  }
  return [...clients].map(([client, names]) => {
    const good = [...names.values()].filter(Boolean).length;
    return `${client}: ${good} of ${names.size} tried went as they should`;
  });
}
