/* memcpy, memmove and strcspn in place of those of Emscripten's libc. Its memmove goes byte by byte
 * when the two addresses are not aligned alike: a quarter of the time of an update by id was spent
 * in it. Its strcspn fills a table of 256 bits first, for each text that LIKE looks through. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t __attribute__((aligned(1), may_alias)) u64;
typedef uint32_t __attribute__((aligned(1), may_alias)) u32;
typedef uint16_t __attribute__((aligned(1), may_alias)) u16;

/* Everything is loaded before anything is stored, so that the two may overlap. */
void* memmove(void* to, const void* from, size_t size) {
  char* const d = to;
  const char* const s = from;
  if (size > 64) return __builtin_memmove(to, from, size); /* the instruction memory.copy */
  if (size > 32) {
    const u64 a = *(const u64*)s, b = *(const u64*)(s + 8), c = *(const u64*)(s + 16),
              e = *(const u64*)(s + 24);
    const char* const t = s + size - 32;
    const u64 f = *(const u64*)t, g = *(const u64*)(t + 8), h = *(const u64*)(t + 16),
              i = *(const u64*)(t + 24);
    char* const u = d + size - 32;
    *(u64*)d = a, *(u64*)(d + 8) = b, *(u64*)(d + 16) = c, *(u64*)(d + 24) = e;
    *(u64*)u = f, *(u64*)(u + 8) = g, *(u64*)(u + 16) = h, *(u64*)(u + 24) = i;
  } else if (size > 16) {
    const u64 a = *(const u64*)s, b = *(const u64*)(s + 8);
    const u64 c = *(const u64*)(s + size - 16), e = *(const u64*)(s + size - 8);
    *(u64*)d = a, *(u64*)(d + 8) = b;
    *(u64*)(d + size - 16) = c, *(u64*)(d + size - 8) = e;
  } else if (size >= 8) {
    const u64 a = *(const u64*)s, b = *(const u64*)(s + size - 8);
    *(u64*)d = a, *(u64*)(d + size - 8) = b;
  } else if (size >= 4) {
    const u32 a = *(const u32*)s, b = *(const u32*)(s + size - 4);
    *(u32*)d = a, *(u32*)(d + size - 4) = b;
  } else if (size >= 2) {
    const u16 a = *(const u16*)s, b = *(const u16*)(s + size - 2);
    *(u16*)d = a, *(u16*)(d + size - 2) = b;
  } else if (size == 1) {
    *d = *s;
  }
  return to;
}

void* memcpy(void* restrict to, const void* restrict from, size_t size) {
  return memmove(to, from, size);
}

/* Of a set of two characters at most, as SQLite's are (one letter in both cases). */
static size_t before_two(const char* text, char a, char b) {
  const char* at = text;
  while (*at && *at != a && *at != b) ++at;
  return (size_t)(at - text);
}

size_t strcspn(const char* text, const char* set) {
  if (!set[0] || !set[1] || !set[2]) return before_two(text, set[0], set[0] ? set[1] : 0);
  const char* at = text;
  while (*at && !strchr(set, *at)) ++at;
  return (size_t)(at - text);
}
