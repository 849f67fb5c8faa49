// <function-workbench> around the form that deploys a function: what a browser can do beyond the form itself. Files and
// folders are dropped, what changes is marked while it is typed, an upload shows how far it is, and what a bundler says
// stands at its file. Without it the form is sent as it is.
import "./code_editor.js";
import { Draft } from "./draft.js";
import { asText, dropped, within } from "./dropped.js";

const MEGABYTE = 1024 * 1024;

const size = (bytes) =>
  bytes < 1024 ? `${bytes} bytes` : bytes < MEGABYTE ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** What no server can say, as one would; `text` is our own. */
const lost = (text) =>
  parse(`<div class="form-problem"><div class="notice" data-tone="error" role="alert"><div><p class="notice-title">No answer</p>
    <div class="notice-body">${text}</div></div></div></div>`);

class FunctionWorkbench extends HTMLElement {
  /** Files that are no text, by path. */
  #files = new Map();
  #request;
  #draft;

  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector(".files-list");
    this.blank = this.querySelector("[data-new]");
    this.input = this.querySelector("#file-drop");
    if (!this.form || !this.list || !this.blank) return;
    this.template = this.blank.cloneNode(true);
    for (const area of this.form.querySelectorAll("code-editor textarea")) area.required = false;
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("input", () => this.look());
    this.list.addEventListener("click", (event) => this.#open(event));
    this.form.addEventListener("click", (event) => this.#open(event));
    this.input.addEventListener("change", async () => {
      const chosen = [...this.input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
      this.input.value = "";
      await this.#add(within(chosen));
    });
    const zone = this.querySelector(".files");
    for (const type of ["dragenter", "dragover"]) {
      zone.addEventListener(type, (event) => {
        event.preventDefault();
        zone.dataset.over = "";
      });
    }
    zone.addEventListener("dragleave", () => delete zone.dataset.over);
    zone.addEventListener("drop", async (event) => {
      event.preventDefault();
      delete zone.dataset.over;
      await this.#add(within(await dropped(event.dataTransfer.items)));
    });
    addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "s" || !this.isConnected) return;
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector(".deploy-act button"));
    });
    this.look();
    const offer = this.querySelector("[data-draft]");
    if (offer) this.#draft = new Draft(this, offer);
    this.dataset.ready = "";
  }

  get edits() {
    return [...this.form.querySelectorAll(".file-edit")];
  }

  #edit(path) {
    return this.edits.find((edit) => this.path(edit) === path);
  }

  path(edit) {
    return (edit.querySelector("[name=path]")?.value ?? edit.dataset.path ?? "").trim().replace(/^\.\//, "");
  }

  /** How a file stands against the one that runs; an empty new one is none. */
  mark(edit) {
    const text = edit.querySelector("[name=text]");
    const path = this.path(edit);
    if (!text) {
      const keep = edit.querySelector("[name=keep]");
      return keep?.checked ? "" : this.#files.has(path) ? "changed" : "removed";
    }
    if ("new" in edit.dataset) return path === "" && text.value.trim() === "" ? undefined : "added";
    if (edit.querySelector("[name=remove]")?.checked) return "removed";
    return text.value === text.defaultValue && path === edit.dataset.path ? "" : "changed";
  }

  /** Draws the list of files anew, with what became of each. */
  look() {
    const words = { added: "A", changed: "M", removed: "D" };
    const files = [];
    let bytes = 0;
    this.edits.forEach((edit) => {
      const mark = this.mark(edit);
      if (mark === undefined) return;
      const path = this.path(edit);
      files.push({ path, mark, edit });
      if (mark !== "removed") bytes += new Blob([edit.querySelector("[name=text]")?.value ?? ""]).size;
    });
    for (const [path, file] of this.#files) {
      bytes += file.size;
      if (!files.some((one) => one.path === path)) files.push({ path, mark: "added" });
    }
    const icon = this.querySelector(".files-list .icon, summary .icon")?.cloneNode(true);
    const row = ({ path, mark, edit }) => {
      const item = document.createElement("li");
      const link = document.createElement(edit ? "a" : "span");
      link.className = "file";
      if (edit) link.href = `#${edit.querySelector("[id]").id}`;
      link.dataset.file = path;
      link.dataset.depth = String(Math.min(path.split("/").length - 1, 6));
      if (mark) link.dataset.mark = mark;
      const name = document.createElement("span");
      name.className = "cut";
      name.textContent = path || "New file";
      if (icon) link.append(icon.cloneNode(true));
      link.append(name);
      if (edit && "problem" in edit.dataset) {
        const error = document.createElement("span");
        error.className = "on-error";
        error.textContent = "Error";
        link.append(error);
      }
      if (mark) {
        const sign = document.createElement("span");
        sign.className = "file-mark";
        sign.textContent = words[mark];
        sign.title = mark;
        link.append(sign);
      }
      item.append(link);
      return item;
    };
    this.list.replaceChildren(...files.map(row));
    const there = files.filter(({ mark }) => mark !== "removed");
    const most = Number(this.querySelector("[data-megabytes]")?.dataset.megabytes ?? 20);
    const foot = this.querySelector(".files-foot");
    foot.textContent = `${there.length} ${there.length === 1 ? "file" : "files"}, ${size(bytes)} of ${most} MB to send`;
    foot.toggleAttribute("data-over", bytes > most * MEGABYTE);
    const offer = (id, fits) => {
      const option = ({ path }) => Object.assign(document.createElement("option"), { value: path });
      this.querySelector(`#${id}`)?.replaceChildren(...there.filter(({ path }) => fits(path)).map(option));
    };
    offer("import-maps", (path) => /\.jsonc?$/.test(path));
    offer("entrypoints", (path) => /\.[cm]?[jt]sx?$/.test(path));
    const last = this.edits.filter((edit) => "new" in edit.dataset).at(-1);
    if (!last || this.mark(last) !== undefined) this.#room();
  }

  /** Room for one more new file. */
  #room() {
    const edit = this.template.cloneNode(true);
    const id = `file-${this.edits.length}`;
    edit.open = false;
    for (const node of edit.querySelectorAll("[id]")) node.id = node.id.replace(/^file-\d+/, id);
    for (const node of edit.querySelectorAll("[for]")) node.htmlFor = node.htmlFor.replace(/^file-\d+/, id);
    for (const node of edit.querySelectorAll("[name=path]")) node.value = "";
    for (const node of edit.querySelectorAll("textarea")) Object.assign(node, { value: "", required: false });
    this.edits.at(-1).after(edit);
    return edit;
  }

  #open(event) {
    const link = event.target.closest("a[href^='#file-']");
    if (!link) return;
    event.preventDefault();
    const edit = this.querySelector(link.getAttribute("href"))?.closest("details");
    if (!edit) return;
    edit.open = true;
    const line = Number(link.dataset.line ?? 0);
    const editor = edit.querySelector("code-editor");
    if (line > 0 && editor) editor.goTo(line);
    else edit.querySelector("summary").focus();
    edit.scrollIntoView({ block: "nearest" });
  }

  async #add(files) {
    for (const { path, file } of files) {
      const text = await asText(file);
      const edit = this.#edit(path);
      const area = edit?.querySelector("[name=text]");
      if (text && (area || !edit)) {
        this.#files.delete(path);
        this.write(edit ?? this.vacant(), { path, ...text });
      } else {
        this.#files.set(path, file);
        const keep = edit?.querySelector("[name=keep]");
        if (keep) keep.checked = false;
        const remove = edit?.querySelector("[name=remove]");
        if (remove) remove.checked = true;
      }
      this.look();
    }
    this.#draft?.keep();
  }

  /** Paths of the files that are no text. */
  get others() {
    return [...this.#files.keys()];
  }

  /** Room that is still empty. */
  vacant() {
    return this.edits.filter((one) => "new" in one.dataset && this.mark(one) === undefined).at(-1) ?? this.#room();
  }

  /** Puts a file in the place of what an edit holds. */
  write(edit, { path, ends, text }) {
    edit.querySelector("[name=path]").value = path;
    edit.querySelector("[name=ends]").value = ends;
    const editor = edit.querySelector("code-editor");
    editor.dataset.path = path;
    editor.value = text;
    edit.querySelector("summary span").textContent = path;
  }

  /** What is sent: what tells of the files, the files that were chosen, and then the texts. */
  #data(file) {
    const all = new FormData(this.form);
    const data = new FormData();
    const late = ["path", "ends", "remove", "text", "keep"];
    for (const [name, value] of all) if (!late.includes(name) && name !== "file") data.append(name, value);
    for (const [path, content] of this.#files) data.append("file", file(content), path);
    for (const [name, value] of all) if (late.includes(name)) data.append(name, value);
    return data;
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#request) return;
    if (event.submitter?.name === "_preview") {
      await this.#preview();
      return;
    }
    this.#say();
    const checked = this.form.querySelector("input[type=checkbox][name='metadata.verify_jwt']")?.checked;
    const asked = this.form.querySelector("[name=_sure]:checked");
    const data = this.#data((content) => content);
    if (checked === false && !asked) {
      // What it opens is asked about before anything large is sent.
      for (const name of ["file", "path", "ends", "remove", "text", "keep"]) data.delete(name);
    }
    this.#send(data);
  }

  async #preview() {
    // A byte that is no text stands for each file that is none.
    const data = this.#data(() => new Blob([new Uint8Array([0])]));
    data.append("_preview", "true");
    const late = ["file", "path", "ends", "remove", "text", "keep"];
    const ordered = new FormData();
    for (const [name, value] of data) if (!late.includes(name)) ordered.append(name, value);
    for (const [name, value] of data) if (late.includes(name)) ordered.append(name, value);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: ordered, headers: { Accept: "text/html" } });
      const page = parse(await answer.text());
      const changes = page.querySelector("[data-region=changes]");
      const problem = page.querySelector(".form-problem");
      this.querySelector("[data-region=changes]").replaceWith(changes);
      this.querySelector(".form-problem").replaceChildren(...(problem?.children ?? []));
      changes.scrollIntoView({ block: "nearest" });
    } catch {
      this.#say(lost("Steward gave no answer. Nothing was sent to Supabase."));
    }
  }

  #send(data) {
    const request = new XMLHttpRequest();
    this.#request = request;
    const button = this.form.querySelector(".deploy-act button");
    button.setAttribute("aria-busy", "true");
    const progress = document.createElement("progress");
    progress.className = "progress";
    progress.setAttribute("aria-label", "Upload");
    const said = Object.assign(document.createElement("p"), { className: "hint" });
    said.setAttribute("role", "status");
    const place = this.form.querySelector(".deploy-act");
    place.append(progress, said);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      Object.assign(progress, { max: total, value: loaded });
      said.textContent = loaded < total
        ? `Uploading: ${size(loaded)} of ${size(total)}`
        : "Uploaded. Supabase bundles and publishes it; the running version answers until then.";
    });
    const done = () => {
      this.#request = undefined;
      button.removeAttribute("aria-busy");
      progress.remove();
      said.remove();
    };
    request.addEventListener("load", () => {
      done();
      this.#told(request);
    });
    request.addEventListener("error", () => {
      done();
      this.#say(lost("Steward gave no answer, so it is not known whether this was deployed. Look before you send it again."));
    });
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "text/html");
    request.setRequestHeader("steward-in-place", "1");
    request.send(data);
  }

  #told(request) {
    const next = request.getResponseHeader("steward-leads-on");
    if (next) {
      this.#draft?.clear();
      location.assign(next);
    } else this.#say(parse(request.responseText));
  }

  /** What went wrong, as the server has drawn it, at the form and at the file; nothing takes back what was said. */
  #say(answer) {
    const place = this.querySelector(".form-problem");
    for (const edit of this.edits) delete edit.dataset.problem;
    this.querySelectorAll(".file-problem").forEach((note) => note.remove());
    place.replaceChildren();
    for (const field of this.form.elements) field.removeAttribute("aria-invalid");
    if (!answer) return;
    place.replaceChildren(...(answer.querySelector(".form-problem")?.children ?? []));
    const body = place.querySelector(".notice-body");
    const text = body?.textContent ?? "";
    const found = this.#place(text);
    if (found) {
      const { edit, path, line, column } = found;
      edit.dataset.problem = "";
      const link = Object.assign(document.createElement("a"), {
        className: "link", textContent: `${path}:${line}:${column}`, href: `#${edit.querySelector("[id]").id}`,
      });
      link.dataset.line = line;
      body.prepend(link, " ");
      const note = Object.assign(document.createElement("p"), { className: "file-problem" });
      note.textContent = `Line ${line}, column ${column}: ${text}`;
      edit.querySelector("summary").after(note);
      edit.open = true;
      edit.querySelector("code-editor")?.goTo(line);
    } else {
      place.scrollIntoView({ block: "nearest" });
    }
    const asked = answer.querySelector(".form-asked");
    if (asked) this.querySelector(".form-asked").replaceChildren(...asked.children);
    const field = this.form.elements[answer.querySelector("[data-field]")?.dataset.field];
    const control = field instanceof RadioNodeList ? [...field].find((one) => one.type !== "hidden") : field;
    if (control?.type && control.type !== "hidden") {
      control.setAttribute("aria-invalid", "true");
      control.focus();
    }
    this.look();
  }

  /** The file and line that a bundler's words name. */
  #place(text) {
    for (const [, name, line, column] of text.matchAll(/([^\s"'()<>,`]+):(\d+):(\d+)/g)) {
      const ends = (edit) => {
        const path = this.path(edit);
        return path !== "" && (name === path || name.endsWith(`/${path}`));
      };
      const found = this.edits.filter(ends).sort((a, b) => this.path(b).length - this.path(a).length)[0];
      if (found) return { edit: found, path: this.path(found), line: Number(line), column: Number(column) };
    }
    return undefined;
  }
}

customElements.define("function-workbench", FunctionWorkbench);
