// A keep-alive HTTP client over bare sockets, for GET only. A full client spends several times as much of the one
// core it has to share with the server as the server needs for /healthz, and would measure itself.
import net from "node:net";
import { performance } from "node:perf_hooks";

/** No answer may take longer than this, in milliseconds. */
const PATIENCE = 15_000;

/** The request as bytes. `path` and `headers` are our own, so nothing is escaped. */
export function get(origin, path, headers = {}) {
  const lines = Object.entries({ host: new URL(origin).host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
}

/** The answer that `bytes` holds: `{ status, head, body }`, or null while some of it is missing. */
function answerOf(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = bytes.toString("latin1", 0, end);
  const status = Number(head.slice(9, 12));
  const rest = bytes.subarray(end + 4);
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  if (length) return rest.length < Number(length[1]) ? null : { status, head, body: rest };
  // One request at a time is under way, so a whole chunked answer ends where the bytes end.
  if (rest.subarray(-5).toString("latin1") !== "0\r\n\r\n") return null;
  const chunks = [];
  for (let at = 0; at < rest.length; ) {
    const line = rest.indexOf("\r\n", at);
    const size = line < 0 ? NaN : parseInt(rest.toString("latin1", at, line), 16);
    if (size === 0) return { status, head, body: Buffer.concat(chunks) };
    if (Number.isNaN(size) || line + 2 + size > rest.length) return null;
    chunks.push(rest.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return null;
}

/** Asks over one connection, again for as long as `again(answer, bytes, milliseconds)` says so; `onData` sees all bytes so far. */
function converse(origin, request, again, onData = () => {}) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
    let bytes = null;
    let asked = 0;
    const ask = () => {
      bytes = null;
      asked = performance.now();
      socket.write(request);
    };
    const fail = (error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(PATIENCE, () => fail(new Error(`no answer within ${PATIENCE / 1000} s`)));
    socket.on("connect", ask);
    socket.on("data", (data) => {
      bytes = bytes ? Buffer.concat([bytes, data]) : data;
      onData(bytes, performance.now() - asked);
      const answer = answerOf(bytes);
      if (!answer) return;
      try {
        if (again(answer, bytes, performance.now() - asked)) return ask();
        socket.destroy();
        resolve();
      } catch (error) {
        fail(error);
      }
    });
    socket.on("error", fail);
    socket.on("close", () => reject(new Error("the server closed the connection")));
  });
}

/** One answer: `{ status, head, body, wire }`, where `wire` is its size with head and framing. */
export async function fetchOnce(origin, request, onData) {
  let found;
  await converse(origin, request, (answer, bytes) => {
    found = { ...answer, wire: bytes.length };
    return false;
  }, onData);
  return found;
}

/**
 * Keeps `connections` busy, each with one request at a time, until `seconds` are over or `most` answers have come.
 * `check(answer)` throws if an answer is wrong, which ends everything. Gives `{ perSecond, p50, p99, count }`.
 */
export async function load(origin, request, { connections, seconds, most, check }) {
  const took = [];
  const began = performance.now();
  const ends = began + seconds * 1000;
  const one = () => converse(origin, request, (answer, _bytes, milliseconds) => {
    took.push(milliseconds);
    check(answer);
    return performance.now() < ends && took.length < most;
  });
  await Promise.all(Array.from({ length: connections }, one));
  const elapsed = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  const percentile = (share) => took[Math.min(took.length - 1, Math.floor(took.length * share))];
  return { perSecond: took.length / elapsed, p50: percentile(0.5), p99: percentile(0.99), count: took.length };
}
