// A PostgreSQL of our own on loopback, reached by TLS alone, and one that follows it and may take its place.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

/** Where Debian and others keep the programs; the newest version counts. */
const ROOT = "/usr/lib/postgresql";
const PATIENCE = 30_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** PostgreSQL does not run as root. */
function user() {
  if (process.getuid() !== 0) return {};
  const line = fs.readFileSync("/etc/passwd", "utf8").split("\n").find((line) => /^(postgres|nobody):/.test(line));
  const [, , uid, gid] = line.split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

function programs() {
  const versions = fs.existsSync(ROOT) ? fs.readdirSync(ROOT).map(Number).filter(Number.isFinite).sort((a, b) => b - a) : [];
  const found = versions.map((version) => path.join(ROOT, String(version), "bin")).find((dir) => fs.existsSync(path.join(dir, "initdb")));
  if (!found) throw new Error("PostgreSQL is not installed (Debian: postgresql)");
  return found;
}

/** A certificate for this machine and what it is verified by, made in `dir` where there is none. */
function certificates(dir) {
  const files = Object.fromEntries(["ca.key", "ca.pem", "server.key", "server.pem"].map((name) => [name, path.join(dir, name)]));
  if (fs.existsSync(files["server.pem"])) return files;
  const make = (name, more) => execFileSync("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", `/CN=${name}`,
    "-keyout", files[`${name}.key`], "-out", files[`${name}.pem`], ...more,
  ], { stdio: "pipe" });
  make("ca", []);
  make("server", ["-CA", files["ca.pem"], "-CAkey", files["ca.key"], "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"]);
  const { uid, gid } = user();
  if (uid !== undefined) fs.chownSync(files["server.key"], uid, gid);
  fs.chmodSync(files["server.key"], 0o600);
  return files;
}

export class Postgres {
  /** A new cluster in `dir`, which runs. `settings`: more of its configuration. */
  static async make(dir, settings = {}) {
    const postgres = await Postgres.#at(dir, settings);
    postgres.password = randomBytes(12).toString("hex");
    const file = `${dir}.password`;
    fs.writeFileSync(file, postgres.password, { mode: 0o644 });
    postgres.#run("initdb", ["-D", dir, "-U", "steward", "-A", "scram-sha-256", "--pwfile", file, "--no-locale", "-E", "UTF8"]);
    fs.rmSync(file);
    fs.writeFileSync(path.join(dir, "pg_hba.conf"), ["all", "replication"].map((what) => `hostssl ${what} steward 127.0.0.1/32 scram-sha-256\n`).join(""));
    await postgres.start();
    return postgres;
  }

  static async #at(dir, settings) {
    const postgres = new Postgres();
    Object.assign(postgres, { dir, settings, bin: programs(), port: await freePort() });
    // A directory within another that is PostgreSQL's, so that it may make and leave it itself.
    const { uid, gid } = user();
    fs.mkdirSync(path.dirname(dir), { recursive: true });
    if (uid !== undefined) fs.chownSync(path.dirname(dir), uid, gid);
    postgres.files = certificates(path.dirname(dir));
    return postgres;
  }

  /** Not the caller's home, where PostgreSQL's user may not look for certificates. */
  get #env() {
    return { ...process.env, HOME: "/", PGPASSWORD: this.password };
  }

  #run(program, args) {
    const env = this.#env;
    return execFileSync(path.join(this.bin, program), args, { ...user(), env, cwd: "/", encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  get url() {
    return this.urlAt(this.port);
  }

  /** As what the database is reached at another port, such as the relay's. */
  urlAt(port) {
    return `postgres://steward:${this.password}@127.0.0.1:${port}/postgres?sslmode=verify-full&sslrootcert=${encodeURIComponent(this.files["ca.pem"])}`;
  }

  async start() {
    const settings = { port: this.port, listen_addresses: "127.0.0.1", unix_socket_directories: "", ssl: "on", ssl_cert_file: this.files["server.pem"], ssl_key_file: this.files["server.key"], ...this.settings };
    const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const log = fs.openSync(`${this.dir}.log`, "a");
    this.child = spawn(path.join(this.bin, "postgres"), ["-D", this.dir, ...args], { ...user(), env: this.#env, cwd: "/", stdio: ["ignore", log, log] });
    fs.closeSync(log);
    this.ended = new Promise((resolve) => this.child.once("exit", resolve));
    const ends = Date.now() + PATIENCE;
    for (;;) {
      try {
        return this.ask("SELECT 1");
      } catch (error) {
        if (Date.now() > ends || this.child.exitCode !== null) throw new Error(`PostgreSQL does not start: ${error.stderr ?? error.message}\n${fs.readFileSync(`${this.dir}.log`, "utf8").slice(-1500)}`);
      }
      await pause(100);
    }
  }

  /** Ends it: `SIGINT` breaks connections off, `SIGKILL` is as if the machine had gone, but for its processes' sockets. */
  async stop(signal = "SIGINT") {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await this.ended;
  }

  /** What a statement gives, a line for each row. */
  ask(statement) {
    return this.#run("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, this.url]).trim();
  }

  /** The same for what takes long. */
  hold(statement) {
    const env = this.#env;
    const child = spawn(path.join(this.bin, "psql"), ["-X", "-q", "-c", statement, this.url], { ...user(), env, cwd: "/", stdio: "ignore" });
    return new Promise((resolve) => child.once("exit", resolve));
  }

  number(statement) {
    return Number(this.ask(statement));
  }

  /** Another one that has everything this one has, before whoever wrote it is told that it is kept. */
  async follower(dir) {
    const follower = await Postgres.#at(dir, this.settings);
    follower.password = this.password;
    const from = `host=127.0.0.1 port=${this.port} sslmode=require user=steward application_name=follower password=${this.password}`;
    this.#run("pg_basebackup", ["-D", dir, "-d", from, "-R", "-X", "stream", "-c", "fast"]);
    await follower.start();
    this.ask("ALTER SYSTEM SET synchronous_standby_names = 'follower'");
    this.ask("SELECT pg_reload_conf()");
    for (let tries = 0; this.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") !== "1"; tries++) {
      if (tries > 100) throw new Error("the second database does not follow the first");
      await pause(100);
    }
    return follower;
  }

  /** The follower becomes the one that is written to. */
  async promote() {
    await this.hold("SELECT pg_promote(true, 30)");
    this.ask("ALTER SYSTEM RESET synchronous_standby_names");
    this.ask("SELECT pg_reload_conf()");
  }
}
