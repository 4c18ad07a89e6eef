#include "common/request_log.h"

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "common/logging.h"

namespace treatywire {
namespace {

constexpr absl::string_view kCodeNames[] = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

Severity SeverityOf(const FinishedRequest& request) {
  switch (request.code) {
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::DATA_LOSS:
      return Severity::kWarning;
    default:
      return absl::StartsWith(request.name.service, "grpc.") ? Severity::kDebug : Severity::kInfo;
  }
}

}  // namespace

absl::string_view CodeName(grpc::StatusCode code) {
  const auto index = static_cast<size_t>(code);
  return index < std::size(kCodeNames) ? kCodeNames[index] : "UNKNOWN";
}

void RequestLog::OnEnd(const FinishedRequest& request) {
  Log(SeverityOf(request), "request",
      {{"service", request.name.service},
       {"method", request.name.method},
       {"code", CodeName(request.code)},
       {"duration_seconds", absl::ToDoubleSeconds(request.duration)},
       {"peer", request.peer},
       {"received", request.received_messages},
       {"sent", request.sent_messages},
       {"trace_id", request.trace_id}});
}

}  // namespace treatywire
