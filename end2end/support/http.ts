// A raw HTTP client: when which part of a page arrived.
import http from "node:http";
import zlib from "node:zlib";

export interface Arrival {
  status: number;
  /** Everything that was received, up to where the client stopped. */
  html: string;
  /** Milliseconds from the request to the first byte of the answer. */
  head: number;
  /** Milliseconds until `mark` had arrived; NaN if it never did. */
  mark: number;
  /** Milliseconds until the end, or until the client stopped. */
  end: number;
}

/** Loads a page. `stop` leaves as soon as `mark` is there. */
export function load(url: string, cookie: string, mark: RegExp, stop = false): Promise<Arrival> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const headers = { cookie, accept: "text/html", "accept-encoding": "gzip" };
    const request = http.get(url, { headers, agent }, (answer) => {
      const arrival: Arrival = { status: answer.statusCode!, html: "", head: NaN, mark: NaN, end: NaN };
      const finish = () => resolve({ ...arrival, end: performance.now() - began });
      // As in a browser: what has arrived but cannot be unpacked yet cannot be read either.
      const body = answer.headers["content-encoding"] === "gzip" ? answer.pipe(zlib.createGunzip()) : answer;
      body.setEncoding("utf8");
      body.on("data", (chunk: string) => {
        if (!arrival.html) arrival.head = performance.now() - began;
        arrival.html += chunk;
        if (Number.isNaN(arrival.mark) && mark.test(arrival.html)) {
          arrival.mark = performance.now() - began;
          if (stop) {
            finish();
            request.destroy();
          }
        }
      });
      body.on("end", finish);
      body.on("error", reject);
    });
    request.on("error", reject);
  });
}

const agent = new http.Agent({ keepAlive: true });

export const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
