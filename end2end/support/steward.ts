// A Steward of its own: the binary on free ports, with a data directory that nobody else uses.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");
/** `STEWARD_BINARY` names another build. */
export const BINARY = process.env.STEWARD_BINARY || path.join(ROOT, "target/ci/steward");

/** A running Steward with its sandbox. */
export interface Running {
  /** Origin of the console, without a slash at the end. */
  url: string;
  /** Origin of the sandbox. */
  sandbox: string;
  /** The data directory. */
  data: string;
  /** File with everything that the process writes to its standard output and error. */
  log: string;
  stop(): Promise<void>;
}

/** Starts Steward. `before` is one that was stopped: its data directory and addresses are taken over. */
export async function start(before?: Running): Promise<Running> {
  const data = before?.data ?? fs.mkdtempSync(path.join(os.tmpdir(), "steward-"));
  const log = path.join(data, "output.log");
  const output = fs.openSync(log, "a");
  const written = fs.fstatSync(output).size;
  const process_ = spawn(BINARY, {
    cwd: data,
    env: {
      PATH: process.env.PATH,
      // Nothing of the person's own configuration; and everything that our own code has to say.
      RUST_LOG: "info,server=trace,sandbox=trace,app=trace",
      STEWARD_DATA_DIR: data,
      STEWARD_ADDR: before ? new URL(before.url).host : "127.0.0.1:0",
      STEWARD_SANDBOX_ADDR: before ? new URL(before.sandbox).host : "127.0.0.1:0",
      // Every test signs in, all of them from one address.
      STEWARD_SIGN_INS_A_MINUTE: "100000",
    },
    stdio: ["ignore", output, output],
  });
  fs.closeSync(output);
  const ended = new Promise<void>((resolve) => process_.once("exit", () => resolve()));
  const failed = new Promise<never>((_, reject) => {
    process_.once("error", reject);
    process_.once("exit", (code) => reject(new Error(`Steward ended with ${code}: ${fs.readFileSync(log, "utf8")}`)));
  });
  failed.catch(() => {});

  const [, url, sandbox] = await Promise.race([failed, announced(log, written)]);
  const running = {
    url: new URL(url!).origin,
    sandbox: new URL(sandbox!).origin,
    data,
    log,
    stop: async () => {
      process_.kill("SIGTERM");
      await ended;
    },
  };
  await Promise.race([failed, ready(running.url)]);
  return running;
}

/** The line in which it says where it is, once it has. */
async function announced(log: string, from: number): Promise<RegExpMatchArray> {
  for (;;) {
    const text = fs.readFileSync(log).subarray(from).toString();
    const line = text.match(/^Steward is at (\S+), .* sandbox at (\S+)$/m);
    if (line) return line;
    await pause();
  }
}

async function ready(url: string): Promise<void> {
  while (!(await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false))) await pause();
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
