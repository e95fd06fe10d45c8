/** The key of the documents beside the page (TypeDoc's), so that both have one theme. */
const key = "tsd-theme";

/** Makes a button switch between light and dark; until it is used, the system's choice holds. */
export function setUpTheme(button: HTMLButtonElement): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = (): void => {
    const dark = isDark(system);
    button.textContent = dark ? "Light" : "Dark";
    button.setAttribute("aria-label", `${button.textContent} colours`);
  };
  button.addEventListener("click", () => {
    const theme = isDark(system) ? "light" : "dark";
    document.documentElement.dataset["theme"] = theme;
    remember(theme);
    show();
  });
  system.addEventListener("change", show);
  const chosen = recall();
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
  show();
}

function isDark(system: MediaQueryList): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === undefined ? system.matches : chosen === "dark";
}

/** Storage may be forbidden, as in private windows; the choice then lasts as long as the page. */
function remember(theme: string): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    return;
  }
}

function recall(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
