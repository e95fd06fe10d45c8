"use client";
import { useEffect } from "react";
import { run } from "../program.js";

/** Rendered on the server too, where importing the package must touch nothing. */
export function Client() {
  useEffect(() => {
    globalThis.result = run();
  }, []);
  return null;
}
