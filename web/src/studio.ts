/** The database file that `virga studio` serves beside the page; there is none elsewhere. */
export interface StudioFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const address = "studio/database";

/** Whether the page was opened by `virga studio`. */
export const inStudio = new URLSearchParams(location.search).has("studio");

/** The file, when the page was opened by `virga studio`. */
export async function studioFile(): Promise<StudioFile | undefined> {
  if (!inStudio) return undefined;
  const response = await fetch(address);
  if (!response.ok) throw new Error(await response.text());
  const name = decodeURIComponent(response.headers.get("x-file-name") ?? "");
  return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Writes the file. */
export async function saveStudioFile(bytes: Uint8Array): Promise<void> {
  const response = await fetch(address, { method: "PUT", body: new Uint8Array(bytes) });
  if (!response.ok) throw new Error(await response.text());
}
