import type { SQLWrapper } from "../ast/tree.js";
import type { SqlValue } from "../ast/value.js";
import { ColumnBuilder, type HasDefault, type Named, type NotNull } from "./column-builder.js";

/** What a custom column type is made of. */
export interface CustomTypeValues {
  /** The values that programs read and write. */
  data: unknown;
  /** What is stored. */
  driverData?: unknown;
  /** What is read, where that differs from what is stored. */
  driverOutput?: unknown;
  /** As in Drizzle; nothing goes through JSON here. */
  jsonData?: unknown;
  /** What the column function takes. */
  config?: Record<string, unknown>;
  /** Whether it has to be given. */
  configRequired?: boolean;
  /** Whether the column never is null. */
  notNull?: boolean;
  /** Whether the column has a default. */
  default?: boolean;
}

type DriverData<T extends CustomTypeValues> = T extends { driverData: infer D } ? D : SqlValue;
type DriverOutput<T extends CustomTypeValues> = T extends { driverOutput: infer D }
  ? D
  : DriverData<T>;
type ConfigOf<T extends CustomTypeValues> = T extends { config: infer C }
  ? C
  : Record<string, unknown>;
type GivenConfig<T extends CustomTypeValues> = T["configRequired"] extends true
  ? ConfigOf<T>
  : ConfigOf<T> | undefined;

/** How a custom type is declared in SQL, stored and read. */
export interface CustomTypeDefinition<T extends CustomTypeValues> {
  /** The declared type in SQL. */
  dataType(config: GivenConfig<T>): string;
  /** What is stored for a value, or SQL that gives it. */
  toDriver?(value: T["data"]): DriverData<T> | SQLWrapper;
  /** The value, from what is stored. */
  fromDriver?(stored: DriverOutput<T>): T["data"];
  /** Drizzle reads nested values from JSON with it. Here they are read like all others. */
  fromJson?(value: T extends { jsonData: infer J } ? J : never): T["data"];
  /** Drizzle writes a column into JSON with it. Here nothing goes through JSON. */
  forJsonSelect?(...given: never[]): unknown;
}

type Marks<T extends CustomTypeValues> = (T["notNull"] extends true ? NotNull<unknown> : unknown) &
  (T["default"] extends true ? HasDefault<unknown> : unknown);
type CustomBuilder<T extends CustomTypeValues> = ColumnBuilder<T["data"]> & Marks<T>;

/** A column function of a custom type. */
export interface CustomColumn<T extends CustomTypeValues> {
  (...config: T["configRequired"] extends true ? [ConfigOf<T>] : [ConfigOf<T>?]): CustomBuilder<T>;
  <const Name extends string>(
    name: Name,
    ...config: T["configRequired"] extends true ? [ConfigOf<T>] : [ConfigOf<T>?]
  ): Named<CustomBuilder<T>, Name>;
}

/** `customType` for the columns of one dialect. */
const customTypes =
  (columnType: string) =>
  <T extends CustomTypeValues>(definition: CustomTypeDefinition<T>): CustomColumn<T> => {
    const { toDriver, fromDriver } = definition;
    return (first?: string | ConfigOf<T>, second?: ConfigOf<T>) => {
      const name = typeof first === "string" ? first : "";
      const config = typeof first === "string" ? second : (first ?? second);
      const builder = new ColumnBuilder<T["data"]>(name, {
        columnType,
        dataType: "custom",
        sqlType: definition.dataType(config as GivenConfig<T>),
        codec: fromDriver ? "custom" : "any",
        ...(toDriver && { encode: toDriver }),
        ...(fromDriver && { decode: (stored) => fromDriver(stored as DriverOutput<T>) }),
      });
      // The name is known to the types alone.
      return builder as Named<CustomBuilder<T>, never>;
    };
  };

/** Makes a column function with its own SQL type, encoder and decoder. */
export const customType = customTypes("SQLiteCustomColumn");

/** `customType` for tables of Postgres; the SQL type is kept as it is written. */
export const pgCustomType = customTypes("PgCustomColumn");
