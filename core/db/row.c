/* SQLite and what goes by its inner structures. sqlite3_column_value and its kin are five calls for
   each cell, with checks of their own; here the compiler sees through them. */
#include "sqlite3.c"

#include "db/row.h"

static void read_bytes(Mem* mem, struct virga_cell* cell) {
  /* UTF-16 becomes UTF-8, and a blob of zeros is written out, when SQLite's own functions ask. */
  if ((mem->flags & MEM_Zero) || ((mem->flags & MEM_Str) && mem->enc != SQLITE_UTF8)) {
    cell->size = (size_t)sqlite3_value_bytes(mem);
    cell->data = sqlite3_value_blob(mem);
  } else {
    cell->size = (size_t)mem->n;
    cell->data = mem->z;
  }
  if (!cell->data) cell->size = 0;
}

void virga_read_row(sqlite3_stmt* statement, struct virga_cell* cells, int count) {
  const Vdbe* vdbe = (Vdbe*)statement;
  Mem* row = vdbe->pResultRow;
  /* A statement may have no row, or as written have lost columns since they were counted. */
  const int known = row ? vdbe->nResColumn : 0;
  for (int i = 0; i < count; ++i) {
    struct virga_cell* cell = &cells[i];
    Mem* mem = row + i;
    switch (i < known ? sqlite3_value_type(mem) : SQLITE_NULL) {
      case SQLITE_INTEGER:
        cell->kind = 1;
        cell->integer = sqlite3_value_int64(mem);
        break;
      case SQLITE_FLOAT:
        cell->kind = 2;
        cell->real = sqlite3_value_double(mem);
        break;
      case SQLITE_TEXT:
        cell->kind = 3;
        read_bytes(mem, cell);
        break;
      case SQLITE_BLOB:
        cell->kind = 4;
        read_bytes(mem, cell);
        break;
      default: cell->kind = 0;
    }
  }
}

int virga_is_bound(sqlite3_stmt* statement, int parameter, int64_t value) {
  if (parameter < 1) return 0;
  const Mem* bound = &((Vdbe*)statement)->aVar[parameter - 1];
  return (bound->flags & MEM_AffMask) == MEM_Int && bound->u.i == value;
}

void virga_clear_bindings(sqlite3_stmt* statement) {
  Vdbe* vdbe = (Vdbe*)statement;
  for (int i = 0; i < vdbe->nVar; ++i) {
    Mem* bound = &vdbe->aVar[i];
    const u32 mask = i >= 31 ? 0x80000000 : (u32)1 << i;
    if ((vdbe->expmask & mask) && (bound->flags & MEM_AffMask) == MEM_Int) continue;
    sqlite3VdbeMemRelease(bound);
    bound->flags = MEM_Null;
  }
}

static int is_named(const char* name, const char* const* columns, int count) {
  for (int i = 0; i < count; ++i)
    if (sqlite3StrICmp(name, columns[i]) == 0) return 1;
  return 0;
}

/* How many of the index's first columns are among these; of those with another collation than the
   column's it knows nothing. */
static int leading(const Table* table, const Index* index, const char* const* columns, int count) {
  int found = 0;
  for (; found < index->nKeyCol && index->aiColumn[found] >= 0; ++found) {
    const Column* column = &table->aCol[index->aiColumn[found]];
    const char* collation = sqlite3ColumnColl((Column*)column);
    if (sqlite3StrICmp(index->azColl[found], collation ? collation : sqlite3StrBINARY) != 0) break;
    if (!is_named(column->zCnName, columns, count)) break;
  }
  return found;
}

/* The table of this name, as statements find it; null when there is none. */
static const Table* find_table(sqlite3* database, const char* name) {
  char* message = 0;
  if (sqlite3Init(database, &message) != SQLITE_OK) {
    sqlite3DbFree(database, message);
    return 0;
  }
  return sqlite3FindTable(database, name, 0);
}

int virga_access(sqlite3* database, const char* name, const char* const* columns, int count) {
  const Table* table = find_table(database, name);
  if (!table) return virga_no_table;
  if (!IsOrdinaryTable(table)) return virga_scan;
  if (table->iPKey >= 0 && is_named(table->aCol[table->iPKey].zCnName, columns, count))
    return virga_unique;
  int access = virga_scan;
  for (const Index* index = table->pIndex; index; index = index->pNext) {
    if (index->pPartIdxWhere) continue;
    const int known = leading(table, index, columns, count);
    if (IsUniqueIndex(index) && known == index->nKeyCol) return virga_unique;
    if (known >= count) access = virga_index;
  }
  return access;
}

int virga_keeps_rows(sqlite3* database, const char* name, const char* rowid) {
  const Table* table = find_table(database, name);
  const Schema* temporary = database->aDb[1].pSchema;
  return table && IsOrdinaryTable(table) && HasRowid(table) && table->iPKey >= 0 &&
         sqlite3StrICmp(table->aCol[table->iPKey].zCnName, rowid) == 0 && !table->pTrigger &&
         !(temporary && sqliteHashFirst(&temporary->trigHash));
}

int virga_schema_cookie(sqlite3* database) { return database->aDb[0].pSchema->schema_cookie; }

int virga_schema_generation(sqlite3* database) { return database->aDb[0].pSchema->iGeneration; }
