# Shared by the scripts in this folder: install what is missing, build, say what happens.
# Sourced after `set -euo pipefail`; leaves the caller in the repository's root.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else
    command -v sudo >/dev/null || die "installing Debian packages takes root or sudo: $*"
    sudo "$@"
  fi
}

# Installs those of the named Debian packages that are not there. The answer for a set of names is
# remembered by dpkg itself, so a second run costs one dpkg-query.
need_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# clang-format is pinned: another version formats differently.
need_native_tools() {
  need_packages ca-certificates git g++ cmake ninja-build nlohmann-json3-dev doctest-dev \
    libexpected-dev lld clang-format-14
}

need_wasm_tools() {
  need_packages ca-certificates cmake ninja-build nlohmann-json3-dev doctest-dev libexpected-dev
  command -v emcc >/dev/null || need_packages emscripten
}

need_browsers() {
  command -v chromium >/dev/null || need_packages chromium
  command -v firefox-esr >/dev/null || need_packages firefox-esr
}

node_major() { node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }

# Node 20 or newer. Debian 12 has 18; its npm then fetches a newer one into the build folder, as a
# package that holds nothing but the program.
need_node() {
  local local_node=$root/build/node/node_modules/node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
  [ "$(node_major)" -ge 20 ] || PATH=$local_node/bin:$PATH
  command -v npm >/dev/null || need_packages nodejs npm
  [ "$(node_major)" -ge 20 ] && return
  say "installing Node 20 into build/node"
  npm install --prefix build/node --no-save --ignore-scripts --no-audit --no-fund --loglevel error \
    "$(basename "$local_node")@20"
  hash -r
  [ "$(node_major)" -ge 20 ] || die "Node 20 or newer is needed, found $(node --version)"
}

# node_modules as package-lock.json says; the copy of the lock tells whether that is so already.
need_node_modules() {
  need_node
  cmp -s package-lock.json node_modules/.installed-lock && return
  say "npm ci"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel error
  cp package-lock.json node_modules/.installed-lock
}

build_native() {
  [ -e build/native/build.ninja ] ||
    cmake -S . -B build/native -G Ninja -DCMAKE_BUILD_TYPE=Debug >/dev/null
  cmake --build build/native -- --quiet
}

# Debian's emcc finds its JavaScript optimizer's parser only by NODE_PATH.
build_wasm() {
  export NODE_PATH=/usr/share/nodejs
  [ -e build/wasm/build.ninja ] ||
    emcmake cmake -S . -B build/wasm -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
  cmake --build build/wasm -- --quiet
}

# Both native and wasm at once: each has SQLite as its one long compilation, and there are two cores.
build_core() {
  mkdir -p build
  build_wasm >build/wasm.log 2>&1 &
  local wasm=$!
  build_native || { wait $wasm || true; die "the native build failed"; }
  wait $wasm || { cat build/wasm.log >&2; die "the wasm build failed"; }
}

# Where the headers of the running Node are: beside its program, wherever it was installed from;
# Debian packs them apart.
node_headers() {
  local headers
  headers=$(node -p 'require("path").resolve(process.execPath, "../../include/node")')
  [ -e "$headers/node.h" ] || need_packages libnode-dev
  [ -e "$headers/node.h" ] || die "no node.h in $headers"
  echo "$headers"
}

# build_peer [FOLDER [FLAG…]]: better-sqlite3 for the Node at hand, as build/FOLDER/better_sqlite3.node.
# Without arguments it is build/peer, compiled quickly, for the differential tests. Compiled here,
# since npm ci runs no install scripts.
build_peer() {
  local source=node_modules/better-sqlite3 out=build/${1:-peer} headers stamp defines compiling
  local flags=("${@:2}")
  [ ${#flags[@]} -gt 0 ] || flags=(-O1)
  stamp="$(node -p 'process.version + process.arch') ${flags[*]} $(sha256sum <$source/package.json)"
  [ "$(cat "$out/stamp" 2>/dev/null)" != "$stamp" ] || return 0
  headers=$(node_headers)
  mapfile -t defines < <(sed -n "s/^ *'\([A-Z].*\)',\$/-D\1/p" $source/deps/defines.gypi)
  mkdir -p "$out"
  cc -std=c99 "${flags[@]}" -w -fPIC "${defines[@]}" -c $source/deps/sqlite3/sqlite3.c \
    -o "$out/sqlite3.o" &
  compiling=$!
  g++ -std=c++20 "${flags[@]}" -w -fPIC -DNODE_GYP_MODULE_NAME=better_sqlite3 \
    -I$source/deps/sqlite3 -I"$headers" -c $source/src/better_sqlite3.cpp -o "$out/addon.o"
  wait $compiling
  g++ -shared -Wl,-Bsymbolic -o "$out/better_sqlite3.node" "$out/addon.o" "$out/sqlite3.o"
  echo "$stamp" >"$out/stamp"
}

# The same as npm's install script compiles it: the flags of node-gyp and of its binding.gyp.
build_bench_peer() { build_peer peer-bench -O3 -DNDEBUG -fno-omit-frame-pointer; }

# The benchmarks' floor (tests/bench/floor/floor.c): native on the peer's SQLite, wasm on the module's.
build_floor() {
  local source=tests/bench/floor/floor.c out=build/bench/floor peer=build/peer-bench/sqlite3.o
  local include=node_modules/better-sqlite3/deps/sqlite3 library=build/wasm/core/libsqlite3.a
  mkdir -p $out
  [ $out/floor -nt $source ] && [ $out/floor -nt $peer ] ||
    cc -std=gnu11 -O3 -I$include $source $peer -o $out/floor -lm
  [ $out/floor.wasm -nt $source ] && [ $out/floor.wasm -nt $library ] ||
    NODE_PATH=/usr/share/nodejs emcc -O2 -mbulk-memory -fno-builtin-memcpy -I$include \
      $source wasm/memory.c $library -o $out/floor.mjs \
      -sENVIRONMENT=web -sFILESYSTEM=0 -sMODULARIZE=1 -sEXPORT_ES6=1 -sALLOW_MEMORY_GROWTH=1 \
      -sEXPORTED_FUNCTIONS=_malloc,_free -sEXPORTED_RUNTIME_METHODS=HEAPU8
}

# Reads the output of doctest or node:test runs, prints "PASSED FAILED" summed over their summaries.
count_results() {
  awk -F '[ |]+' '
    /^\[doctest\] test cases:/ { passed += $5; failed += $7 }
    /^ℹ pass /               { passed += $3 }
    /^ℹ (fail|cancelled) /   { failed += $3 }
    END { print passed + 0, failed + 0 }'
}
