import type { Cell, ColumnInfo } from "./protocol.js";
import type { Random } from "./random.js";

const first =
  `Ada Alan Barbara Claude Donald Edsger Frances Grace Hedy Jean Joan Katherine Ken Leslie Lynn
  Margaret Mary Niklaus Radia Sophie Tim Tony Vint Whitfield`.split(/\s+/);
const last =
  `Allen Berners-Lee Cerf Codd Conway Diffie Dijkstra Hamilton Hoare Hopper Johnson Kay Keller Lamarr
  Lamport Liskov Lovelace Perlman Ritchie Shannon Thompson Turing Wilson Wirth`.split(/\s+/);
const nouns =
  `anvil breeze cirrus cloud dew drizzle field fog front frost gale hail halo haze lightning mist
  monsoon morning rain ridge river shower sky sleet snow storm summit thunder vapour wind`.split(
    /\s+/,
  );
const adjectives =
  `amber bright calm clear cold distant early faint gentle grey high late long low open pale quiet
  quick rare silver slow soft still warm wide`.split(/\s+/);
const cities =
  `Arica Bergen Cherrapunji Dublin Essen Freetown Galway Hilo Iquique Jakarta Kochi Lima Manaus Nara
  Oslo Porto Quito Riga Seattle Tromsø Ulm Vilnius Windhoek York`.split(/\s+/);
const countries =
  `Brazil Canada Chile Estonia Finland Ghana Iceland India Ireland Japan Kenya Norway Peru
  Portugal`.split(/\s+/);
const states = ["draft", "open", "paid", "sent", "done"];

const day = 86_400_000;
const today = Date.UTC(2026, 0, 1);

type Maker = (attempt: number) => Cell;

/** What makes values of a column, by its name first and its type then. */
export function wordsFor({ name, type }: ColumnInfo, random: Random): Maker {
  const key = name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  if (/int/i.test(type)) return wholeNumbers(key, random);
  if (/char|clob|text|^$/i.test(type)) return texts(key, random);
  if (/blob/i.test(type)) return () => Uint8Array.from({ length: 16 }, () => random.whole(0, 255));
  return () => random.whole(100, 100_000) / 100;
}

function wholeNumbers(key: string, random: Random): Maker {
  if (/(_at|_on|date|time|created|updated|joined)$/.test(key))
    return () => Math.floor((today - random.whole(0, 730 * day)) / 1000);
  if (/^(is|has|can)_|active|enabled|deleted|verified|done|flag/.test(key))
    return () => random.whole(0, 1);
  if (/age$/.test(key)) return () => random.whole(18, 90);
  if (/year/.test(key)) return () => random.whole(1970, 2026);
  if (/price|amount|cents|total|cost/.test(key)) return () => random.whole(100, 50_000);
  if (/quantity|count|stock|likes|rating|score/.test(key)) return () => random.whole(0, 100);
  return () => random.whole(1, 1_000_000);
}

function texts(key: string, random: Random): Maker {
  const title = (): string => capital(`${random.of(adjectives)} ${random.of(nouns)}`);
  const person = (): string => `${random.of(first)} ${random.of(last)}`;
  const unlike = (attempt: number): string =>
    attempt === 0 ? "" : String(random.whole(2, 99_999));
  if (/e?mail/.test(key))
    return (attempt) => `${slug(person(), ".")}${unlike(attempt)}@example.com`;
  if (/first_?name/.test(key)) return () => random.of(first);
  if (/(last|sur|family)_?name/.test(key)) return () => random.of(last);
  if (/user_?name|login|handle|nick/.test(key))
    return (attempt) => slug(person(), "_") + unlike(attempt);
  if (/(^|_)(name|author|owner|person)$/.test(key))
    return (attempt) => [person(), unlike(attempt)].filter(Boolean).join(" ");
  if (/title|subject|product|headline/.test(key))
    return (attempt) => [title(), unlike(attempt)].filter(Boolean).join(" ");
  if (/slug/.test(key)) return (attempt) => slug(title() + unlike(attempt), "-");
  if (/body|content|text|description|bio|note|comment|message|summary/.test(key))
    return () => sentences(random);
  if (/url|link|website|image|avatar/.test(key))
    return (attempt) => `https://example.com/${slug(title() + unlike(attempt), "-")}`;
  if (/city|town|place/.test(key)) return () => random.of(cities);
  if (/country/.test(key)) return () => random.of(countries);
  if (/phone|mobile/.test(key)) return () => `+1 555 01${random.whole(10, 99)}`;
  if (/street|address/.test(key))
    return () => `${random.whole(1, 200)} ${capital(random.of(nouns))} Street`;
  if (/zip|postal/.test(key)) return () => String(random.whole(10_000, 99_999));
  if (/status|state/.test(key)) return () => random.of(states);
  if (/currency/.test(key)) return () => random.of(["EUR", "USD", "NOK"]);
  if (/uuid|guid|(^|_)id$|token|key|hash/.test(key)) return () => uuid(random);
  if (/(_at|_on|date|time)$/.test(key))
    return () => new Date(today - random.whole(0, 730 * day)).toISOString();
  if (/json|tags|meta/.test(key)) return () => JSON.stringify([random.of(nouns)]);
  return (attempt) =>
    [random.of(adjectives), random.of(nouns), unlike(attempt)].filter(Boolean).join(" ");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const slug = (text: string, between: string): string =>
  text.toLowerCase().replace(/[^a-z\d]+/g, between);

function sentences(random: Random): string {
  const one = (): string =>
    capital(
      `the ${random.of(adjectives)} ${random.of(nouns)} ${random.of(["meets", "follows", "hides", "brings"])} a ${random.of(adjectives)} ${random.of(nouns)}.`,
    );
  return Array.from({ length: random.whole(1, 3) }, one).join(" ");
}

function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.whole(0, 15).toString(16));
  digits[12] = "4";
  const text = digits.join("");
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    text.slice(16, 20),
    text.slice(20),
  ].join("-");
}
