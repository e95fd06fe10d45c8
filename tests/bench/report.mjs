// The figures of a workload as text.

/** Hand-written variants that read values as they are stored, not out of JSON text. */
const typed = ({ side, variant }) => side === "raw-native" && !variant.startsWith("json");

/**
 * The entries with their ratios to the unit, the fastest variant of hand-written code on
 * better-sqlite3, and to the fastest of those that are right for every type: JSON text has no blobs,
 * 15 digits of a real, and integers that JavaScript rounds.
 */
export function ranked({ entries }) {
  const measured = entries.filter(({ differs }) => !differs);
  const fastest = (fits) => Math.min(...measured.filter(fits).map(({ median }) => median));
  const unit = fastest(({ side }) => side === "raw-native");
  const typedUnit = fastest(typed);
  return entries.map((entry) => ({
    ...entry,
    ratio: entry.median / unit,
    typedRatio: entry.median / typedUnit,
    best: entry.median === fastest(({ side }) => side === entry.side),
  }));
}

/** How a ratio stands to the bar of its workload. */
export function verdict({ bar }, { side, ratio, typedRatio }) {
  if (!bar || !side.startsWith("ours")) return "";
  if (ratio <= bar) return `≤ ${bar} ok`;
  return `≤ ${bar} ${typedRatio <= bar ? "ok beside typed rows" : "over"}`;
}

export const number = (value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

export function report(workload) {
  const lines = ranked(workload).map((entry) => {
    const { side, variant, median, low, high, ratio, typedRatio, best, differs } = entry;
    const name = (variant ? `${side}/${variant}` : side).padEnd(24);
    if (differs) return `x ${name} gives another result`;
    const cells = [
      `${number(median).padStart(9)} µs`,
      ratio.toFixed(2).padStart(7),
      typedRatio.toFixed(2).padStart(7),
      ` ${number(low)}–${number(high)}`.padEnd(18),
      verdict(workload, entry),
    ];
    return `${best ? " " : "-"} ${name}${cells.join(" ")}`.trimEnd();
  });
  const head = `  ${"".padEnd(24)}${"median".padStart(12)}   ratio   typed  quartiles`;
  return `${workload.title}\n${head}\n${lines.join("\n")}\n`;
}
