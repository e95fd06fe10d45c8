// Makes the README's picture of the page: node tests/e2e/screenshot.mjs
import { fileURLToPath } from "node:url";
import { startPlayground } from "./playground.mjs";

const playground = await startPlayground();
const opened = await playground.open({ viewport: { width: 1280, height: 800 } });
await opened.page.evaluate(() => document.fonts.ready);
const path = fileURLToPath(new URL("../../web/screenshot.png", import.meta.url));
await opened.page.screenshot({ path, animations: "disabled" });
await playground.close();
console.log(`web/screenshot.png`);
