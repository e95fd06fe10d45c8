import { run } from "../program.js";
import { Client } from "./client.jsx";

export const dynamic = "force-dynamic";

export default async function Page() {
  return (
    <>
      <pre id="server">{await run()}</pre>
      <Client />
    </>
  );
}
