import { html, LitElement, nothing } from "lit";
import { lessonGroups, lessons, type Lesson } from "../lessons/index.js";

/** The dialog in which a lesson is chosen, and the line that says what to look at in the one that is open. */
export class Lessons extends LitElement {
  readonly #open: (lesson: Lesson) => void;
  readonly #line: HTMLElement;
  readonly #look = new LessonLine({
    next: (lesson) => this.#choose(lesson),
    close: () => this.left(),
  });
  #current: Lesson | undefined;

  /**
   * @param line where the line stands
   * @param open opens a lesson
   */
  constructor(line: HTMLElement, open: (lesson: Lesson) => void) {
    super();
    this.#line = line;
    this.#open = open;
    line.append(this.#look);
  }

  show(): void {
    this.querySelector("dialog")?.showModal();
    this.querySelector<HTMLElement>("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }

  /** A lesson was opened. */
  entered(lesson: Lesson): void {
    this.#current = lesson;
    this.#tell();
  }

  /** Something else was opened, or the line was closed. */
  left(): void {
    this.#current = undefined;
    this.#tell();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    return html`<dialog class="lessons" aria-labelledby="lessons-title">
      <header>
        <h2 id="lessons-title">Lessons</h2>
        <form method="dialog"><button class="quiet" aria-label="Close">×</button></form>
      </header>
      ${lessonGroups.map(
        ({ title, lessons: own }) =>
          html`<section>
            <h3>${title}</h3>
            <ul>
              ${own.map((lesson) => this.#card(lesson))}
            </ul>
          </section>`,
      )}
    </dialog>`;
  }

  #card(lesson: Lesson): unknown {
    return html`<li>
      <button
        type="button"
        data-lesson=${lesson.id}
        aria-current=${lesson === this.#current ? "true" : "false"}
        @click=${() => this.#choose(lesson)}
      >
        <b>${lesson.title}</b> <span>${lesson.look}</span>
      </button>
    </li>`;
  }

  #choose(lesson: Lesson): void {
    this.querySelector("dialog")?.close();
    this.#open(lesson);
  }

  #tell(): void {
    this.#line.hidden = this.#current === undefined;
    this.#look.show(this.#current);
    this.requestUpdate();
  }
}

interface LineActions {
  next(lesson: Lesson): void;
  close(): void;
}

/** What to look at in the lesson that is open. */
class LessonLine extends LitElement {
  readonly #actions: LineActions;
  #lesson: Lesson | undefined;

  constructor(actions: LineActions) {
    super();
    this.#actions = actions;
  }

  show(lesson: Lesson | undefined): void {
    this.#lesson = lesson;
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    const lesson = this.#lesson;
    if (!lesson) return nothing;
    const at = lessons.indexOf(lesson);
    const next = lessons[at + 1];
    return html`<p><b>${at + 1}. ${lesson.title}.</b> ${lesson.look}</p>
      ${
        next
          ? html`<button type="button" title=${next.title} @click=${() => this.#actions.next(next)}>
              Next lesson
            </button>`
          : nothing
      }
      <button
        type="button"
        class="quiet"
        aria-label="Close this line"
        @click=${() => this.#actions.close()}
      >
        ×
      </button>`;
  }
}

customElements.define("virga-lesson-line", LessonLine);
customElements.define("virga-lessons", Lessons);
