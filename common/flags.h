// The command line of the services and tools: Abseil's flags, strict, with --help and --version that succeed.
//
//   ABSL_FLAG(std::string, listen, "127.0.0.1:50051", "HOST:PORT to serve on; port 0 picks a free one.");
//
//   int main(int argc, char** argv) {
//     treatywire::ParseFlags(argc, argv, "Reads articles and delivers what they say.");
//
// With --config=FILE the flags come from a file as well, a line "name = value" each; empty lines and lines
// that begin with # are passed over. What the command line says wins. The file is UTF-8 of at most 1 MiB.
//
// Flags are defined in main.cc and server_flags.cc alone; everything below takes Options.
#ifndef TREATYWIRE_COMMON_FLAGS_H_
#define TREATYWIRE_COMMON_FLAGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace treatywire {

// "0.1.0": the version of the project.
absl::string_view ProjectVersion();

// Whether arguments that are no flags are expected.
enum class Arguments { kNone, kAny };

// Sets the flags from argv and returns the other arguments, without argv[0]. Ends the process: with 0 after
// --help or --version, with 1 and a message on standard error where a flag is unknown or its value does not
// parse, or where there are arguments and Arguments::kNone. Call it first in main, once. What is wrong with
// the file of --config is told by its line.
std::vector<std::string> ParseFlags(int argc, char** argv, absl::string_view purpose,
                                    Arguments arguments = Arguments::kNone);

// Sets flags from the text of a configuration file called `name`, which messages begin with.
// INVALID_ARGUMENT "NAME:LINE: what is wrong" for the first line that names no flag, names one again, has a
// value that does not parse or a control character, or is longer than 4096 bytes; flags of the lines before
// it are set by then.
absl::Status SetFlagsFromConfig(absl::string_view name, absl::string_view text);

// INVALID_ARGUMENT "--NAME must be MIN to MAX" where `value` is not of that range. The flag's help says the
// range in the same words.
absl::Status CheckFlagRange(absl::string_view name, int64_t value, int64_t min, int64_t max);
absl::Status CheckFlagRange(absl::string_view name, absl::Duration value, absl::Duration min,
                            absl::Duration max);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_FLAGS_H_
