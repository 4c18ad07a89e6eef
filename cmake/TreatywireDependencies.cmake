# Every library the project links, all of them Debian 12 packages. Their package names, and why each was
# chosen, are in tools/install_dependencies (the one place that names them).
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)  # module mode and before gRPC: Debian ships no Protobuf config
find_package(absl REQUIRED CONFIG)
find_package(gRPC REQUIRED CONFIG)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(SQLite3 REQUIRED)
find_package(prometheus-cpp REQUIRED CONFIG)
find_package(CLI11 REQUIRED CONFIG)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(PkgConfig REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
# Reading an article takes thousands of small allocations, an answer hundreds: mimalloc does them in half the time of
# the C library. Sanitizers and the fuzzer have allocators of their own.
add_library(treatywire_allocator INTERFACE)
add_library(treatywire::allocator ALIAS treatywire_allocator)
if(NOT TREATYWIRE_SANITIZE AND NOT TREATYWIRE_FUZZ)
  find_library(MIMALLOC_LIBRARY mimalloc REQUIRED)
  # --no-as-needed: nothing names it, it only takes the place of malloc and its like.
  target_link_libraries(treatywire_allocator INTERFACE -Wl,--push-state,--no-as-needed ${MIMALLOC_LIBRARY} -Wl,--pop-state)
endif()
if(BUILD_TESTING)
  find_package(GTest REQUIRED CONFIG)
  pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
endif()
