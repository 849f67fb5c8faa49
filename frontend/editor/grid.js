// <result-grid> around a table of rows: it scrolls however many there are, since only the rows in sight stand in the page.
// Arrows move, Shift chooses more, Ctrl-C copies, Space shows the whole value, the heads sort. The rows are fetched from
// `data-from`, once: a piece on each line, which is read once it is scrolled to; see app/src/sql/window.rs for what is in it.
import { Choice } from "./choice.js";
import { ordered, pause, plain, shown, tabbed, whole } from "./values.js";

const OVER = 5;
/** Pixels of a column, at most, and those of a cell beside its letters. */
const MOST = 360;
const AROUND = 26;
/** Letters that may be wider than the others of a font in which all are as wide. */
const WIDE = /[^\u0000-\u024f\u2026]/;
/** The cell that the keys move. */
const HERE = "grid-here";
/** Names a value, whose cell may be out of the page. */
const of = (row, column) => `${row} ${column}`;
const number = new Intl.NumberFormat("en-GB");

class ResultGrid extends HTMLElement {
  #lines = new Map();
  /** Lines of which only the columns in sight are written. */
  #partly = new Set();
  #order = null;
  #sorted = [-1, 0];
  #choice;

  connectedCallback() {
    if (this.asked) return this.#again();
    this.asked = true;
    this.#load().catch(() => {
      // The first rows stand there, and how many there are.
    });
  }

  /** It was out of the page for a while, beside another answer: where it was scrolled to is lost. */
  #again() {
    if (!("ready" in this.dataset)) return;
    addEventListener("copy", this.copy);
    this.#soon();
  }

  async #load() {
    const answer = await fetch(this.dataset.from);
    if (!answer.ok) return;
    this.pieces = (await answer.text()).trimEnd().split("\n");
    if (!this.isConnected) {
      this.asked = false;
      return;
    }
    this.size = Number(this.dataset.piece);
    this.count = Number(this.dataset.rows);
    this.box = this.querySelector(".grid-box");
    this.#frame();
    this.#choice = new Choice(this.count, this.names.length);
    this.box.addEventListener("scroll", () => this.#soon(), { passive: true });
    new ResizeObserver(() => this.#soon()).observe(this.box);
    this.sheet.addEventListener("keydown", (event) => this.#key(event));
    this.sheet.addEventListener("pointerdown", (event) => this.#press(event));
    this.sheet.addEventListener("dblclick", () => this.#peek());
    for (const name of ["focus", "blur"]) this.sheet.addEventListener(name, () => this.#mark());
    addEventListener("copy", this.copy);
    this.dataset.ready = "";
    this.#draw();
  }

  disconnectedCallback() {
    removeEventListener("copy", this.copy);
  }

  /** The widths that the first rows have asked for stay; from here on the rows are drawn by us, each by itself. */
  #frame() {
    const table = this.box.querySelector("table");
    const heads = [...table.tHead.rows[0].cells];
    this.names = heads.slice(1).map((head) => head.textContent);
    // The last number is the widest.
    table.tBodies[0].rows[0].cells[0].textContent = number.format(this.count);
    this.high = table.tBodies[0].rows[0].offsetHeight;
    this.top = heads[0].offsetHeight;
    this.sheet = document.createElement("div");
    this.sheet.className = "grid-sheet";
    this.sheet.tabIndex = 0;
    const [least, first] = [heads.map((head) => head.offsetWidth), heads[0].offsetWidth];
    table.replaceWith(this.sheet);
    this.#measure(first, least.slice(1));
    const wide = this.lefts.at(-1) + this.widths.at(-1);
    this.sheet.style.width = `${wide}px`;
    this.sheet.style.height = `${this.top + this.count * this.high}px`;
    // Few rows need no more room than they take, with the bar that scrolls sideways.
    this.box.style.setProperty("--grid-high", `${this.top + this.count * this.high + (wide > this.box.clientWidth ? 18 : 2)}px`);
    const told = {
      role: "grid", "aria-rowcount": this.count + 1, "aria-colcount": this.widths.length, "aria-multiselectable": "true",
      "aria-label": this.box.getAttribute("aria-label"),
    };
    for (const [name, value] of Object.entries(told)) this.sheet.setAttribute(name, value);
    for (const name of ["tabindex", "role", "aria-label"]) this.box.removeAttribute(name);
    const head = this.#line("columnheader", "grid-heads");
    head.ariaRowIndex = 1;
    this.heads = [...head.children];
    this.heads[0].textContent = "#";
    this.heads.slice(1).forEach((cell, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "grid-sort";
      button.textContent = this.names[column];
      button.addEventListener("click", () => this.#sort(column));
      cell.replaceChildren(button);
    });
    this.sheet.append(head);
    this.foot = this.appendChild(document.createElement("p"));
    this.foot.className = "grid-foot";
    this.foot.setAttribute("role", "status");
    this.value = this.appendChild(document.createElement("div"));
    this.value.className = "grid-value";
    this.value.hidden = true;
    this.#charts();
  }

  /** The chart's own script comes once it is wanted. */
  #charts() {
    const place = document.createElement("div");
    const fold = this.appendChild(document.createElement("details"));
    fold.className = "grid-chart";
    fold.append(Object.assign(document.createElement("summary"), { textContent: "Chart" }), place);
    fold.addEventListener("toggle", async () => {
      const { chart } = await import("./chart.js");
      this.redraw = chart(place, { names: this.names, rows: this.count, row: (at) => this.#row(at) });
    }, { once: true });
  }

  /** As wide as the first and the last rows want it, and no column wider than is good for the others. */
  #measure(first, least) {
    const probe = this.sheet.appendChild(document.createElement("span"));
    probe.textContent = "0".repeat(100);
    const letter = probe.offsetWidth / 100;
    probe.remove();
    const rows = [...this.#piece(0), ...this.#piece(this.pieces.length - 1)];
    const width = (at) => {
      const longest = rows.reduce((most, row) => Math.max(most, shown(row[at])[0].length), this.names[at].length + 2);
      return Math.max(least[at], Math.min(MOST, Math.ceil(longest * letter) + AROUND));
    };
    this.widths = [first, ...this.names.map((_, at) => width(at))];
    const room = this.box.clientWidth - this.widths.reduce((all, one) => all + one, 0);
    if (room > 0) this.widths[this.widths.length - 1] += room;
    this.lefts = this.widths.map((_, at) => this.widths.slice(0, at).reduce((all, one) => all + one, 0));
    // Cut by their letters: a cell that clips costs a layer.
    this.fits = this.widths.slice(1).map((one) => Math.floor((one - AROUND + 1) / letter));
  }

  #piece(at) {
    const piece = this.pieces[at];
    return typeof piece === "string" ? (this.pieces[at] = JSON.parse(piece)) : piece;
  }

  /** What the row is called: its place in the answer, however it is sorted. */
  #called(at) {
    return number.format((this.#order ? this.#order[at] : at) + 1);
  }

  #row(at) {
    const row = this.#order ? this.#order[at] : at;
    return this.#piece(Math.floor(row / this.size))[row % this.size];
  }

  /** Reads every piece, a bit at a time. */
  async #all() {
    for (let at = 0; at < this.pieces.length; at++) {
      if (typeof this.pieces[at] !== "string") continue;
      this.#piece(at);
      await pause();
    }
  }

  #soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.#draw();
    });
  }

  /** Brings the rows in sight, and some around them, into the page. Those that stay are not touched. */
  #draw(anew = false) {
    const { high, count } = this;
    const [seen, end] = [Math.floor(this.box.scrollTop / high), Math.ceil((this.box.scrollTop + this.box.clientHeight) / high)];
    // Where the bar is dragged far at each frame, only what is seen is drawn: what lies around it comes once it rests.
    const far = seen >= this.last || end <= this.first;
    const over = far ? 0 : OVER;
    if (far) this.#soon();
    const [first, last] = [Math.max(0, seen - over), Math.min(count, end + over)];
    if (!anew && first === this.first && last === this.last) return;
    // The same of columns: what stands beside those in sight is written when it rests.
    const columns = far ? this.#inSight() : [0, this.names.length];
    if (!far) for (const [at, line] of this.#lines) if (this.#partly.delete(line) && at >= first && at < last) this.#fill(line, at, columns);
    const free = [];
    for (const [at, line] of this.#lines) {
      if (anew || at < first || at >= last) {
        this.#lines.delete(at);
        free.push(line);
      }
    }
    for (let at = first; at < last; at++) {
      if (this.#lines.has(at)) continue;
      const line = free.pop() ?? this.sheet.appendChild(this.#line("gridcell", "grid-line"));
      this.#lines.set(at, this.#fill(line, at, columns));
      if (far) this.#partly.add(line);
      else this.#partly.delete(line);
    }
    for (const line of free) {
      this.#partly.delete(line);
      line.remove();
    }
    [this.first, this.last] = [first, last];
    this.#mark();
  }

  /** From which column to which the box shows them. */
  #inSight() {
    const { scrollLeft, clientWidth } = this.box;
    const [from, to] = [scrollLeft + this.widths[0], scrollLeft + clientWidth];
    const first = this.names.findIndex((_, at) => this.lefts[at + 1] + this.widths[at + 1] > from);
    const last = this.names.findLastIndex((_, at) => this.lefts[at + 1] < to);
    return [Math.max(0, first), last + 1];
  }

  #line(role, name) {
    const line = document.createElement("div");
    line.className = name;
    line.role = "row";
    line.style.height = `${name === "grid-line" ? this.high : this.top}px`;
    this.widths.forEach((width, at) => {
      const cell = line.appendChild(document.createElement("div"));
      cell.role = at ? role : role === "gridcell" ? "rowheader" : role;
      cell.className = at ? "grid-cell" : "grid-number";
      if (at) cell.style.left = `${this.lefts[at]}px`;
      cell.style.width = `${width}px`;
      cell.append("");
    });
    return line;
  }

  #fill(line, at, [first, last]) {
    const row = this.#row(at);
    line.dataset.at = at;
    line.style.top = `${this.top + at * this.high}px`;
    line.ariaRowIndex = at + 2;
    const cells = line.children;
    cells[0].firstChild.nodeValue = this.#called(at);
    for (let column = first; column < last; column++) {
      const cell = cells[column + 1];
      const [text, name, word] = shown(row[column]);
      cell.firstChild.nodeValue = text.length > this.fits[column] ? `${text.slice(0, this.fits[column] - 1)}\u2026` : text;
      // Cells that clip cost a layer each: only what may be wider than a letter of the font does.
      const clips = WIDE.test(text);
      if (clips !== "clips" in cell.dataset) clips ? (cell.dataset.clips = "") : delete cell.dataset.clips;
      for (const one of ["is", "kind"]) {
        if (one === name) cell.dataset[one] = word;
        else if (one in cell.dataset) delete cell.dataset[one];
      }
    }
    return line;
  }

  #mark() {
    const { rows, columns, at: here } = this.#choice;
    const focused = document.activeElement === this.sheet;
    if (!focused && !this.marked) return;
    this.marked = focused;
    for (const [at, line] of this.#lines) {
      const inside = focused && at >= rows[0] && at <= rows[1];
      for (let column = 0; column < this.names.length; column++) {
        const chosen = inside && column >= columns[0] && column <= columns[1];
        const cell = line.children[column + 1];
        if (chosen !== (cell.ariaSelected === "true")) cell.ariaSelected = chosen ? "true" : null;
        const is = focused && at === here.row && column === Math.max(0, here.column);
        if (is !== ("here" in cell.dataset)) is ? (cell.dataset.here = "") : delete cell.dataset.here;
        // Only the one that the sheet names has one: many of them would be changed at each frame.
        if (is !== (cell.id !== "")) is ? (cell.id = HERE) : cell.removeAttribute("id");
      }
    }
    // One that is scrolled away is not in the page.
    if (focused && this.#lines.has(here.row)) this.sheet.setAttribute("aria-activedescendant", HERE);
    else this.sheet.removeAttribute("aria-activedescendant");
  }

  #say() {
    const { rows, columns, whole, at } = this.#choice;
    const [high, wide] = [rows[1] - rows[0] + 1, columns[1] - columns[0] + 1];
    const where = `Row ${this.#called(at.row)}${at.column < 0 ? "" : `, ${this.names[at.column]}`}`;
    const what = whole ? `${number.format(high)} ${high === 1 ? "row" : "rows"} chosen` : high * wide === 1 ? "" : `${number.format(high)} \u00d7 ${wide} values chosen`;
    this.foot.textContent = [where, what, "Ctrl C copies", "Space shows the whole value"].filter(Boolean).join(" \u00b7 ");
  }

  /** Moves the choice; `more` keeps where it began. */
  #go(row, column, more) {
    this.#choice.go(row, column, more);
    const { at } = this.#choice;
    const { box, high, top: head } = this;
    const top = at.row * high;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + high + head > box.scrollTop + box.clientHeight) box.scrollTop = top + high + head - box.clientHeight;
    if (at.column >= 0) {
      const [first, left, wide] = [this.widths[0], this.lefts[at.column + 1], this.widths[at.column + 1]];
      if (left - first < box.scrollLeft) box.scrollLeft = left - first;
      else if (left + wide > box.scrollLeft + box.clientWidth) box.scrollLeft = left + wide - box.clientWidth;
    }
    this.#draw();
    this.#mark();
    this.#say();
    if (!this.value.hidden) this.#peek(true);
  }

  #key(event) {
    if (event.target !== this.sheet) return;
    const { row, column } = this.#choice.at;
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.high) - 2);
    const end = this.names.length - 1;
    const far = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: [far ? 0 : row - 1, column], ArrowDown: [far ? this.count - 1 : row + 1, column],
      ArrowLeft: [row, far ? 0 : column - 1], ArrowRight: [row, far ? end : column + 1],
      PageUp: [row - page, column], PageDown: [row + page, column],
      Home: [far ? 0 : row, 0], End: [far ? this.count - 1 : row, end],
    };
    if (moves[event.key]) this.#go(...moves[event.key], event.shiftKey);
    else if (event.key === " " || event.key === "Enter") this.#peek();
    else if (event.key === "Escape" && !this.value.hidden) this.value.hidden = true;
    else if (far && event.key.toLowerCase() === "a") {
      this.#choice.all();
      this.#all();
      this.#mark();
      this.#say();
    } else return;
    event.preventDefault();
  }

  #press(event) {
    const cell = event.target.closest(".grid-line > *");
    if (!cell || event.button !== 0) return;
    this.sheet.focus({ preventScroll: true });
    this.#go(Number(cell.parentNode.dataset.at), [...cell.parentNode.children].indexOf(cell) - 1, event.shiftKey);
    if (event.shiftKey) event.preventDefault();
  }

  /** What was chosen goes to the clipboard, unless letters are selected. */
  copy = (event) => {
    if (document.activeElement !== this.sheet || !getSelection().isCollapsed) return;
    const { rows, columns } = this.#choice;
    const single = rows[0] === rows[1] && columns[0] === columns[1];
    const lines = [];
    for (let at = rows[0]; at <= rows[1]; at++) {
      const row = this.#row(at).slice(columns[0], columns[1] + 1);
      lines.push(row.map(single ? plain : tabbed).join("\t"));
    }
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
    const count = lines.length * (columns[1] - columns[0] + 1);
    this.foot.textContent = count === 1 ? "1 value copied" : `${number.format(count)} values copied`;
  };

  /** The whole value below the grid; `follow` shows that of another cell in the same place. */
  #peek(follow = false) {
    const { row, column } = this.#choice.at;
    if (column < 0) return;
    if (!follow && !this.value.hidden && this.value.dataset.of === of(row, column)) {
      this.value.hidden = true;
      return;
    }
    const { text, cut } = whole(this.#row(row)[column]);
    const head = document.createElement("p");
    head.append(Object.assign(document.createElement("b"), { textContent: this.names[column] }), ` row ${this.#called(row)}${cut ? ", cut: the files have all of it" : ""}`);
    const body = document.createElement("pre");
    body.tabIndex = 0;
    body.textContent = text;
    this.value.replaceChildren(head, body);
    this.value.dataset.of = of(row, column);
    this.value.hidden = false;
  }

  /** Up, down, as it came. Null stands last; what are numbers goes by their worth. */
  async #sort(column) {
    const way = this.#sorted[0] !== column ? 1 : this.#sorted[1] === 1 ? -1 : 0;
    this.#sorted = way ? [column, way] : [-1, 0];
    await this.#all();
    const value = (_, at) => this.#piece(Math.floor(at / this.size))[at % this.size][column];
    this.#order = way ? await ordered(Array.from({ length: this.count }, value), way) : null;
    this.heads.slice(1).forEach((head, at) => {
      if (way && at === column) head.ariaSort = way > 0 ? "ascending" : "descending";
      else head.removeAttribute("aria-sort");
    });
    this.box.scrollTop = 0;
    this.#draw(true);
    this.#say();
    this.redraw?.();
  }
}

customElements.define("result-grid", ResultGrid);
