import { h } from "../view/dom.js";

/** Keeps the page for when there is no network, and says when there is a newer version of it. */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  const updates = serviceWorker.controller !== null;
  const registration = await serviceWorker.register("service-worker.js").catch(() => undefined);
  if (!registration) return;
  const announce = (worker: ServiceWorker | null): void => {
    if (!worker || !updates) return;
    const look = (): void => {
      if (worker.state === "installed") offer(worker);
    };
    worker.addEventListener("statechange", look);
    look();
  };
  announce(registration.waiting ?? registration.installing);
  registration.addEventListener("updatefound", () => announce(registration.installing));
}

/** What was kept stays until the reader wants the newer version: a page does not change while it is read. */
function offer(worker: ServiceWorker): void {
  document.querySelector(".update")?.remove();
  const use = h("button", { type: "button", class: "primary" }, "Use it");
  use.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    worker.postMessage("take over");
  });
  const later = h("button", { type: "button" }, "Later");
  const notice = h("p", { class: "update", role: "status" }, "There is a newer Virga.", use, later);
  later.addEventListener("click", () => notice.remove());
  document.body.append(notice);
}
