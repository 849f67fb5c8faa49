// What was edited of a function and not deployed yet: kept in this browser for each project and function, offered when the
// editor is opened again, and gone once it was deployed. Files that are no text are not kept, only told.

/** How long typing rests before it is kept. */
const REST = 400;
/** How long a draft is kept. */
const KEPT = 30 * 24 * 60 * 60 * 1000;
/** Characters of a draft at most: what a browser keeps for a site is little, and all functions share it. */
const MOST = 1_000_000;

const fields = (form) =>
  [...form.elements].filter(({ name, type }) => (name === "slug" || name.startsWith("metadata.")) && type !== "hidden");

export class Draft {
  #waiting;
  #key;

  /** `bench` is the workbench whose edits are kept; `offer` is what the page has drawn to offer them with. */
  constructor(bench, offer) {
    this.bench = bench;
    this.offer = offer;
    this.#key = `steward:draft:${offer.dataset.draft}`;
    bench.form.addEventListener("input", () => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.keep(), REST);
    });
    addEventListener("pagehide", () => this.#waiting && this.keep());
    const draft = this.#read();
    if (!draft) return;
    offer.querySelector("[data-about]").textContent = this.#about(draft);
    offer.hidden = false;
    offer.querySelector("[data-take]").addEventListener("click", () => {
      offer.hidden = true;
      this.#take(draft);
    });
    offer.querySelector("[data-drop]").addEventListener("click", () => {
      offer.hidden = true;
      // What was typed meanwhile stays.
      this.keep();
    });
  }

  #read() {
    try {
      const draft = JSON.parse(localStorage.getItem(this.#key) ?? this.#before());
      return draft && Date.now() - draft.at < KEPT ? draft : undefined;
    } catch {
      // A browser that keeps nothing, or something of another kind: there is no draft.
      return undefined;
    }
  }

  /** What was kept under another name before; from now on it is under its own. */
  #before() {
    const name = `steward:draft:${this.offer.dataset.before}`;
    const text = localStorage.getItem(name);
    if (text !== null) localStorage.setItem(this.#key, text);
    localStorage.removeItem(name);
    return text;
  }

  /** Keeps what differs from what runs; nothing where nothing does. */
  keep() {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const { bench } = this;
    const files = bench.edits.map((edit) => this.#file(edit)).filter(Boolean);
    const changed = fields(bench.form).filter((field) =>
      field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
    const values = changed.map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]);
    if (files.length + values.length + bench.others.length === 0) return this.clear();
    const draft = { at: Date.now(), version: this.offer.dataset.version, files, values, others: bench.others };
    const text = JSON.stringify(draft);
    try {
      if (text.length <= MOST) localStorage.setItem(this.#key, text);
    } catch {
      // Full, or not allowed: then it is kept by the open page alone.
    }
  }

  clear() {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // Nothing is kept there.
    }
  }

  #file(edit) {
    const mark = this.bench.mark(edit);
    if (!mark) return undefined;
    const was = "new" in edit.dataset ? undefined : edit.dataset.path;
    const text = edit.querySelector("[name=text]")?.value;
    return { was, path: this.bench.path(edit), ends: edit.querySelector("[name=ends]")?.value, text, removed: mark === "removed" };
  }

  #about({ at, version, others }) {
    const when = new Date(at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    const runs = this.offer.dataset.version;
    const base = version === runs ? "" : ` They were made to version ${version || "0"}, and version ${runs} runs now: look at what changes.`;
    const again = others.length > 0 ? ` Add these again, since they are no text: ${others.join(", ")}.` : "";
    return `This browser keeps them since ${when}.${base}${again}`;
  }

  #take({ files, values }) {
    const { bench } = this;
    for (const { was, path, ends, text, removed } of files) {
      const edit = bench.edits.find((one) => was !== undefined && one.dataset.path === was && !("new" in one.dataset));
      if (edit && removed) {
        for (const [name, checked] of [["remove", true], ["keep", false]]) {
          const box = edit.querySelector(`[name=${name}]`);
          if (box) box.checked = checked;
        }
      } else if (text !== undefined && !removed) {
        bench.write(edit ?? bench.vacant(), { path, ends, text });
      }
    }
    for (const [name, value] of values) {
      for (const field of fields(bench.form).filter((field) => field.name === name)) {
        if (field.type === "checkbox") field.checked = value === true;
        else field.value = value;
      }
    }
    bench.look();
  }
}
