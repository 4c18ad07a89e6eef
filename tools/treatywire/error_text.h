// Errors as people can act on them.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_ERROR_TEXT_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_ERROR_TEXT_H_

#include <string>

#include "absl/status/status.h"

namespace treatywire::tools {

// The message and code of `status` on a line, then a line each for the google.rpc details that say more than
// it does: further fields at fault, the resource, when to try again. No newline at the end.
//   filter.parties[0] names no party that the record knows (INVALID_ARGUMENT)
std::string ErrorText(const absl::Status& status);

// What a program's caller is told: kRefused for an answer that was an error, kUnreachable where there was no
// answer.
enum class ExitCode { kDone = 0, kRefused = 1, kBadCommandLine = 2, kUnreachable = 3 };
ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_ERROR_TEXT_H_
