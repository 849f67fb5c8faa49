// Tells Steward that something of its own broke off here: what, and how. Nothing of the page goes along, and of a page three
// are told at most. What extensions do is none of ours. An error has a `part` where its stack does not tell.
{
  let left = 3;
  const ours = `${location.origin}/pkg/`;
  const name = (address) => address.split(ours)[1]?.split(/[._]/)[0];
  const tell = (part, kind) => {
    if (part && left-- > 0) navigator.sendBeacon("/faults", new URLSearchParams({ part, kind }));
  };
  const broke = (error) => {
    const kind = error instanceof WebAssembly.RuntimeError ? "panic" : "error";
    tell(error?.part ?? name(`${error?.stack}`), error?.part === "wasm" ? "load" : kind);
  };
  addEventListener("error", ({ target, error }) => {
    if (target === window) broke(error);
    else tell(name(`${target.src ?? target.href}`), "load");
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => broke(reason));
}
