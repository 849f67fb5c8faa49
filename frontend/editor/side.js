// The side of the SQL page: its tabs change in place, what they list comes into a tab of the editor's, and names of the
// database into its text. Without it tabs and lists are links.
import { forget, keep, known } from "./columns.js";
import { part } from "./page.js";
import { draw, filter, read } from "./schema.js";

const LIST = "[data-region=side]";
/** In an address: what stands in the editor. */
const OPENS = ["past", "kept", "snippet", "ready", "sql"];

/** Where this browser keeps that the side is folded away, in all projects. */
const FOLDED = "steward:sql-side";

export class Side {
  /** The last tab that was asked for: an answer to an earlier one comes too late. */
  #asked = 0;

  constructor(side, { take, insert }) {
    this.side = side;
    this.project = side.dataset.project;
    this.take = take;
    this.panel = side.querySelector(".sql-side-panel");
    this.nav = side.querySelector(".tabs");
    this.#tabs();
    this.nav.addEventListener("keydown", (event) => this.#key(event));
    this.panel.addEventListener("input", ({ target }) => this.#isSchema && this.#find(target.value));
    this.panel.addEventListener("submit", (event) => this.#isSchema && event.preventDefault());
    // What a region exchange brings is drawn by the server.
    this.panel.addEventListener("steward:awake", () => this.#adopt());
    side.addEventListener("click", (event) => this.#click(event, insert));
    this.#adopt();
    this.#foldable();
  }

  /** A button gives the rows the room of the side. */
  #foldable() {
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "button button-ghost button-small sql-side-fold", title: "History, saved and schema",
      ariaLabel: "History, saved and schema",
    });
    const icon = document.querySelector(".side-toggle .icon")?.cloneNode(true);
    if (!icon) return;
    button.append(icon);
    const fold = (folded) => {
      this.side.toggleAttribute("data-folded", folded);
      button.ariaExpanded = String(!folded);
    };
    button.addEventListener("click", () => {
      fold(!this.side.hasAttribute("data-folded"));
      try {
        localStorage.setItem(FOLDED, this.side.hasAttribute("data-folded") ? "yes" : "");
      } catch {
        // It is folded for as long as the page lives.
      }
    });
    let folded = false;
    try {
      folded = localStorage.getItem(FOLDED) === "yes";
    } catch {
      // Nothing is kept.
    }
    fold(folded);
    this.side.prepend(button);
  }

  get #isSchema() {
    return this.side.dataset.side === "schema";
  }

  get #links() {
    return [...this.nav.querySelectorAll("a")];
  }

  #word(link) {
    return new URL(link.href).searchParams.get("side");
  }

  /** Says to screen readers that the links are tabs now. */
  #tabs() {
    this.nav.setAttribute("role", "tablist");
    for (const link of this.#links) {
      const shown = this.#word(link) === this.side.dataset.side;
      Object.assign(link, { role: "tab", id: `side-${this.#word(link)}`, ariaSelected: String(shown), tabIndex: shown ? 0 : -1 });
      link.removeAttribute("aria-current");
      link.setAttribute("aria-controls", this.panel.id);
      if (shown) this.panel.setAttribute("aria-labelledby", link.id);
    }
    this.panel.setAttribute("role", "tabpanel");
  }

  #key(event) {
    const links = this.#links;
    const at = links.indexOf(document.activeElement);
    const end = links.length - 1;
    const moves = { ArrowLeft: at > 0 ? at - 1 : end, ArrowRight: at < end ? at + 1 : 0, Home: 0, End: end };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    links[moves[event.key]].focus();
    this.#show(links[moves[event.key]]);
  }

  #click(event, insert) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const put = target.closest("[data-insert]");
    if (put) return insert(put.dataset.insert);
    if (target.closest("[data-again]")) {
      forget(this.project);
      return this.#show(this.#links.find((link) => this.#word(link) === "schema"));
    }
    const link = target.closest("a");
    if (!link || new URL(link.href).pathname !== location.pathname) return;
    event.preventDefault();
    if (this.nav.contains(link) || !OPENS.some((name) => new URL(link.href).searchParams.has(name))) this.#show(link);
    else this.#take(link);
  }

  /** Shows what the link leads to in the place of what is shown. */
  async #show(link) {
    const asked = ++this.#asked;
    const to = new URL(link.href);
    const word = to.searchParams.get("side");
    const address = new URL(location);
    address.searchParams.delete("find");
    for (const name of ["side", "cursor"]) {
      if (to.searchParams.has(name)) address.searchParams.set(name, to.searchParams.get(name));
      else address.searchParams.delete(name);
    }
    for (const name of OPENS) to.searchParams.delete(name);
    this.side.dataset.side = word;
    this.#tabs();
    this.panel.setAttribute("aria-busy", "true");
    // Nobody types into what goes in a moment.
    this.panel.inert = true;
    // Tables that are known are not asked for again.
    const fresh = (await part(to, word === "schema" && known(this.project) ? "none" : "side"))?.querySelector(".sql-side-panel");
    if (asked !== this.#asked) return;
    this.panel.removeAttribute("aria-busy");
    this.panel.inert = false;
    // The page itself says what is wrong.
    if (!fresh) return location.assign(address);
    history.replaceState(history.state, "", address);
    this.panel.replaceChildren(...fresh.childNodes);
    this.panel.dispatchEvent(new Event("steward:awake", { bubbles: true }));
  }

  /** A statement comes into a tab. */
  async #take(link) {
    const form = (await part(link.href, "editor"))?.getElementById("sql");
    const keep = form?.querySelector(".sql-kept");
    if (!keep) return location.assign(link.href);
    const { kept = "", name = "" } = keep.dataset;
    this.take({ text: form.querySelector("textarea").value, kept, name, keep: document.adoptNode(keep) });
    for (const one of this.panel.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  }

  /** Tables as the server drew them are kept for the editor, too, and drawn again with what a script can do. */
  #adopt() {
    const list = this.panel.querySelector(LIST);
    if (!this.#isSchema || !list || list.querySelector("[data-insert]")) return;
    if (list.querySelector("[data-table]")) keep(this.project, read(list));
    if (!known(this.project)) return;
    draw(list, this.side.dataset);
    filter(list, this.panel.querySelector("[type=search]").value);
  }

  #find(find) {
    const address = new URL(location);
    if (find) address.searchParams.set("find", find);
    else address.searchParams.delete("find");
    history.replaceState(history.state, "", address);
    const list = this.panel.querySelector(LIST);
    if (list.querySelector(".sql-schema")) filter(list, find);
  }
}
