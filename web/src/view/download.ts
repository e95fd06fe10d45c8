import { strToU8, zipSync } from "fflate";
import { h } from "./dom.js";

/** A file that is offered. */
export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A button that saves a file, which is made when it is pressed. */
export function downloadButton(label: string, make: () => Download): HTMLButtonElement {
  return h("button", { type: "button", click: () => saveFile(make()) }, label);
}

/** Files by their paths, as a zip archive that holds them in a folder. */
export function zipFolder(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([path, content]) => [
    `${folder}/${path}`,
    typeof content === "string" ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>);
}

/** Offers a file to be saved. */
export function saveFile({ name, bytes }: Download): void {
  const url = URL.createObjectURL(new Blob([bytes]));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
