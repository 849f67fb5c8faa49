// The sandbox's control API: worlds, faults, and the passing of time. Described in server/sandbox/src/lib.rs.

export interface Person {
  id: string;
  email: string;
  name: string;
  pat: string;
}

export interface Organization {
  slug: string;
  name: string;
  plan: string;
}

export interface Project {
  ref: string;
  name: string;
  organization_slug: string;
  status: string;
}

export interface Content {
  id: string;
  people: Person[];
  organizations: Organization[];
  projects: Project[];
  grants: number;
  tokens: { access: string[]; refresh: string[] };
  counters: { calls: Record<string, number>; exchanges: number; refreshes: number; revocations: number };
}

export interface WorldOptions {
  projects?: number;
  organizations?: number;
  names?: string[];
  empty?: boolean;
  coming_up_ms?: number;
  token_lifetime_s?: number;
  rate_limit?: number;
  scopes?: string[];
  grant?: "one" | "all";
}

export type Fault = { times?: number; ref?: string } & (
  | { kind: "slow"; ms: number }
  | { kind: "status"; code: number; message?: string }
  | { kind: "rate-limited"; seconds: number }
  | { kind: "cut-off" | "wrong-json" | "wrong-shape" | "drop-connection" }
);

/** One test's world. */
export class World {
  private constructor(
    private readonly origin: string,
    private readonly start: Content,
  ) {}

  /** `demo` is the world that is always there; without a word a new one is made. */
  static async make(origin: string, options: WorldOptions = {}): Promise<World> {
    // The budget counts calls per person, and every world has the same people: no test may use up another's.
    // And one sign-in opens a whole world, unless the test is about the grants of today.
    const body = { rate_limit: 1_000_000, grant: "all", ...options };
    return new World(origin, await control(`${origin}/sandbox/worlds`, "POST", body));
  }

  static async demo(origin: string): Promise<World> {
    return new World(origin, await control(`${origin}/sandbox/worlds/demo`, "GET"));
  }

  get id(): string {
    return this.start.id;
  }

  /** How the world is now; the other getters tell how it began. */
  now(): Promise<Content> {
    return this.act("GET", "");
  }

  person(name: string): Person {
    return found(this.start.people, name);
  }

  /** The organization of this name, or the first. */
  organization(name?: string): Organization {
    return found(this.start.organizations, name);
  }

  /** The project of this name, or the first. */
  project(name?: string): Project {
    return found(this.start.projects, name);
  }

  get organizations(): Organization[] {
    return this.start.organizations;
  }

  get projects(): Project[] {
    return this.start.projects;
  }

  /** Switches a fault on for the calls of `operation`, by the API's own id; `*` for all. */
  fault(operation: string, fault: Fault): Promise<void> {
    return this.act("POST", "/faults", { operation, ...fault });
  }

  clearFaults(): Promise<void> {
    return this.act("DELETE", "/faults");
  }

  /** Lets the world's clock go forward. */
  advance(seconds: number): Promise<void> {
    return this.act("POST", "/clock", { advance_s: seconds });
  }

  /** Asks the sandbox's API itself for something, in the name of the world's first person; gives what it answers. */
  async upstream<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${this.start.people[0]!.pat}`, "content-type": "application/json" };
    const answer = await fetch(`${this.origin}${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  expireTokens(): Promise<void> {
    return this.act("POST", "/tokens/expire");
  }

  revokeGrants(): Promise<void> {
    return this.act("POST", "/grants/revoke");
  }

  expireCodes(): Promise<void> {
    return this.act("POST", "/codes/expire");
  }

  private act<T>(method: string, path: string, body?: unknown): Promise<T> {
    return control(`${this.origin}/sandbox/worlds/${this.id}${path}`, method, body);
  }
}

function found<T extends { name: string }>(things: T[], name?: string): T {
  const thing = things.find((thing) => name === undefined || thing.name === name);
  if (!thing) throw new Error(`The world has no ${name ?? "such thing"}`);
  return thing;
}

async function control<T>(url: string, method: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}
