#include "core/db/faults.h"

#include <sqlite3.h>

#include <cstdlib>
#include <new>

namespace virga::faults {
namespace {

struct State {
  std::size_t calls = 0;
  std::size_t at = 0;
  Kind kind = Kind::io;
  sqlite3* last_opened = nullptr;  ///< on disk
};

State& disk() {
  static State state;
  return state;
}

State& memory() {
  static State state;
  return state;
}

/// Counts a call; tells whether it fails.
bool fails() {
  State& state = disk();
  ++state.calls;
  if (state.at == 0 || state.calls < state.at) return false;
  if (state.kind == Kind::disk_gone) return true;
  if (state.calls != state.at) return false;
  if (state.kind == Kind::io) return true;
  if (state.last_opened) sqlite3_interrupt(state.last_opened);
  return false;
}

sqlite3_vfs* system_disk = nullptr;

/// A file of the system's file system, behind one of ours.
struct File {
  sqlite3_file base;
  sqlite3_file* system;
};

sqlite3_file* system_of(sqlite3_file* file) { return reinterpret_cast<File*>(file)->system; }

template <class Method, class... Arguments>
int forward(Method method, int error, sqlite3_file* file, Arguments... arguments) {
  if (fails()) return error;
  sqlite3_file* system = system_of(file);
  return (system->pMethods->*method)(system, arguments...);
}

int close(sqlite3_file* file) {
  sqlite3_file* system = system_of(file);
  const int result = system->pMethods ? system->pMethods->xClose(system) : SQLITE_OK;
  std::free(system);
  return result;
}
int read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at) {
  return forward(&sqlite3_io_methods::xRead, SQLITE_IOERR_READ, file, to, bytes, at);
}
int write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
  return forward(&sqlite3_io_methods::xWrite, SQLITE_IOERR_WRITE, file, from, bytes, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return forward(&sqlite3_io_methods::xTruncate, SQLITE_IOERR_TRUNCATE, file, size);
}
int sync(sqlite3_file* file, int flags) {
  return forward(&sqlite3_io_methods::xSync, SQLITE_IOERR_FSYNC, file, flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return forward(&sqlite3_io_methods::xFileSize, SQLITE_IOERR_FSTAT, file, size);
}
int lock(sqlite3_file* file, int level) {
  return system_of(file)->pMethods->xLock(system_of(file), level);
}
int unlock(sqlite3_file* file, int level) {
  return system_of(file)->pMethods->xUnlock(system_of(file), level);
}
int check_lock(sqlite3_file* file, int* held) {
  return system_of(file)->pMethods->xCheckReservedLock(system_of(file), held);
}
int control(sqlite3_file* file, int operation, void* argument) {
  return system_of(file)->pMethods->xFileControl(system_of(file), operation, argument);
}
int sector(sqlite3_file* file) { return system_of(file)->pMethods->xSectorSize(system_of(file)); }
int traits(sqlite3_file* file) {
  return system_of(file)->pMethods->xDeviceCharacteristics(system_of(file));
}

constexpr sqlite3_io_methods methods{
    1,       close,  read,   write,   truncate, sync,    file_size, lock,    unlock, check_lock,
    control, sector, traits, nullptr, nullptr,  nullptr, nullptr,   nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  file->pMethods = nullptr;
  if (fails()) return SQLITE_CANTOPEN;
  auto* system =
      static_cast<sqlite3_file*>(std::calloc(1, static_cast<std::size_t>(system_disk->szOsFile)));
  const int result = system_disk->xOpen(system_disk, name, system, flags, out);
  if (result != SQLITE_OK) {
    std::free(system);
    return result;
  }
  file->pMethods = &methods;
  reinterpret_cast<File*>(file)->system = system;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  if (fails()) return SQLITE_IOERR_DELETE;
  return system_disk->xDelete(system_disk, name, sync_folder);
}

int note_connection(sqlite3* connection, char**, const void*) {
  const char* file = sqlite3_db_filename(connection, "main");
  if (file && *file != '\0') disk().last_opened = connection;
  return SQLITE_OK;
}

sqlite3_vfs failing{};

sqlite3_mem_methods system_memory{};

bool runs_out() {
  State& state = memory();
  return ++state.calls == state.at;
}

void* allocate(int bytes) { return runs_out() ? nullptr : system_memory.xMalloc(bytes); }

void* reallocate(void* block, int bytes) {
  return runs_out() ? nullptr : system_memory.xRealloc(block, bytes);
}

}  // namespace

FailingDisk::FailingDisk() {
  system_disk = sqlite3_vfs_find(nullptr);
  failing = *system_disk;
  failing.szOsFile = sizeof(File);
  failing.zName = "failing";
  failing.pNext = nullptr;
  failing.xOpen = open;
  failing.xDelete = remove;
  sqlite3_vfs_register(&failing, 1);
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(note_connection));
  fail_at(0, Kind::io);
}

FailingDisk::~FailingDisk() {
  sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(note_connection));
  sqlite3_vfs_unregister(&failing);
  sqlite3_vfs_register(system_disk, 1);
}

void FailingDisk::fail_at(std::size_t call, Kind kind) {
  disk() = {.at = call, .kind = kind, .last_opened = disk().last_opened};
}

std::size_t FailingDisk::calls() const { return disk().calls; }

FailingMemory::FailingMemory() {
  sqlite3_shutdown();
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
  sqlite3_mem_methods ours = system_memory;
  ours.xMalloc = allocate;
  ours.xRealloc = reallocate;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
  fail_at(0);
}

FailingMemory::~FailingMemory() {
  sqlite3_shutdown();
  sqlite3_config(SQLITE_CONFIG_MALLOC, &system_memory);
}

void FailingMemory::fail_at(std::size_t allocation) { memory() = {.at = allocation}; }

std::size_t FailingMemory::allocations() const { return memory().calls; }

}  // namespace virga::faults
