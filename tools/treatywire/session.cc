#include "tools/treatywire/session.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"

namespace treatywire::tools {

std::shared_ptr<grpc::Channel> Session::query_channel() {
  if (query_channel_ == nullptr)
    query_channel_ = environment_.connect(settings_.query_service, settings_.transport);
  return query_channel_;
}

std::shared_ptr<grpc::Channel> Session::ingest_channel() {
  if (ingest_channel_ == nullptr)
    ingest_channel_ = environment_.connect(settings_.ingest_service, settings_.transport);
  return ingest_channel_;
}

absl::Status Session::WriteJson(const google::protobuf::Message& message) const {
  std::string json;
  const auto printed = google::protobuf::util::MessageToJsonString(message, &json);
  if (!printed.ok()) {
    return absl::InternalError(
        absl::StrCat("an answer cannot be written as JSON: ", printed.message().ToString()));
  }
  // A line at a time, so that a program at the other end of a pipe can work on it.
  out() << json << '\n' << std::flush;
  return absl::OkStatus();
}

}  // namespace treatywire::tools
