# SQLite's amalgamation comes with the npm package better-sqlite3, pinned and hashed by
# package-lock.json. It was generated with UPDATE/DELETE … LIMIT, which sqlite.org's ignores.
set(VIRGA_SQLITE_DIR ${PROJECT_SOURCE_DIR}/node_modules/better-sqlite3/deps/sqlite3
  CACHE PATH "Folder of sqlite3.c and sqlite3.h")
if(NOT EXISTS ${VIRGA_SQLITE_DIR}/sqlite3.c)
  message(FATAL_ERROR "No sqlite3.c in ${VIRGA_SQLITE_DIR}: run npm ci --ignore-scripts first")
endif()

set(source ${VIRGA_SQLITE_DIR}/sqlite3.c)
if(EMSCRIPTEN)
  # Most of the amalgamation is built for size, two thirds of the bytes, but not what runs for each row: these
  # parts of it, and these functions of the others, which the benchmark's profile shows (npm run bench:profile).
  # What follows one of the marks in the text is its file.
  set(fast_parts vdbe vdbemem)
  set(fast_functions
    accessPayload allocateBtreePage allocateSpace balance balance_nonroot balance_quick bindText
    btreeBeginTrans btreeNext btreeOverwriteContent btreeParseCellPtr btreeParseCellPtrIndex
    btreePrevious btreeReleaseAllCursorPages cellSizePtr cellSizePtrIdxLeaf cellSizePtrTableLeaf
    computeCellSize countStep createAggContext defragmentPage dropCell editPage fillInCell freeSpace
    getAndInitPage getCellInfo getPageNormal insertCell memjrnlRead memjrnlWrite minmaxStep
    moveToChild moveToRoot pageFindSlot pageFreeArray pageInsertArray pager_end_transaction
    pager_unlock pager_write patternCompare pcache1Fetch pcache1Truncate pcache1Unpin rebuildPage
    releaseMemArray sqlite3_bind_int64 sqlite3_bind_parameter_count sqlite3_reset sqlite3_step
    sqlite3_value_double sqlite3AtoF sqlite3Atoi64 sqlite3BitvecSet sqlite3BitvecTestNotNull
    sqlite3BtreeBeginTrans sqlite3BtreeCommitPhaseTwo sqlite3BtreeCursor sqlite3BtreeDelete
    sqlite3BtreeFirst sqlite3BtreeIndexMoveto sqlite3BtreeInsert sqlite3BtreeIntegerKey
    sqlite3BtreeNext sqlite3BtreePayloadFetch sqlite3BtreePayloadSize sqlite3BtreePrevious
    sqlite3BtreeTableMoveto sqlite3DbFreeNN sqlite3DbMallocRaw sqlite3DbMallocRawNN
    sqlite3DbMallocSize sqlite3GetVarint sqlite3GetVarint32 sqlite3MemCompare sqlite3MemFree
    sqlite3MemMalloc sqlite3MemSize sqlite3PcacheFetch sqlite3PcacheMakeDirty sqlite3PcacheRelease
    sqlite3PcacheTruncate sqlite3PutVarint sqlite3Realloc sqlite3Utf8Read sqlite3VarintLen
    sqlite3VdbeCursorRestore sqlite3VdbeFinishMoveto sqlite3VdbeFreeCursorNN sqlite3VdbeHalt
    sqlite3VdbeRecordCompareWithSkip sqlite3VdbeRecordUnpack sqlite3VdbeReset sqlite3VdbeSerialGet
    sqlite3VdbeSorterCompare sqlite3VdbeSorterNext sqlite3VdbeSorterRowkey sqlite3VdbeSorterWrite
    sumFinalize sumStep vdbeRecordCompareInt vdbeRecordCompareString vdbeSorterCompare
    vdbeSorterCompareInt vdbeSorterCompareText vdbeSorterMerge vdbeSorterSort vdbeUnbind)
  file(READ ${source} text)
  string(REGEX MATCHALL "Begin file [a-z0-9_]+\\.c " parts "${text}")
  foreach(part ${parts})
    string(REGEX REPLACE "Begin file (.*)\\.c " "\\1" part ${part})
    if(NOT part IN_LIST fast_parts)
      string(REPLACE "/************** Begin file ${part}.c "
        "#pragma clang attribute push(__attribute__((minsize)), apply_to = function)\n/* ${part}.c "
        text "${text}")
      string(REPLACE "/************** End of ${part}.c "
        "#pragma clang attribute pop\n/* end of ${part}.c " text "${text}")
    endif()
  endforeach()
  foreach(function ${fast_functions})
    string(FIND "${text}" "${function}(" found)
    if(found EQUAL -1)
      message(FATAL_ERROR "SQLite has no function ${function}, which core/sqlite3.cmake names")
    endif()
  endforeach()
  # A journal in memory takes a page in one piece instead of five: an insert that gives its row back
  # has one for its statement.
  string(REPLACE "MEMJOURNAL_DFLT_FILECHUNKSIZE 1024" "MEMJOURNAL_DFLT_FILECHUNKSIZE 8192"
    text "${text}")
  set(source ${PROJECT_BINARY_DIR}/sqlite3/sqlite3.c)
  file(WRITE ${source}.new "${text}")
  file(COPY_FILE ${source}.new ${source} ONLY_IF_DIFFERENT)
endif()

# db/row.c includes the amalgamation: it reads a row where SQLite has it.
get_filename_component(source_folder ${source} DIRECTORY)
add_library(sqlite3 STATIC db/row.c)
set_source_files_properties(db/row.c PROPERTIES OBJECT_DEPENDS ${source})
target_include_directories(sqlite3 PRIVATE ${source_folder} ${CMAKE_CURRENT_SOURCE_DIR})
target_include_directories(sqlite3 SYSTEM PUBLIC ${VIRGA_SQLITE_DIR})
target_compile_definitions(sqlite3 PUBLIC
  SQLITE_DEFAULT_FOREIGN_KEYS=1
  SQLITE_DQS=0
  SQLITE_ENABLE_DBSTAT_VTAB
  SQLITE_ENABLE_FTS5
  SQLITE_ENABLE_MATH_FUNCTIONS
  SQLITE_ENABLE_PREUPDATE_HOOK
  SQLITE_ENABLE_SESSION
  SQLITE_ENABLE_UPDATE_DELETE_LIMIT
  SQLITE_DEFAULT_MEMSTATUS=0
  SQLITE_OMIT_DEPRECATED
  SQLITE_OMIT_LOAD_EXTENSION
  # Both are asked for in every step of a statement otherwise.
  SQLITE_OMIT_PROGRESS_CALLBACK
  SQLITE_OMIT_SHARED_CACHE
  SQLITE_TEMP_STORE=3
  SQLITE_THREADSAFE=0
)
if(EMSCRIPTEN)
  # A part without functions has nothing to build for size.
  target_compile_options(sqlite3 PRIVATE -Wno-pragma-clang-attribute)
  foreach(function ${fast_functions})
    target_compile_options(sqlite3 PRIVATE
      "SHELL:-mllvm -force-remove-attribute=${function}:minsize")
  endforeach()
  # No file system in the module: core/db registers its own VFS.
  target_compile_definitions(sqlite3 PUBLIC SQLITE_OS_OTHER=1)
  # What nothing here calls; together 3 kB of the download.
  target_compile_definitions(sqlite3 PRIVATE
    SQLITE_OMIT_AUTHORIZATION
    SQLITE_OMIT_COMPLETE
    SQLITE_OMIT_DECLTYPE
    SQLITE_OMIT_GET_TABLE
    SQLITE_OMIT_TCL_VARIABLE
    SQLITE_OMIT_TRACE
    SQLITE_UNTESTABLE)
else()
  # AddressSanitizer sees SQLite read what the core handed it; UBSan stays with our own code.
  target_compile_options(sqlite3 PRIVATE -O1 -w $<$<BOOL:${VIRGA_SANITIZE}>:-fsanitize=address>)
endif()
