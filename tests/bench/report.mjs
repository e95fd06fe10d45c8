// The figures of a workload as text.

/** The entries with their ratios to the fastest variant of the unit; slower variants are last. */
export function ranked({ entries }) {
  const fastest = (side) =>
    Math.min(
      ...entries.filter((one) => one.side === side && !one.differs).map((one) => one.median),
    );
  const unit = fastest("raw-native");
  return entries.map((entry) => ({
    ...entry,
    ratio: entry.median / unit,
    best: entry.median === fastest(entry.side),
  }));
}

const number = (value) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

export function report(workload) {
  const lines = ranked(workload).map((entry) => {
    const { side, variant, median, low, high, ratio, best, differs } = entry;
    const name = variant ? `${side}/${variant}` : side;
    if (differs) return `x ${name.padEnd(32)} gives another result`;
    const spread = `${number(low)}–${number(high)}`;
    const ours = side.startsWith("ours");
    const verdict = !ours || !workload.bar ? "" : ratio <= workload.bar ? "ok" : "over";
    const bar = ours && workload.bar ? `≤ ${workload.bar} ${verdict}` : "";
    return `${best ? " " : "-"} ${name.padEnd(32)}${number(median).padStart(9)} µs ${ratio
      .toFixed(2)
      .padStart(7)}  ${spread.padEnd(16)} ${bar}`.trimEnd();
  });
  return `${workload.title}\n${lines.join("\n")}\n`;
}
