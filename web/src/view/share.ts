import { html, LitElement, nothing } from "lit";
import type { Session } from "../state/session.js";
import { copyButton, count } from "./dom.js";
import { saveFile, type Download } from "./download.js";

/** Links longer than this are cut by some programs that pass them on. */
const longLink = 8_000;

/** The dialog that shares what is open: a link, a frame for other pages, a project. */
export class ShareDialog extends LitElement {
  readonly #session: Session;
  readonly #project: () => Promise<Download>;
  #link = "";
  #withData = true;
  #hasData = false;
  #problem = "";

  constructor(session: Session, project: () => Promise<Download>) {
    super();
    this.#session = session;
    this.#project = project;
  }

  /** Shows it for the present state. */
  async show(hasData: boolean): Promise<void> {
    this.#hasData = hasData;
    this.#problem = "";
    await this.#make();
    this.querySelector("dialog")?.showModal();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    const frame = this.#frame();
    const withData = (event: Event): void => {
      this.#withData = (event.target as HTMLInputElement).checked;
      void this.#make();
    };
    return html`<dialog aria-labelledby="share-title">
      <header>
        <h2 id="share-title">Share</h2>
        <form method="dialog"><button class="quiet" aria-label="Close">×</button></form>
      </header>
      <p>
        The link holds everything: files${this.#hasData ? ", data" : ""}, and what is open. It is in
        the part of the address that is not sent to any server.
      </p>
      ${
        this.#hasData
          ? html`<label
              ><input type="checkbox" .checked=${this.#withData} @change=${withData} /> With the
              data</label
            >`
          : nothing
      }
      <label class="field"
        ><span>Link <small>${count(this.#link.length, "character")}</small></span
        ><textarea id="share-link" rows="3" readonly .value=${this.#link}></textarea>
      </label>
      ${
        this.#link.length > longLink
          ? html`<p class="hint">
              Some mail and chat programs cut addresses as long as this one. The project below is a
              file.
            </p>`
          : nothing
      }
      <p class="buttons">${copyButton("Copy the link", () => this.#link, "Copy the link")}</p>
      <label class="field"
        ><span>For other pages</span
        ><textarea id="share-frame" rows="3" readonly .value=${frame}></textarea>
      </label>
      <p class="buttons">
        ${copyButton("Copy the frame", () => frame, "Copy the frame")}
        <button type="button" @click=${() => void this.#download()}>Download a project</button>
      </p>
      ${this.#problem ? html`<p class="fault" role="alert">${this.#problem}</p>` : nothing}
    </dialog>`;
  }

  #frame(): string {
    const [page = "", hash = ""] = this.#link.split("#");
    const address = `${page}?embed#${hash}`;
    return `<iframe src="${address}" title="A Virga playground" width="100%" height="480" loading="lazy"></iframe>`;
  }

  async #make(): Promise<void> {
    this.#link = await this.#session.link(this.#withData);
    this.requestUpdate();
    await this.updateComplete;
  }

  async #download(): Promise<void> {
    try {
      saveFile(await this.#project());
    } catch (error) {
      this.#problem = (error as Error).message;
      this.requestUpdate();
    }
  }
}

customElements.define("virga-share", ShareDialog);
