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
if(BUILD_TESTING)
  find_package(GTest REQUIRED CONFIG)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
endif()
