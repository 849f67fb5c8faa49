// The form of a configuration in the browser: what was changed is marked and counted, can be put back and looked at alone;
// settings are searched; and nobody leaves with changes by accident. Without it the form does the same by its answer.
import { Later } from "./later.js";
import { fill, watch } from "./ranges.js";
import * as typed from "./typed.js";

function start(form, signal) {
  const rows = [];
  const take = (elements) => {
    for (const element of elements) rows.push(...[...element.querySelectorAll(".setting")].map((row) => new Row(row)));
  };
  const dock = form.querySelector(".dock");
  const count = dock.querySelector("[data-count]");
  const names = dock.querySelector(".dock-names");
  const idle = [count.textContent, names.textContent];
  const only = dock.querySelector("[data-only]");
  const search = form.querySelector(".groups-search");
  const found = form.querySelector(".found-line");
  let leaving = false;
  let named = "";

  const changed = () => rows.filter((row) => row.look());
  const show = () => {
    watch(form);
    const all = changed();
    count.textContent = all.length ? `${all.length} ${all.length === 1 ? "change" : "changes"}` : idle[0];
    tell(all);
    only.hidden = !all.length && only.ariaPressed !== "true";
    for (const entry of form.querySelectorAll(".groups a")) {
      const part = form.querySelector(entry.hash);
      const within = all.filter((row) => part?.contains(row.element)).length;
      const mark = entry.querySelector(".groups-changed");
      mark.hidden = !within;
      mark.textContent = within || "";
    }
    sift();
  };
  // Written only when it is another: what is written is laid out anew, with all of the page around it.
  const tell = (all) => {
    const telling = all.map((row) => row.element.id).join();
    if (telling === named) return;
    names.replaceChildren(...(telling ? links(all) : [idle[1]]));
    named = telling;
  };
  const sift = () => {
    const words = search?.querySelector("input").value.trim().toLowerCase() ?? "";
    const alone = only.ariaPressed === "true";
    const shown = rows.filter((row) => row.sift((!words || row.text.includes(words)) && (!alone || row.changed)));
    for (const part of form.querySelectorAll(".setting-group, .settings-part")) {
      part.toggleAttribute("data-out", !part.querySelector(".setting:not([data-out]), .settings-other") && !!part.querySelector(".setting"));
    }
    found.hidden = !words;
    found.textContent = words ? `${shown.length} of ${rows.length} settings fit.` : "";
  };

  take([form]);
  const later = new Later(form, (come) => {
    take(come);
    show();
  });
  const on = (target, kind, listen) => target.addEventListener(kind, listen, { signal });
  on(form, "input", show);
  on(form, "reset", () => setTimeout(show));
  on(form, "submit", (event) => { leaving = !event.submitter?.formTarget; });
  on(form, "click", (event) => {
    if (event.target.closest(".groups a")) later.all();
    const mine = event.target.closest("[data-fill]");
    if (mine && fill(form, mine.dataset.fill)) {
      event.preventDefault();
      show();
    }
    const back = event.target.closest("[data-back]");
    if (!back) return;
    rows.find((row) => row.element.contains(back)).putBack();
    show();
  });
  on(only, "click", () => {
    only.ariaPressed = String(only.ariaPressed !== "true");
    show();
  });
  // What is searched for is no setting, and sends no form.
  if (search) {
    on(search, "focusin", () => later.all());
    on(search, "keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }
  on(document, "keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.contains(document.activeElement)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  on(window, "beforeunload", (event) => { if (!leaving && changed().length) event.preventDefault(); });
  on(window, "pagehide", () => typed.keep(changed().flatMap((row) => row.controls.filter(differs))));
  on(window, "pageshow", () => { leaving = false; show(); });
  if (location.hash) later.all();
  typed.restore(form, () => later.all());
  show();
}

function links(rows) {
  return rows.flatMap((row, at) => {
    const link = Object.assign(document.createElement("a"), { href: `#${row.element.id}`, textContent: row.label });
    return at ? [", ", link] : [link];
  });
}

/** One setting. */
class Row {
  constructor(element) {
    this.element = element;
    this.controls = [...element.querySelectorAll("input:not([type=hidden]), select, textarea")];
    this.changed = false;
  }

  get label() {
    return this.element.querySelector("label, legend").textContent;
  }

  /** What it is found by. */
  get text() {
    return this.words ??= this.element.querySelector(".setting-about").textContent.toLowerCase();
  }

  /** Hides it where it is not wanted. */
  sift(wanted) {
    this.element.toggleAttribute("data-out", !wanted);
    return wanted;
  }

  /** Whether it is not as the server drew it; then it is marked. */
  look() {
    this.changed = this.controls.some(differs);
    this.element.toggleAttribute("data-changed", this.changed);
    if (this.changed && !this.mark) this.tell();
    if (this.mark) this.mark.hidden = this.was.hidden = !this.changed;
    return this.changed;
  }

  /** Makes what only a change brings: that it is one, and the way back. */
  tell() {
    this.mark = Object.assign(document.createElement("span"), { className: "setting-mark", textContent: "Changed" });
    this.was = Object.assign(document.createElement("p"), { className: "setting-was" });
    const secret = this.element.querySelector("[type=password]");
    const back = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
    back.textContent = secret ? "Keep what is there" : "Put back";
    back.dataset.back = "";
    this.was.append(secret ? "" : `Was ${this.element.dataset.was}. `, back);
    this.element.querySelector(".setting-label").append(this.mark);
    this.element.querySelector(".setting-value").append(this.was);
  }

  putBack() {
    for (const control of this.controls) {
      if (typed.isTick(control)) control.checked = control.defaultChecked;
      else if (control.localName === "select") for (const option of control.options) option.selected = option.defaultSelected;
      else control.value = control.defaultValue;
    }
    this.controls[0]?.focus();
  }
}

function differs(control) {
  if (typed.isTick(control)) return control.checked !== control.defaultChecked;
  if (control.localName === "select") {
    const usual = [...control.options].some((option) => option.defaultSelected);
    return [...control.options].some((option, at) => option.selected !== (usual ? option.defaultSelected : at === 0));
  }
  return control.value !== control.defaultValue;
}

/** What stands in the form; drawn anew, it begins anew. */
class SettingsForm extends HTMLElement {
  connectedCallback() {
    this.gone = new AbortController();
    start(this.closest("form"), this.gone.signal);
  }

  disconnectedCallback() {
    this.gone.abort();
  }
}
customElements.define("settings-form", SettingsForm);
