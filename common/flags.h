// The command line of the services and tools: Abseil's flags, strict, with --help and --version that succeed.
//
//   ABSL_FLAG(std::string, listen, "127.0.0.1:50051", "HOST:PORT to serve on; port 0 picks a free one.");
//
//   int main(int argc, char** argv) {
//     treatywire::ParseFlags(argc, argv, "Reads articles and delivers what they say.");
//
// Flags are defined in main.cc alone; everything below takes Options.
#ifndef TREATYWIRE_COMMON_FLAGS_H_
#define TREATYWIRE_COMMON_FLAGS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace treatywire {

// "0.1.0": the version of the project.
absl::string_view ProjectVersion();

// Whether arguments that are no flags are expected.
enum class Arguments { kNone, kAny };

// Sets the flags from argv and returns the other arguments, without argv[0]. Ends the process: with 0 after
// --help or --version, with 1 and a message on standard error where a flag is unknown or its value does not
// parse, or where there are arguments and Arguments::kNone. Call it first in main, once.
std::vector<std::string> ParseFlags(int argc, char** argv, absl::string_view purpose,
                                    Arguments arguments = Arguments::kNone);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_FLAGS_H_
