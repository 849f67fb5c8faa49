// <env-preview> around the text of a .env file: what comes of it is shown beside it while it is typed, and a file that is
// dropped becomes its text. Nothing is sent to Supabase by that. Without scripts the next page shows the same.

/** How long typing rests before it is looked at. */
const REST = 500;
/** What a form may hold; more is a file. */
const MOST = 900 * 1024;

class EnvPreview extends HTMLElement {
  #asked = 0;
  #waiting;

  connectedCallback() {
    this.form = this.closest("form");
    this.text = this.querySelector("textarea");
    this.region = this.querySelector("[data-region=preview]");
    if (!this.form || !this.text || !this.region) return;
    this.first = [...this.region.childNodes];
    this.text.addEventListener("input", () => this.#later());
    for (const type of ["dragover", "drop"]) this.text.addEventListener(type, (event) => this.#drop(event));
    this.dataset.ready = "";
    if (this.text.value) this.#later();
  }

  #later() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#look(), REST);
  }

  async #look() {
    const number = ++this.#asked;
    if (!this.text.value.trim()) {
      this.region.replaceChildren(...this.first);
      return;
    }
    const fields = new FormData();
    for (const name of ["ref", "_back"]) fields.append(name, new FormData(this.form).get(name) ?? "");
    fields.append(this.text.name, this.text.value);
    try {
      const answer = await fetch(this.region.dataset.preview, { method: "POST", body: fields, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-region=preview]");
      if (number === this.#asked && fresh) this.region.replaceChildren(...fresh.childNodes);
    } catch {
      // Review asks the same, and says what is wrong.
    }
  }

  async #drop(event) {
    const file = event.dataTransfer?.files[0];
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (event.type === "drop" && file && file.size < MOST) {
      this.text.value = await file.text();
      this.#later();
    }
  }
}

customElements.define("env-preview", EnvPreview);
