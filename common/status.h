// The details that errors carry to clients, after google.rpc, as payloads of absl::Status.
//
// Logic returns absl::Status with details; nothing in it knows gRPC. The gRPC adapters turn it into a
// grpc::Status (grpc_status.h), and streams that answer per message put it into a google.rpc.Status field:
//
//   return AddFieldViolation(absl::InvalidArgumentError("article.body is empty"), "article.body", "is
//   empty");
//   ...
//   *response.mutable_error() = ToRpcStatus(status);
//
// Each detail is kept under the type URL that google.protobuf.Any gives its message, so that both conversions
// are lossless up to the limits below. Adding a detail to an OK status does nothing.
//
// All functions may be called from any thread.
#ifndef TREATYWIRE_COMMON_STATUS_H_
#define TREATYWIRE_COMMON_STATUS_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "treatywire/v1/error_reason.pb.h"

namespace treatywire {

// The domain of every google.rpc.ErrorInfo of this project.
inline constexpr absl::string_view kErrorDomain = "treatywire";

// A message that is longer is cut at a character boundary; gRPC sends it in a header.
inline constexpr size_t kMaxStatusMessageBytes = 1024;
// Details past this many serialised bytes are left out, whole: gRPC clients refuse trailers over 8 KiB by
// default, and the client would see no error text at all.
inline constexpr size_t kMaxStatusDetailBytes = 4096;

// Adds "field `field`: `description`" to the google.rpc.BadRequest of `status`. `field` is a path from the
// request's root ("article.body").
absl::Status AddFieldViolation(absl::Status status, absl::string_view field, absl::string_view description);

// INVALID_ARGUMENT "`field` `description`" with that field violation and reason INVALID_FIELD.
absl::Status InvalidFieldError(absl::string_view field, absl::string_view description);

// Sets google.rpc.ErrorInfo, its reason being the enumerator's name without "ERROR_REASON_" ("QUEUE_FULL").
absl::Status WithErrorInfo(absl::Status status, treatywire::v1::ErrorReason reason);
// The same for a reason as such, UPPER_SNAKE_CASE.
absl::Status WithErrorInfo(absl::Status status, absl::string_view reason);
// Adds `key`: `value` to the metadata of the ErrorInfo of `status`; nothing where it has none.
absl::Status WithErrorMetadata(absl::Status status, absl::string_view key, absl::string_view value);
// `status`, with that reason where it is an error that has none.
absl::Status WithReasonIfNone(absl::Status status, treatywire::v1::ErrorReason reason);

// Sets google.rpc.RetryInfo: a client should wait `delay` before it tries again.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// Sets google.rpc.ResourceInfo: which resource the error is about, by kind ("Agreement") and resource name
// ("agreements/paris-agreement"). NOT_FOUND without a reason gets the reason NOT_FOUND.
absl::Status WithResourceInfo(absl::Status status, absl::string_view resource_type,
                              absl::string_view resource_name);

// The details back; nullopt where `status` has none of that kind, or bytes that do not parse.
std::optional<google::rpc::BadRequest> GetBadRequest(const absl::Status& status);
std::optional<google::rpc::ErrorInfo> GetErrorInfo(const absl::Status& status);
std::optional<absl::Duration> GetRetryDelay(const absl::Status& status);
std::optional<google::rpc::ResourceInfo> GetResourceInfo(const absl::Status& status);

// Details in the order of their type URLs, so that equal statuses give equal messages. The message is made
// valid UTF-8, and message and details are cut to the limits above.
google::rpc::Status ToRpcStatus(const absl::Status& status);
// A code that is no google.rpc.Code becomes UNKNOWN. Of two details of one type the first counts.
absl::Status FromRpcStatus(const google::rpc::Status& status);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_STATUS_H_
