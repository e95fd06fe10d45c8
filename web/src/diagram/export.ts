import type { Bounds } from "./layout.js";

/** What of the page's styles makes a drawing; the rest is the same everywhere. */
const drawn = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
];

const margin = 24;
/** Browsers draw no larger pictures. */
const largest = 16_384;

/** A drawing as an SVG file that needs nothing else: its styles stand in it, its text is text. */
export function svgFile(drawing: SVGSVGElement, { x, y, width, height }: Bounds): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [...drawing.querySelectorAll("*")];
  for (const [index, element] of [...copy.querySelectorAll("*")].entries()) {
    const original = originals[index];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const name of [...element.getAttributeNames()])
      if (/^(?:class|role|tabindex|data-|aria-)/.test(name)) element.removeAttribute(name);
    if (element.localName === "g" || element.localName === "title") continue;
    for (const name of drawn) {
      const text = element.localName === "text" || !name.startsWith("font");
      const value = style.getPropertyValue(name);
      if (text && value !== "") element.setAttribute(name, value);
    }
  }
  for (const hit of copy.querySelectorAll("[fill='rgba(0, 0, 0, 0)'][stroke='none']")) hit.remove();
  copy.querySelector("g")?.removeAttribute("transform");
  const box = [x - margin, y - margin, width + margin * 2, height + margin * 2].map(Math.round);
  for (const name of copy.getAttributeNames()) copy.removeAttribute(name);
  copy.setAttribute("viewBox", box.join(" "));
  copy.setAttribute("width", String(box[2]));
  copy.setAttribute("height", String(box[3]));
  const paper = document.createElementNS(copy.namespaceURI, "rect");
  const colours = getComputedStyle(drawing);
  for (const [index, name] of ["x", "y", "width", "height"].entries())
    paper.setAttribute(name, String(box[index]));
  paper.setAttribute("fill", colours.backgroundColor);
  copy.prepend(paper);
  for (const comment of commentsIn(copy)) comment.remove();
  return new XMLSerializer().serializeToString(copy);
}

/** Templates leave comments that only they need. */
function commentsIn(node: Node): ChildNode[] {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_COMMENT);
  const found: ChildNode[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Comment);
  return found;
}

/** An SVG file as a picture, two of its points for one of the drawing's unless it becomes too large. */
export async function pngFile(text: string): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const scale = Math.min(2, largest / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error("The browser made no picture of the diagram.")),
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
