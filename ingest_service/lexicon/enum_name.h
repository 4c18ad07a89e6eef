// Names of enum values as the lexicon's files write them: without the prefix that Protobuf's style demands.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_ENUM_NAME_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_ENUM_NAME_H_

#include <google/protobuf/generated_enum_reflection.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// Sets `value` to the EVENT_TYPE_SIGNED that "SIGNED" or "signed" names, given the prefix "EVENT_TYPE_".
// Returns false, and changes nothing, for other names and for "UNSPECIFIED".
template <typename Enum>
bool ParseEnumName(absl::string_view prefix, absl::string_view name, Enum* value) {
  const std::string full_name = absl::StrCat(prefix, absl::AsciiStrToUpper(name));
  const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>()->FindValueByName(full_name);
  if (descriptor == nullptr || descriptor->number() == 0) return false;
  *value = static_cast<Enum>(descriptor->number());
  return true;
}

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_ENUM_NAME_H_
