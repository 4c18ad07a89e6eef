// Which program this is, for what only the same program may read.
#ifndef TREATYWIRE_QUERY_SERVICE_IMAGE_PROGRAM_IDENTITY_H_
#define TREATYWIRE_QUERY_SERVICE_IMAGE_PROGRAM_IDENTITY_H_

#include <string>

namespace treatywire::query {

// The build id that the linker gave the program, which is another wherever its code or data is, and the
// version of ICU, whose data names parties. Two programs of one identity conclude the same from the same
// articles, so that nobody has to remember to count up a version when a rule changes. Empty where the linker
// gave none.
std::string ProgramIdentity();

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_IMAGE_PROGRAM_IDENTITY_H_
