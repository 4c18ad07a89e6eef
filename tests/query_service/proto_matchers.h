// Compares whole messages and statuses, with a readable difference.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_PROTO_MATCHERS_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_PROTO_MATCHERS_H_

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace treatywire::query {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER_P(EqualsProto, expected, "equals " + expected.ShortDebugString()) {
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  if (differencer.Compare(expected, arg)) return true;
  *result_listener << difference;
  return false;
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// A status, or StatusOr, of `code` whose message matches.
MATCHER_P2(StatusIs, code, message_matcher, "") {
  const absl::Status& status = StatusOf(arg);
  *result_listener << status.ToString();
  return status.code() == code &&
         testing::Value(std::string(status.message()), testing::Matcher<std::string>(message_matcher));
}

// The message that `text` (protobuf text format) says.
template <typename Message>
Message ParseText(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) {
    ADD_FAILURE() << "not a " << message.GetTypeName() << ": " << text;
  }
  return message;
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_PROTO_MATCHERS_H_
