# Compiler settings of every target of the project. Third-party and generated headers are SYSTEM and exempt.
option(TREATYWIRE_CCACHE "Compile through ccache where it is installed" ON)
set(TREATYWIRE_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined or thread")
option(TREATYWIRE_FUZZ "Link the targets of tests/fuzz with libFuzzer; else they replay their corpus as tests" OFF)
option(TREATYWIRE_COVERAGE "Instrument for coverage" OFF)

if(TREATYWIRE_CCACHE)
  find_program(CCACHE_PROGRAM ccache)
  if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  endif()
endif()

add_library(treatywire_options INTERFACE)
target_compile_options(treatywire_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Wvla)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports restrict and dangling problems inside libstdc++'s own string code at -O2 (GCC bug 105651).
  target_compile_options(treatywire_options INTERFACE -Wno-restrict)
endif()

if(TREATYWIRE_SANITIZE)
  add_compile_options(-fsanitize=${TREATYWIRE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TREATYWIRE_SANITIZE})
endif()
if(TREATYWIRE_SANITIZE MATCHES "thread")
  # g++ warns of atomic_thread_fence, which Abseil's flags use in their headers and the sanitizer does not model.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(treatywire_options INTERFACE -Wno-tsan)
  endif()
  # The sanitizer sees only what is compiled for it: programs load gRPC, Protocol Buffers and Abseil from here.
  # An rpath of the old kind, so that it holds for what the libraries load too.
  message(STATUS "Libraries for the thread sanitizer: the first time they are built, which takes half an hour")
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/build_tsan_libraries
    OUTPUT_VARIABLE TREATYWIRE_TSAN_LIBRARIES OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE tsan_libraries_built)
  if(NOT tsan_libraries_built EQUAL 0)
    message(FATAL_ERROR "tools/build_tsan_libraries failed")
  endif()
  set(CMAKE_BUILD_RPATH ${TREATYWIRE_TSAN_LIBRARIES})
  add_link_options(-Wl,--disable-new-dtags)
endif()
if(TREATYWIRE_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
