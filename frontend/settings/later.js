// Groups that are out of sight at first wait as text, which costs neither elements nor styles: there are pages of 230
// settings. They are put in one by one when there is time, or all at once as soon as somebody wants one of them.
const WAITING = "noscript[data-later]";
/** How long it is waited for islands, in milliseconds: without them the groups come all the same. */
const PATIENCE = 2_000;

const awake = () => "hydrated" in document.documentElement.dataset;
const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 50));

const ready = new Promise((done) => {
  if (awake()) return done();
  const watch = new MutationObserver(() => { if (awake()) done(watch.disconnect()); });
  watch.observe(document.documentElement, { attributeFilter: ["data-hydrated"] });
  setTimeout(done, PATIENCE);
});

/** Puts in what waits in `form`, and calls `arrived` with what has come. */
export class Later {
  constructor(form, arrived) {
    this.form = form;
    this.arrived = arrived;
    if (form.querySelector(WAITING)) ready.then(() => this.next());
  }

  next() {
    whenIdle(() => {
      const first = this.form.isConnected && this.form.querySelector(WAITING);
      if (first) this.put(first);
      if (this.form.querySelector(WAITING)) this.next();
      else if (first) this.arrive();
    });
  }

  /** All that waits, now. */
  all() {
    const waiting = [...this.form.querySelectorAll(WAITING)];
    waiting.forEach((one) => this.put(one));
    if (waiting.length) this.arrive();
  }

  put(waiting) {
    const template = document.createElement("template");
    template.innerHTML = waiting.textContent;
    const come = [...template.content.children];
    waiting.replaceWith(template.content);
    // Islands in it; those that come before the others wake with them.
    if (awake()) come.forEach((one) => one.dispatchEvent(new Event("steward:awake", { bubbles: true })));
    this.arrived(come);
  }

  /** What the address names may only be there now. */
  arrive() {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named && !named.matches(":target")) location.replace(location.hash);
  }
}
