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

static int is_text(const Mem* mem) {
  return (mem->flags & (MEM_Str | MEM_Blob | MEM_Zero)) == MEM_Str && mem->enc == SQLITE_UTF8;
}

/* Whether a value, as the pattern of LIKE, says nothing of how a text begins. */
static int matches_anywhere(const Mem* mem) {
  return (mem->flags & MEM_Null) ||
         (is_text(mem) && mem->n > 0 && (*mem->z == '%' || *mem->z == '_'));
}

static int has_partial_index(const sqlite3* database) {
  for (int i = 0; i < database->nDb; ++i)
    for (const HashElem* at = sqliteHashFirst(&database->aDb[i].pSchema->idxHash); at;
         at = sqliteHashNext(at))
      if (((const Index*)sqliteHashData(at))->pPartIdxWhere) return 1;
  return 0;
}

/* Whether the plan may depend on the parameter (1-based). */
static int shapes_plan(const Vdbe* vdbe, int parameter) {
  return (vdbe->expmask & (parameter > 31 ? 0x80000000 : (u32)1 << (parameter - 1))) != 0;
}

void virga_clear_bindings(sqlite3_stmt* statement) {
  Vdbe* vdbe = (Vdbe*)statement;
  for (int i = 0; i < vdbe->nVar; ++i) {
    Mem* bound = &vdbe->aVar[i];
    if (shapes_plan(vdbe, i + 1)) {
      if ((bound->flags & MEM_AffMask) == MEM_Int) continue;
      if (!matches_anywhere(bound)) vdbe->expired = 1;
    }
    sqlite3VdbeMemRelease(bound);
    bound->flags = MEM_Null;
  }
}

int virga_bind_text(sqlite3_stmt* statement, int parameter, const char* text, size_t size) {
  Vdbe* vdbe = (Vdbe*)statement;
  const Mem* bound = &vdbe->aVar[parameter - 1];
  const int was_expired = vdbe->expired;
  const int stays =
      shapes_plan(vdbe, parameter) && matches_anywhere(bound) && !has_partial_index(vdbe->db);
  const int result =
      sqlite3_bind_text64(statement, parameter, text, size, SQLITE_STATIC, SQLITE_UTF8);
  if (stays && matches_anywhere(bound)) vdbe->expired = was_expired;
  return result;
}

/* Eight bytes at once: the lowest byte of a word that is zero has its high bit set, those below it
   have not. */
#define ONES 0x0101010101010101u
#define ZEROS(word) (((word)-ONES) & ~(word)&ONES << 7)

static int starts_with(const u8* text, const u8* word, int length) {
  for (int at = 0; at < length; ++at)
    if (sqlite3UpperToLower[text[at]] != sqlite3UpperToLower[word[at]]) return 0;
  return 1;
}

/* Whether a text holds a word, letters of ASCII in either case. As for LIKE, a NUL ends the text.
 */
static int holds(const u8* text, int size, const u8* word, int length) {
  const u64 first = sqlite3UpperToLower[word[0]];
  const u64 either_case = first >= 'a' && first <= 'z' ? ONES * 0x20 : 0;
  for (int start = 0; start <= size - length; ++start) {
    if (start + 8 <= size) {
      u64 bytes;
      memcpy(&bytes, text + start, sizeof bytes);
      const u64 found = ZEROS((bytes | either_case) ^ first * ONES) | ZEROS(bytes);
      start += found ? __builtin_ctzll(found) / 8 : 7;
      if (!found || start > size - length) continue;
    }
    if (starts_with(text + start, word, length)) return 1;
    if (!text[start]) return 0;
  }
  return 0;
}

/* Whether a pattern is %word%, with a word of ASCII. */
static int is_contains(const Mem* pattern) {
  const int last = pattern->n - 1;
  if (last < 2 || pattern->z[0] != '%' || pattern->z[last] != '%') return 0;
  for (int i = 1; i < last; ++i) {
    const char c = pattern->z[i];
    if (c <= 0 || c == '%' || c == '_') return 0;
  }
  return 1;
}

/* LIKE as SQLite has it, but for what is searched most: SQLite copies each text to end it with a
   NUL before it looks for the word. */
static void like(sqlite3_context* context, int count, sqlite3_value** values) {
  const Mem *pattern = values[0], *text = values[1];
  if (!is_text(pattern) || !is_text(text) || !is_contains(pattern) ||
      pattern->n > sqlite3_context_db_handle(context)->aLimit[SQLITE_LIMIT_LIKE_PATTERN_LENGTH]) {
    likeFunc(context, count, values);
    return;
  }
  sqlite3_result_int(context,
                     holds((const u8*)text->z, text->n, (const u8*)pattern->z + 1, pattern->n - 2));
}

void virga_use_like(sqlite3* database) {
  FuncDef* function = sqlite3FindFunction(database, "like", 2, SQLITE_UTF8, 0);
  if (function->xSFunc == likeFunc) function->xSFunc = like;
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
