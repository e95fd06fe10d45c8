// Preloaded into a process that is measured: prints its times when it ends, in milliseconds since
// Node began, and of the processor.
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  require("node:fs").writeSync(
    1,
    `\n${JSON.stringify({ wall: performance.now(), cpu: (user + system) / 1000 })}\n`,
  );
});
