// Tabs of the SQL page: several statements of a project side by side. The form stays one; a tab is what stands in it. Texts
// and names are kept by the browser; what a run gave, the values that it took and leave to write live as long as the page.
import { part } from "./page.js";
import { Kept, LONGEST, MOST } from "./tabs_kept.js";

/** How long typing rests before it is kept. */
const REST = 400;
/** Letters of a name. */
const NAME = 40;
/** What the address may name to begin with; all but what is kept under a name only lends its text. */
const BEGINS = ["ready", "sql", "snippet", "past"];
/** The parts of the page that belong to a tab, beside its text. */
const PARTS = ["[data-region=answer-line]", "[data-region=answer]", "[data-region=values]", "[data-region=question]", ".form-problem"];

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const same = (tab, text) => tab.text.trim() === text.trim();
/** Edits that were not saved stand before what is saved. */
const unsaved = (tab, text) => tab.kept && tab.edited && !same(tab, text);

export class Tabs {
  /** What a tab has in this page alone, by its id: its parts, the editor's state, whether it may write. */
  #here = new Map();
  /** The part of the form that keeps a statement, as the server drew it, by the statement's id; empty for none. */
  #keeps = new Map();
  /** The parts of a tab in which nothing was run, as the server drew them. */
  #blank = PARTS.map(() => []);
  #waiting;
  #closed;

  constructor(place, form) {
    this.form = form;
    this.place = place;
    this.area = form.elements.query;
    this.sheet = document.getElementById("sql-sheet");
    this.kept = new Kept(place.dataset.of, (found) => this.#elsewhere(found));
    const { tabs, active } = this.kept.read();
    this.tabs = tabs;
    // Leave to write ends with the page, whatever the browser puts back into its form.
    for (const radio of this.#modes) radio.checked = radio.defaultChecked;
    const [said, answer] = PARTS.map((part) => document.querySelector(part));
    if (!said.textContent.trim()) this.#blank[1] = [...answer.childNodes].map((node) => node.cloneNode(true));
    this.#begin(active);
    this.#frame();
    this.#show();
    form.addEventListener("input", ({ target }) => target === this.area && this.#typed());
    addEventListener("pagehide", () => this.#waiting && this.keep());
    this.keep();
  }

  get #modes() {
    return document.querySelectorAll(`input[name=_mode][form=${this.form.id}]`);
  }

  get #editor() {
    return this.form.querySelector("code-editor");
  }

  #tab(id) {
    return this.tabs.find((one) => one.id === id);
  }

  get active() {
    return this.#tab(this.at);
  }

  #add(tab, at = this.tabs.length) {
    const made = { id: crypto.randomUUID(), name: "", text: "", kept: "", linked: false, edited: false, ...tab };
    this.tabs.splice(at, 0, made);
    return made;
  }

  /** What the page was opened with comes into a tab: the one that has it already, one that is empty, or a new one. */
  #begin(last) {
    const { kept = "", name = "" } = this.#keep?.dataset ?? {};
    const text = this.area.defaultValue;
    const address = new URL(location);
    const linked = address.searchParams.has("sql");
    if (this.#keep) this.#keeps.set(kept, this.#keep.cloneNode(true));
    const tab = this.#fitting(this.#tab(last) ?? this.tabs[0], text, kept) ?? this.#add({});
    this.at = tab.id;
    if (kept) Object.assign(tab, { kept, name });
    if (text.trim() && !unsaved(tab, text)) Object.assign(tab, { text, edited: !kept, linked });
    else if (this.area.value !== tab.text) this.#write(tab.text);
    this.linked();
    // A reload opens the tab, not what it began with once more.
    for (const one of BEGINS) address.searchParams.delete(one);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    if (tab.kept !== kept) this.#keepOf(tab);
  }

  /** The tab that has this text already, or `shown` where nothing stands in it. */
  #fitting(shown, text, kept) {
    const vacant = shown && !shown.kept && !shown.text.trim() ? shown : undefined;
    if (!text.trim() && !kept) return shown;
    const has = (one) => !one.kept && same(one, text);
    if (kept) return this.tabs.find((one) => one.kept === kept) ?? (shown && has(shown) ? shown : vacant);
    return [shown, ...this.tabs].find((one) => one && has(one)) ?? vacant;
  }

  /** Shows a statement that is kept somewhere; `keep` is the part of the form that keeps it. */
  take({ text, kept, name, keep }) {
    if (this.#busy()) return;
    this.keep();
    const there = this.#fitting(this.active, text, kept);
    if (!there && this.tabs.length >= MOST) return this.#say(`A project has ${MOST} tabs at most: close one.`);
    const tab = there ?? this.#add({});
    this.#keeps.set(kept, keep);
    if (kept) Object.assign(tab, { kept, name });
    if (!unsaved(tab, text)) Object.assign(tab, { text, edited: !kept, linked: false });
    if (tab !== this.active) this.#open(tab);
    else {
      if (this.area.value !== tab.text) this.#write(tab.text);
      this.linked();
      this.#keepOf(tab);
      this.#show();
      this.keep();
    }
    this.#focusText();
  }

  get #keep() {
    return this.form.querySelector(".sql-kept");
  }

  #write(text, state) {
    const editor = this.#editor;
    if (editor?.swap) return editor.swap(text, state);
    this.area.value = text;
    return undefined;
  }

  linked() {
    this.form.querySelector(".sql-linked").hidden = !this.active.linked;
  }

  #typed() {
    const tab = this.active;
    if (tab.text === this.area.value) return;
    Object.assign(tab, { text: this.area.value, edited: this.area.value.trim() !== "" });
    this.#label(tab);
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.keep(), REST);
  }

  /** Writes down what is there. */
  keep() {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.active.text = this.area.value;
    const whole = this.kept.write(this.tabs, this.at);
    if (this.whole !== whole) this.#say(whole ? "" : `Not all of it is kept by this browser: it keeps ${MOST} tabs, of up to ${LONGEST / 1024} kB each.`);
    this.whole = whole;
  }

  /** The statement in the tab is not kept under a name any more. */
  forget() {
    this.active.kept = "";
    this.keep();
  }

  /** Another window has written: what is open here stays as it is. */
  #elsewhere({ tabs }) {
    const mine = this.active;
    const at = tabs.findIndex(({ id }) => id === mine.id);
    this.tabs = at < 0 ? [...tabs, mine] : tabs.with(at, mine);
    this.#show();
  }

  /** What the tab is called: its name, or how its text begins. */
  #called(tab) {
    const line = tab.text.split("\n").map((one) => one.replace(/^\s*(--|\/\*)?\s*/, "").trim()).find(Boolean);
    const untitled = () => `Untitled ${this.tabs.filter((one) => !one.name).indexOf(tab) + 1}`;
    return tab.name || (line ? line.slice(0, NAME) : untitled());
  }

  #frame() {
    this.list = make("div", { className: "sql-tablist", role: "tablist", ariaLabel: "Statements" });
    this.plus = make("button", { type: "button", className: "sql-tab-button", ariaLabel: "New tab", title: "New tab", textContent: "+" });
    this.rename = make("button", { type: "button", className: "sql-tab-button", textContent: "Rename" });
    this.close = make("button", { type: "button", className: "sql-tab-button", textContent: "Close tab" });
    this.says = make("p", { className: "sql-tabs-say", role: "status" });
    this.place.append(this.list, this.plus, this.rename, this.close, this.says);
    this.place.hidden = false;
    Object.assign(this.sheet, { role: "tabpanel" });
    this.plus.addEventListener("click", () => {
      if (this.#busy()) return;
      this.#open(this.#add({}));
      this.#focusText();
    });
    this.rename.addEventListener("click", () => this.#rename());
    this.close.addEventListener("click", () => this.#close(this.active));
    this.list.addEventListener("click", (event) => {
      const tab = this.#tab(event.target.closest("[role=tab]")?.dataset.id);
      if (tab) this.#open(tab);
    });
    this.list.addEventListener("dblclick", () => this.#rename());
    this.list.addEventListener("auxclick", (event) => {
      const tab = this.#tab(event.target.closest("[role=tab]")?.dataset.id);
      if (tab && event.button === 1) this.#close(tab);
    });
    this.list.addEventListener("keydown", (event) => this.#key(event));
    for (const radio of this.#modes) radio.addEventListener("change", () => this.#marks());
  }

  /** Draws the row of tabs anew. */
  #show() {
    const focused = this.list.contains(document.activeElement);
    const tab = (one) => {
      const button = make("button", { type: "button", role: "tab", className: "sql-tab", id: `tab-${one.id}` }, make("bdi", {}));
      button.dataset.id = one.id;
      button.setAttribute("aria-controls", this.sheet.id);
      return button;
    };
    this.list.replaceChildren(...this.tabs.map(tab));
    this.tabs.forEach((one) => this.#label(one));
    this.plus.disabled = this.tabs.length >= MOST;
    this.plus.title = this.plus.disabled ? `A project has ${MOST} tabs at most: close one` : "New tab";
    this.sheet.setAttribute("aria-labelledby", `tab-${this.at}`);
    this.#marks();
    if (focused) this.#button(this.at).focus();
    this.#button(this.at).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #button(id) {
    return document.getElementById(`tab-${id}`);
  }

  #label(tab) {
    const button = this.#button(tab.id);
    button.firstChild.textContent = this.#called(tab);
    button.toggleAttribute("data-edited", tab.edited);
    button.title = tab.kept && tab.edited ? "Edited, not saved. F2 renames, Delete closes" : "F2 renames, Delete closes";
  }

  /** Which one is shown, and which may write. */
  #marks() {
    for (const button of this.list.children) {
      const active = button.dataset.id === this.at;
      button.ariaSelected = String(active);
      button.tabIndex = active ? 0 : -1;
      const writes = active ? this.#writes : this.#here.get(button.dataset.id)?.writes;
      button.toggleAttribute("data-writes", writes === true);
      const said = [writes && "Can write", "edited" in button.dataset && "Not saved"].filter(Boolean).join(", ");
      if (said) button.setAttribute("aria-description", said);
      else button.removeAttribute("aria-description");
    }
  }

  get #writes() {
    return [...this.#modes].some((radio) => radio.checked && radio.value === "write");
  }

  #focusText() {
    if (this.#editor?.focusText) this.#editor.focusText();
    else this.area.focus();
  }

  /** What a run gives belongs to the tab that it began in. */
  #busy() {
    const runs = this.form.hasAttribute("data-sending");
    if (runs) this.#say("Wait until the run has ended: what it gives belongs to this tab.");
    return runs;
  }

  /** Shows a tab in the place of the one that is shown. */
  #open(tab) {
    if (tab.id === this.at || this.#busy()) return;
    this.keep();
    const parts = PARTS.map((part) => document.querySelector(part));
    const next = this.#here.get(tab.id);
    const left = parts.map((part) => [...part.childNodes]);
    parts.forEach((part, at) => part.replaceChildren(...(next?.parts[at] ?? this.#blank[at].map((node) => node.cloneNode(true)))));
    const writes = this.#writes;
    const state = this.#write(tab.text, next?.state);
    this.#here.set(this.at, { parts: left, state, writes, keep: this.#keep });
    this.at = tab.id;
    for (const radio of this.#modes) radio.checked = (radio.value === "write") === (next?.writes === true);
    this.linked();
    this.#keepOf(tab, next?.keep);
    this.#show();
    this.#say("");
    this.keep();
  }

  /** Brings the part of the form that keeps the tab's statement, and its address. */
  async #keepOf(tab, had) {
    const address = new URL(this.form.action);
    [address.search, address.hash] = [location.search, ""];
    if (tab.kept) address.searchParams.set("kept", tab.kept);
    else address.searchParams.delete("kept");
    history.replaceState(history.state, "", address);
    this.#keep?.remove();
    let keep = had ?? this.#keeps.get(tab.kept)?.cloneNode(true);
    if (!keep) {
      const page = await part(address, "editor");
      keep = page?.querySelector(".sql-kept") ?? undefined;
      if (keep) this.#keeps.set(tab.kept, keep.cloneNode(true));
      else if (page && tab.kept) {
        // Nobody keeps it any more: what is left is its text.
        tab.kept = "";
        return tab.id === this.at && this.#keepOf(tab);
      }
    }
    if (tab.id !== this.at || !keep) return;
    this.#keep?.remove();
    this.form.querySelector(".editor-status").after(keep);
  }

  #close(tab) {
    if (this.#busy()) return;
    const at = this.tabs.indexOf(tab);
    if (tab.id === this.at) this.#open(this.tabs[at + 1] ?? this.tabs[at - 1] ?? this.#add({}));
    this.tabs = this.tabs.filter((one) => one !== tab);
    this.#closed = { tab, at };
    this.#show();
    this.keep();
    if (!tab.text.trim()) return;
    const undo = make("button", { type: "button", className: "button-link link", textContent: "Open it again" });
    undo.addEventListener("click", () => {
      const { tab, at } = this.#closed;
      this.tabs.splice(at, 0, tab);
      this.#show();
      this.#open(tab);
      this.#button(this.at).focus();
    });
    this.#say(`${this.#called(tab)} is closed. `, undo);
  }

  #say(...what) {
    this.says.replaceChildren(...what.filter(Boolean));
  }

  /** A field in the tab's place. */
  #rename() {
    const tab = this.active;
    const button = this.#button(tab.id);
    const field = make("input", { className: "input sql-tab-name", value: this.#called(tab), maxLength: NAME, ariaLabel: "Name of the tab" });
    let done = false;
    const end = (name) => {
      if (done) return;
      done = true;
      if (name !== undefined && name.trim() !== this.#called(tab)) tab.name = name.trim();
      field.remove();
      this.list.hidden = false;
      this.#show();
      this.#button(this.at).focus();
      this.keep();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") end(field.value);
      else if (event.key === "Escape") end();
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", () => end(field.value));
    button.scrollIntoView({ inline: "nearest" });
    this.list.after(field);
    this.list.hidden = true;
    field.select();
  }

  #key(event) {
    const at = this.tabs.indexOf(this.active);
    const end = this.tabs.length - 1;
    const moves = { ArrowLeft: at > 0 ? at - 1 : end, ArrowRight: at < end ? at + 1 : 0, Home: 0, End: end };
    if (event.key in moves) {
      this.#open(this.tabs[moves[event.key]]);
      this.#button(this.at).focus();
    } else if (event.key === "Delete") {
      this.#close(this.active);
      this.#button(this.at).focus();
    } else if (event.key === "F2") this.#rename();
    else return;
    event.preventDefault();
  }
}
