# treatywire_library(NAME SRCS a.cc HDRS a.h DEPS x y)
#   A static library of one folder. Its target is the path with underscores, its alias treatywire::NAME.
#   Includes are written from the repository's root: #include "ingest_service/document/document.h".
function(treatywire_library NAME)
  cmake_parse_arguments(ARG "" "" "SRCS;HDRS;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(treatywire_${NAME} STATIC ${ARG_SRCS} ${ARG_HDRS})
  add_library(treatywire::${NAME} ALIAS treatywire_${NAME})
  target_include_directories(treatywire_${NAME} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(treatywire_${NAME} PUBLIC ${ARG_DEPS} PRIVATE treatywire_options ${ARG_PRIVATE_DEPS})
endfunction()

# What every program needs besides its own: in the preset tsan, which reports are not about us.
function(treatywire_program NAME)
  if(TREATYWIRE_SANITIZE MATCHES "thread")
    target_sources(${NAME} PRIVATE ${CMAKE_SOURCE_DIR}/tests/tsan/suppressions.cc)
  endif()
endfunction()

# treatywire_binary(NAME SRCS main.cc DEPS x y): a program in build/<preset>/bin.
function(treatywire_binary NAME)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${NAME} ${ARG_SRCS})
  treatywire_program(${NAME})
  target_include_directories(${NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${NAME} PRIVATE treatywire_options treatywire::allocator ${ARG_DEPS})
endfunction()

# treatywire_test(NAME SRCS a_test.cc DEPS x y): a GoogleTest program, one ctest entry a program.
# TREATYWIRE_SOURCE_DIR is defined for tests that read files of the repository.
function(treatywire_test NAME)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${NAME} ${ARG_SRCS})
  treatywire_program(${NAME})
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${NAME} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${NAME} PRIVATE TREATYWIRE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${NAME} PRIVATE treatywire_options ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  add_test(NAME ${NAME} COMMAND ${NAME})
  # Seconds: most need one or two. The sanitizers make them five to fifteen times slower.
  set(timeout 300)
  if(TREATYWIRE_SANITIZE)
    set(timeout 1500)
  endif()
  set_tests_properties(${NAME} PROPERTIES TIMEOUT ${timeout})
endfunction()
