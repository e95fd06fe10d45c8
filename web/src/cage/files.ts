/**
 * A file of the page. Where the page is a single document, its files stand in it, deflated and as base64, under
 * their names; elsewhere they are fetched.
 */
export async function fileBytes(url: string): Promise<ArrayBuffer> {
  const inside = document.getElementById(`file:${url.split("/").at(-1) ?? ""}`);
  if (inside) {
    const packed = await fetch(`data:application/octet-stream;base64,${inside.textContent ?? ""}`);
    const unpacked = packed.body?.pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(unpacked).arrayBuffer();
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.arrayBuffer();
}
