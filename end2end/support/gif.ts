// An animated picture out of screenshots. Playwright's own recordings need an ffmpeg that is not installed.
import fs from "node:fs";
import type { Page } from "@playwright/test";
import gifenc from "gifenc";
import { PNG } from "pngjs";

export class Film {
  private readonly gif = gifenc.GIFEncoder();

  constructor(private readonly page: Page) {}

  /** Shows the page as it is now, for so many milliseconds. */
  async show(delay: number): Promise<void> {
    const { data, width, height } = PNG.sync.read(await this.page.screenshot({ caret: "hide" }));
    const palette = gifenc.quantize(data, 128);
    this.gif.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay });
  }

  /** Writes the film and gives its size in bytes. */
  write(path: string): number {
    this.gif.finish();
    fs.writeFileSync(path, this.gif.bytes());
    return fs.statSync(path).size;
  }
}
