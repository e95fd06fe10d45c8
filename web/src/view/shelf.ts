import { html, LitElement, nothing } from "lit";
import type { Session } from "../state/session.js";

/** The dialog of the playgrounds that are kept in this browser. */
export class ShelfDialog extends LitElement {
  readonly #session: Session;
  #names: readonly string[] = [];

  constructor(session: Session) {
    super();
    this.#session = session;
  }

  async show(): Promise<void> {
    await this.#read();
    this.querySelector("dialog")?.showModal();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    const { name, kept } = this.#session;
    return html`<dialog aria-labelledby="shelf-title">
      <header>
        <h2 id="shelf-title">Playgrounds</h2>
        <form method="dialog"><button class="quiet" aria-label="Close">×</button></form>
      </header>
      <p>
        What you change is kept in this browser, data included.
        ${kept ? nothing : "The one that is open was not changed yet."}
      </p>
      <form class="buttons" @submit=${(event: Event) => void this.#rename(event)}>
        <label class="field grow"
          ><span>Name of the one that is open</span
          ><input name="name" required maxlength="80" .value=${name}
        /></label>
        <button type="submit">${kept ? "Rename" : "Keep"}</button>
      </form>
      <ul class="shelf">
        ${this.#names.map(
          (each) =>
            html`<li>
              <button
                type="button"
                class="quiet"
                aria-current=${each === name && kept ? "true" : "false"}
                @click=${() => void this.#open(each)}
              >
                ${each}
              </button>
              <button
                type="button"
                class="quiet"
                aria-label=${`Delete ${each}`}
                @click=${() => void this.#remove(each)}
              >
                Delete
              </button>
            </li>`,
        )}
      </ul>
      ${this.#names.length === 0 ? html`<p class="hint">Nothing is kept yet.</p>` : nothing}
    </dialog>`;
  }

  async #read(): Promise<void> {
    this.#names = await this.#session.names();
    this.requestUpdate();
    await this.updateComplete;
  }

  async #open(name: string): Promise<void> {
    this.querySelector("dialog")?.close();
    await this.#session.open(name);
  }

  async #rename(event: Event): Promise<void> {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get("name");
    await this.#session.rename(String(name).trim() || this.#session.name);
    await this.#read();
  }

  async #remove(name: string): Promise<void> {
    await this.#session.remove(name);
    await this.#read();
  }
}

customElements.define("virga-shelf", ShelfDialog);
