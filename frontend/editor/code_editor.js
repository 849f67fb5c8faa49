// <code-editor> around a form's textarea: CodeMirror in its place, once it is to be seen. The textarea stays what is sent.
class CodeEditor extends HTMLElement {
  #editor;
  #loading;

  connectedCallback() {
    this.textarea = this.querySelector("textarea");
    if (!this.textarea || this.shadowRoot) return;
    // The label stays in the page; what is in the slot is hidden while the editor stands there.
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.#load().catch(() => {
        // Without the editor the textarea does as well.
      });
    }).observe(this);
  }

  #load() {
    this.#loading ??= (async () => {
      const { editor } = await import("./codemirror.js");
      const root = this.attachShadow({ mode: "open" });
      const { textarea } = this;
      this.#editor = editor({
        root,
        text: textarea.value,
        path: this.dataset.path ?? "",
        label: this.querySelector("label")?.textContent.trim() ?? "Text",
        readonly: textarea.disabled || textarea.readOnly,
        changed: (text) => {
          textarea.value = text;
          textarea.dispatchEvent(new Event("input", { bubbles: true }));
        },
      });
      this.dataset.ready = "";
      if (this.dataset.columns) root.addEventListener("focusin", () => this.#propose(), { once: true });
      if (this.dataset.line) this.goTo(Number(this.dataset.line));
    })();
    return this.#loading;
  }

  /** What the editor proposes is asked for when somebody begins to use it; without it the keywords are there. */
  async #propose() {
    const { columns } = await import("./columns.js");
    const found = await columns(this.dataset.columns);
    if (found) this.#editor.propose(found);
  }

  /** Puts another text there, with the state that it had, and gives the state of the one that was there. */
  swap(text, state) {
    this.textarea.value = text;
    return this.#editor?.swap(text, state);
  }

  focusText() {
    if (this.#editor) this.#editor.focus();
    else this.textarea.focus();
  }

  /** Puts text where the cursor is, in the place of what is selected. */
  insert(text) {
    if (this.#editor) return this.#editor.insert(text);
    const { textarea } = this;
    textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end");
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    textarea.focus();
  }

  async goTo(line) {
    await this.#load();
    this.#editor.goTo(line);
  }

  /** What is selected; empty where nothing is. */
  get selection() {
    return this.#editor?.selection ?? "";
  }

  /** Puts another text in the place of what is there. */
  set value(text) {
    this.textarea.value = text;
    this.#editor?.set(text);
  }
}

customElements.define("code-editor", CodeEditor);
