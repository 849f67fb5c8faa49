/** A part of the page at an address, as the server draws it by its region's name; `undefined` where it gives no such page. */
export async function part(address, region) {
  const headers = { Accept: "text/html", "steward-regions": region };
  const text = await fetch(address, { headers }).then((answer) => (answer.redirected ? "" : answer.text()), () => "");
  return text ? new DOMParser().parseFromString(text, "text/html") : undefined;
}
