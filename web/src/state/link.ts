import { isWorkspace, type Workspace } from "./workspace.js";

/** Of the form of links: `#v1.` and base64url of deflated bytes. */
const mark = "#v1.";

/** What unpacks to more is no workspace but a bomb. */
const mostBytes = 64 * 2 ** 20;

/**
 * A workspace as the hash of a link. Inside is the length of a JSON text as four bytes, the text, and the data.
 * The hash of an address is not sent to servers.
 */
export async function toHash({ data, ...rest }: Workspace): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(rest));
  const bytes = new Uint8Array(4 + text.length + (data?.length ?? 0));
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, 4);
  if (data) bytes.set(data, 4 + text.length);
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  return mark + base64Url(packed);
}

/**
 * The workspace of a link; undefined when the hash is of another kind.
 *
 * @throws when the link is damaged
 */
export async function fromHash(hash: string): Promise<Workspace | undefined> {
  if (!hash.startsWith(mark)) return undefined;
  try {
    const packed = fromBase64Url(hash.slice(mark.length));
    const bytes = await through(packed, new DecompressionStream("deflate-raw"));
    const end = 4 + new DataView(bytes.buffer).getUint32(0);
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(4, end)));
    if (!isWorkspace(value)) throw new Error("It holds something else.");
    const data = bytes.slice(end);
    return { ...value, data: data.length > 0 ? data : undefined };
  } catch (error) {
    throw new Error(`This link is damaged: ${(error as Error).message}`);
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const chunk = next.value as Uint8Array<ArrayBuffer>;
    length += chunk.length;
    if (length > mostBytes) throw new Error("It unpacks to more than 64 MB.");
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function base64Url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
