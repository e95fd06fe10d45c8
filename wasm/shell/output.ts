/** Where a command writes: lines for people, or one document for programs. */
export class Output {
  readonly #document: Record<string, unknown> = {};

  /** @param json whether it writes one JSON document at its end, and no lines */
  constructor(readonly json: boolean) {}

  /** A line for people. */
  line(text = ""): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** Members of the document for programs. */
  add(members: Readonly<Record<string, unknown>>): void {
    Object.assign(this.#document, members);
  }

  /** Writes members for programs at once, as a line of their own: of a command that goes on. */
  now(members: Readonly<Record<string, unknown>>): void {
    if (this.json) process.stdout.write(`${JSON.stringify(members)}\n`);
  }

  /** Says what went wrong: to people on the error stream, to programs in the document. */
  fail(error: { readonly code?: unknown; readonly message: string; readonly hint?: string }): void {
    const { code, message, hint } = error;
    if (this.json) return this.add({ error: { code, message, hint: hint || undefined } });
    process.stderr.write(`virga: ${message}\n${hint ? `  ${hint}\n` : ""}`);
  }

  end(): void {
    if (this.json && Object.keys(this.#document).length > 0)
      process.stdout.write(`${JSON.stringify(this.#document, null, 2)}\n`);
  }
}
