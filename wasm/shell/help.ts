export const help = `virga generate   writes the migration from the folder to the schema
virga migrate    runs the migrations that the database has not run
virga push       makes the database what the schema says, without files
virga pull       writes a schema.ts of what the database holds
virga check      compares the folder with itself and with the database
virga studio     opens the database file in the page, on this machine

settings         drizzle.config.ts (.js, .json), or:
  --config FILE    other settings
  --schema PATH    the schema: a file, a folder, a pattern with stars
  --out FOLDER     the migrations folder ("drizzle")
  --url FILE       the database file
  --dialect NAME   sqlite or postgresql

generate
  --name NAME      the name of the migration
  --custom         an empty migration, for SQL of one's own
  --format FORM    of a new folder: "folders" as drizzle-kit v1, or "journal" as 0.3x
generate and push
  --rename OLD->NEW   a table or table.column was renamed; may be repeated
  --create NAME       a table or table.column is new; may be repeated
push
  --allow NAME     values of a table or table.column may be lost; may be repeated
  --dry-run        changes nothing, says what would be done
migrate
  --down           undoes the migration that ran last
pull
  --force          overwrites a schema.ts that says something else
  --init           also writes the first migration, and remembers it as one that has run

studio
  --port NUMBER    of loopback; 4983, or another that is free

  --json           writes one JSON document
  --help, --version

exit codes       0 done, 1 failed, 2 wrong command line or settings, 3 open questions
                 about renames, 4 rows at risk, 5 check found something
`;
