// Files and folders as a browser gives them, chosen or dropped.

/** The largest file that is edited as text; see app/src/functions/source.rs. */
const TEXT = 256 * 1024;

/** Text with line ends of one kind, as a form gives it back; else nothing. */
export async function asText(file) {
  if (file.size > TEXT) return undefined;
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch {
    return undefined;
  }
  const ends = text.includes("\r\n") ? "crlf" : "lf";
  const plain = text.replaceAll("\r\n", "\n");
  const same = ends === "crlf" ? plain.replaceAll("\n", "\r\n") === text : true;
  return same && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(plain) ? { text: plain, ends } : undefined;
}

/** Every file of what was dropped, by its path within it. */
export async function dropped(items) {
  const files = [];
  const walk = async (entry, folder) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isFile) {
      files.push({ path, file: await new Promise((done, fail) => entry.file(done, fail)) });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (some.length === 0) return;
      for (const one of some) await walk(one, path);
    }
  };
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  for (const entry of entries) await walk(entry, "");
  return files;
}

/** Paths from the function's own folder on: without the folder that all of them lie in. */
export function within(files) {
  const first = files[0]?.path.split("/")[0];
  const folder = files.every(({ path }) => path.startsWith(`${first}/`)) ? first.length + 1 : 0;
  return files.map(({ path, file }) => ({ path: path.slice(folder), file }));
}
