// The command line as a whole: what the program does with its arguments.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_COMMAND_LINE_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "tools/treatywire/error_text.h"
#include "tools/treatywire/session.h"

namespace treatywire::tools {

// Runs the command that `arguments` (without the program's name) give. Answers go to the environment's `out`,
// errors to its `err`. Never throws; nothing on the command line ends the process.
ExitCode RunCommandLine(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_COMMAND_LINE_H_
