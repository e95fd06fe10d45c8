// A plot as SVG: lines over a logarithmic axis of rows.

const width = 720;
const height = 360;
const margin = { left: 56, right: 190, top: 20, bottom: 44 };
const colors = ["#1f6feb", "#8250df", "#57606a", "#bf8700"];

/**
 * @param series [{ name, points: [[rows, value]] }]
 * @param unit what the vertical axis counts
 */
export function plot(series, unit) {
  const all = series.flatMap(({ points }) => points);
  const xs = all.map(([x]) => Math.log10(x));
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const top = Math.ceil(Math.max(...all.map(([, y]) => y)) * 1.1);
  const x = (value) =>
    margin.left +
    ((Math.log10(value) - first) / (last - first)) * (width - margin.left - margin.right);
  const y = (value) =>
    height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);
  const text = (at, down, content, more = "") =>
    `<text x="${at.toFixed(1)}" y="${down.toFixed(1)}" ${more}>${content}</text>`;
  const lines = [];
  for (let power = Math.ceil(first); power <= last; power += 1) {
    const at = x(10 ** power);
    lines.push(`<line class="grid" x1="${at}" x2="${at}" y1="${margin.top}" y2="${y(0)}"/>`);
    lines.push(text(at, y(0) + 18, (10 ** power).toLocaleString("en"), 'text-anchor="middle"'));
  }
  for (let part = 0; part <= 4; part += 1) {
    const value = (top * part) / 4;
    lines.push(
      `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${y(value)}" y2="${y(value)}"/>`,
    );
    lines.push(text(margin.left - 8, y(value) + 4, value.toFixed(2), 'text-anchor="end"'));
  }
  series.forEach(({ name, points }, index) => {
    const path = points.map(([rows, value]) => `${x(rows).toFixed(1)},${y(value).toFixed(1)}`);
    const color = colors[index % colors.length];
    lines.push(
      `<polyline fill="none" stroke="${color}" stroke-width="2" points="${path.join(" ")}"/>`,
    );
    for (const point of path) {
      const [cx, cy] = point.split(",");
      lines.push(`<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`);
    }
    lines.push(
      text(width - margin.right + 12, margin.top + 14 + index * 20, name, `fill="${color}"`),
    );
  });
  lines.push(text(margin.left, height - 8, "rows"), text(8, 12, unit));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<style>.grid { stroke: #d0d7de; stroke-width: 1 }</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${lines.join("\n")}
</svg>
`;
}
