// A door on loopback that leads to a port; it can be shut, led elsewhere, and made to keep silent. It is a process of its own,
// so that it is not held up by whoever tells it what to do.
import { fork } from "node:child_process";
import net from "node:net";

export class Relay {
  static async to(port) {
    const relay = new Relay();
    relay.child = fork(import.meta.filename, [String(port)]);
    relay.port = await relay.#told();
    return relay;
  }

  #told() {
    return new Promise((resolve, reject) => {
      this.child.once("message", resolve);
      this.child.once("exit", () => reject(new Error("the relay ended")));
    });
  }

  #tell(what) {
    this.child.send(what);
    return this.#told();
  }

  /** Breaks all connections off, and each that comes. */
  shut() {
    return this.#tell({ shut: true });
  }

  /** Whoever comes from now on is led to this port. */
  lead(port) {
    return this.#tell({ lead: port });
  }

  /** As when the address moves to another machine: what is connected hears nothing more, not even that it is over. */
  silence() {
    return this.#tell({ silence: true });
  }

  close() {
    this.child.kill("SIGKILL");
  }
}

function serve(port) {
  let target = port;
  const pairs = new Set();
  const server = net.createServer({ noDelay: true }, (from) => {
    // An error is followed by the end.
    from.on("error", () => {});
    if (target === null) return from.destroy();
    const pair = { from, to: net.connect({ host: "127.0.0.1", port: target, noDelay: true }), silent: false };
    pairs.add(pair);
    for (const [one, other] of [[pair.from, pair.to], [pair.to, pair.from]]) {
      one.on("data", (data) => pair.silent || other.write(data));
      one.on("error", () => {});
      one.on("close", () => {
        if (pair.silent) return;
        other.destroy();
        pairs.delete(pair);
      });
    }
  });
  process.on("message", ({ shut, lead, silence }) => {
    if (shut) target = null;
    if (lead) target = lead;
    for (const pair of pairs) {
      if (shut) pair.from.destroy();
      if (silence) pair.silent = true;
    }
    process.send("done");
  });
  process.on("disconnect", () => process.exit(0));
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
}

if (process.argv[1] === import.meta.filename) serve(Number(process.argv[2]));
