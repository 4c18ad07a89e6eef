# Writes a C++ source that holds text files as arrays of bytes: literals would have a length limit and would
# have to be cut inside characters.
#   cmake -DOUTPUT=embedded_files.cc -P embed_files.cmake -- a.txt b.txt
set(arrays "")
set(rows "")
set(number 0)
set(is_file FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE ${last})
  set(argument "${CMAKE_ARGV${index}}")
  if(is_file)
    get_filename_component(name "${argument}" NAME)
    file(READ "${argument}" bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    # The zero at the end keeps the array of an empty file legal.
    string(APPEND arrays "const unsigned char kFile${number}[] = {\n${bytes}0};\n")
    string(APPEND rows "      {\"${name}\", Text(kFile${number}, sizeof(kFile${number}) - 1)},\n")
    math(EXPR number "${number} + 1")
  elseif(argument STREQUAL "--")
    set(is_file TRUE)
  endif()
endforeach()
file(WRITE "${OUTPUT}" "// Written by embed_files.cmake.
#include \"ingest_service/lexicon/embedded_files.h\"

#include <cstddef>
#include <string>

namespace treatywire::ingest {
namespace {

${arrays}
[[maybe_unused]] std::string Text(const unsigned char* bytes, size_t size) {
  return std::string(bytes, bytes + size);
}

}  // namespace

std::vector<LexiconFile> EmbeddedLexiconFiles() {
  return {
${rows}  };
}

}  // namespace treatywire::ingest
")
