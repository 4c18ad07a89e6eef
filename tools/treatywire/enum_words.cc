#include "tools/treatywire/enum_words.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace treatywire::tools {
namespace {

// "EVENT_TYPE_": what all values of a type have in common, by the protos' style "…_UNSPECIFIED = 0".
absl::string_view Prefix(const google::protobuf::EnumDescriptor& type) {
  const google::protobuf::EnumValueDescriptor* unspecified = type.FindValueByNumber(0);
  if (unspecified == nullptr) return "";
  absl::string_view prefix = unspecified->name();
  return absl::ConsumeSuffix(&prefix, "UNSPECIFIED") ? prefix : "";
}

std::string TypedWord(const google::protobuf::EnumDescriptor& type,
                      const google::protobuf::EnumValueDescriptor& value) {
  return absl::AsciiStrToLower(absl::StripPrefix(value.name(), Prefix(type)));
}

}  // namespace

std::string EnumWord(const google::protobuf::EnumDescriptor& type, int value) {
  if (value == 0) return "";
  const google::protobuf::EnumValueDescriptor* found = type.FindValueByNumber(value);
  if (found == nullptr) return absl::StrCat("unknown (", value, ")");
  return absl::StrReplaceAll(TypedWord(type, *found), {{"_", " "}});
}

absl::StatusOr<int> ParseEnumWord(const google::protobuf::EnumDescriptor& type, absl::string_view word) {
  const std::string normal =
      absl::StrReplaceAll(absl::AsciiStrToUpper(absl::StripAsciiWhitespace(word)), {{" ", "_"}, {"-", "_"}});
  for (int i = 0; i < type.value_count(); ++i) {
    const google::protobuf::EnumValueDescriptor& value = *type.value(i);
    if (value.number() != 0 &&
        (normal == value.name() || absl::StrCat(Prefix(type), normal) == value.name())) {
      return value.number();
    }
  }
  return absl::InvalidArgumentError(absl::StrCat("\"", word, "\" is none of ", EnumWordList(type)));
}

std::string EnumWordList(const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) words.push_back(TypedWord(type, *type.value(i)));
  }
  return absl::StrJoin(words, ", ");
}

}  // namespace treatywire::tools
