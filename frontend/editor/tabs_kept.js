// Tabs of the SQL page as this browser keeps them, for each person and project: their names and texts, never what a run gave
// or the values that it took.

/** How long they are kept after the last change. */
const KEPT = 90 * 24 * 60 * 60 * 1000;
/** Tabs at most, and characters of one text and of all: what a browser keeps for a site is little, and all projects share it. */
export const MOST = 20;
export const LONGEST = 64 * 1024;
const ALL = 256 * 1024;

const text = (value) => typeof value === "string";

/** A tab as it was kept, or as far as that can be read. */
function tab({ id, name, text: sql, kept, linked, edited }) {
  return {
    id: String(id), name: text(name) ? name : "", text: text(sql) ? sql : "", kept: text(kept) ? kept : "",
    linked: linked === true, edited: edited === true,
  };
}

export class Kept {
  /** `of` is whose they are, and the project; `changed` is told of what another window has written. */
  constructor(of, changed) {
    this.key = `steward:sql:${of}`;
    addEventListener("storage", ({ key }) => key === this.key && changed(this.read()));
  }

  /** The tabs, and the id of the one that was looked at last. */
  read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.key));
      if (!Array.isArray(found?.tabs) || !(Date.now() - found.at < KEPT)) return { tabs: [] };
      return { tabs: found.tabs.slice(0, MOST).map(tab), active: String(found.active) };
    } catch {
      // A browser that keeps nothing, or something of another kind.
      return { tabs: [] };
    }
  }

  /** Keeps them. False: some of it is too long, or the browser is full, and stays in the open page alone. */
  write(tabs, active) {
    let room = ALL;
    let whole = tabs.length <= MOST;
    const kept = [];
    for (const one of tabs.slice(0, MOST)) {
      const fits = one.text.length <= Math.min(LONGEST, room);
      whole &&= fits;
      if (fits) room -= one.text.length;
      // What does not fit is not there again after a reload, rather than half of it.
      if (fits) kept.push(tab(one));
    }
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), active, tabs: kept }));
      return whole;
    } catch {
      return false;
    }
  }
}
