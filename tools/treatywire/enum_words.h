// Enum values as people read and type them: "entered into force" and "entered_into_force" for
// EVENT_TYPE_ENTERED_INTO_FORCE. The words come from the protos, so a value added there is known here.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_ENUM_WORDS_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_ENUM_WORDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace treatywire::tools {

// "entered into force"; "" for the unspecified value, "unknown (77)" for one that the descriptor lacks.
std::string EnumWord(const google::protobuf::EnumDescriptor& type, int value);

// The value that `word` names, in any letter case and with spaces, hyphens or underscores, with or without
// the prefix. INVALID_ARGUMENT with the list of words for another word, and for the unspecified value.
absl::StatusOr<int> ParseEnumWord(const google::protobuf::EnumDescriptor& type, absl::string_view word);

// All of its words as one types them, in order: "signed, in_force, suspended".
std::string EnumWordList(const google::protobuf::EnumDescriptor& type);

// EnumWord of a generated enum's value.
template <typename Enum>
std::string Word(Enum value) {
  return EnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_ENUM_WORDS_H_
