// A keep-alive HTTP client over bare sockets, for GET only. A full client spends several times as much of the one
// core it has to share with the server as the server needs for /healthz, and would measure itself.
import net from "node:net";
import { performance } from "node:perf_hooks";
import zlib from "node:zlib";

/** No answer may take longer than this, in milliseconds. */
const PATIENCE = 15_000;

/** The request as bytes. `path` and `headers` are our own, so nothing is escaped. */
export function get(origin, path, headers = {}) {
  const lines = Object.entries({ host: new URL(origin).host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
}

/** What `bytes` hold of an answer: `{ status, head, body, whole }`; null before the end of its head. */
function answerOf(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = bytes.toString("latin1", 0, end);
  const status = Number(head.slice(9, 12));
  const rest = bytes.subarray(end + 4);
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  if (length) return { status, head, body: rest, whole: rest.length === Number(length[1]) };
  // In chunks, each behind a line with its size; the last one is empty.
  const chunks = [];
  for (let at = 0; ; ) {
    const line = rest.indexOf("\r\n", at);
    const from = line + 2;
    const to = from + parseInt(rest.toString("latin1", at, Math.max(at, line)), 16);
    if (!(to + 2 <= rest.length)) return { status, head, body: Buffer.concat(chunks), whole: false };
    if (to === from) return { status, head, body: Buffer.concat(chunks), whole: true };
    chunks.push(rest.subarray(from, to));
    at = to + 2;
  }
}

/** The text of an answer, or as much of it as has come. */
export function text({ head, body }) {
  if (!/\r\ncontent-encoding: gzip\b/i.test(head)) return body;
  return zlib.gunzipSync(body, { finishFlush: zlib.constants.Z_SYNC_FLUSH });
}

/** Asks over one connection, again for as long as `again(answer, milliseconds)` says so; `onPart` sees answers grow. */
function converse(origin, request, again, onPart) {
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
      const milliseconds = performance.now() - asked;
      bytes = bytes ? Buffer.concat([bytes, data]) : data;
      const answer = answerOf(bytes);
      try {
        if (answer) onPart?.(answer, milliseconds);
        if (!answer?.whole) return;
        if (again(answer, milliseconds)) return ask();
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

/** One answer: `{ status, head, body }`. */
export async function fetchOnce(origin, request, onPart) {
  let found;
  await converse(origin, request, (answer) => {
    found = answer;
    return false;
  }, onPart);
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
  const one = () => converse(origin, request, (answer, milliseconds) => {
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
