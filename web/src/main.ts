import "./styles/page.css";
import { Playground } from "./playground.js";
import { setUpTheme } from "./view/theme.js";
import { byId } from "./view/dom.js";

setUpTheme(byId("theme", HTMLButtonElement));
void new Playground().start();
