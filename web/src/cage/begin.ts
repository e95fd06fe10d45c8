import { load } from "virga";

/** The port of a caged worker when the engine is loaded; a failure is thrown. */
export interface Begun {
  readonly port: MessagePort;
  readonly loaded: Promise<void>;
}

/** What the frame gives a worker first: the engine, and the way to the page. */
export function begin(): Promise<Begun> {
  return new Promise((resolve) => {
    const take = ({
      data,
    }: MessageEvent<{ module: WebAssembly.Module; port: MessagePort }>): void =>
      resolve({ port: data.port, loaded: load(data.module) });
    self.addEventListener("message", take, { once: true });
  });
}
