#include <sqlite3.h>

// SQLite asks its host for randomness, time and files. Built with SQLITE_OS_OTHER it brings no host
// of its own: Emscripten's without a file system would make sqlite3_open loop for ever, because the
// stubbed open() gives descriptor 0. This one has no files, so databases live in memory.
#ifdef SQLITE_OS_OTHER

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>

namespace {

int open_file(sqlite3_vfs*, const char*, sqlite3_file* file, int, int*) {
  file->pMethods = nullptr;  // nothing to close
  return SQLITE_CANTOPEN;
}

int delete_file(sqlite3_vfs*, const char*, int) { return SQLITE_IOERR_DELETE_NOENT; }

int access_file(sqlite3_vfs*, const char*, int, int* exists) {
  *exists = 0;
  return SQLITE_OK;
}

int full_pathname(sqlite3_vfs*, const char* name, int capacity, char* path) {
  sqlite3_snprintf(capacity, path, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int count, char* bytes) {
  constexpr int most = 256;  // getentropy's own limit
  int filled = 0;
  while (filled < count) {
    const int part = std::min(most, count - filled);
    if (getentropy(bytes + filled, static_cast<std::size_t>(part)) != 0) break;
    filled += part;
  }
  return filled;
}

int sleep_microseconds(sqlite3_vfs*, int microseconds) {
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  return microseconds;
}

/// Milliseconds since noon of 24 November 4714 BC, the origin of Julian days.
int current_time(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  constexpr sqlite3_int64 julian_unix_epoch = 210866760000000;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  *milliseconds =
      julian_unix_epoch + std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return SQLITE_OK;
}

int current_day(sqlite3_vfs* vfs, double* julian_day) {
  sqlite3_int64 milliseconds = 0;
  current_time(vfs, &milliseconds);
  *julian_day = static_cast<double>(milliseconds) / 86400000.0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

sqlite3_vfs make_vfs() {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(sqlite3_file);
  vfs.mxPathname = 512;
  vfs.zName = "virga-memory";
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_pathname;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep_microseconds;
  vfs.xCurrentTime = current_day;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = current_time;
  return vfs;
}

}  // namespace

extern "C" int sqlite3_os_init() {
  static sqlite3_vfs vfs = make_vfs();
  return sqlite3_vfs_register(&vfs, 1);
}

extern "C" int sqlite3_os_end() { return SQLITE_OK; }

#endif
