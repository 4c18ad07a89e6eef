#include "common/status.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/utf8.h"

namespace treatywire {
namespace {

constexpr absl::string_view kTypeUrlPrefix = "type.googleapis.com/";

template <typename Detail>
std::string TypeUrl() {
  return absl::StrCat(kTypeUrlPrefix, Detail::descriptor()->full_name());
}

template <typename Detail>
std::optional<Detail> GetDetail(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(TypeUrl<Detail>());
  Detail detail;
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

// Maps in the order of their keys, so that equal details have equal bytes.
std::string Serialized(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

template <typename Detail>
absl::Status SetDetail(absl::Status status, const Detail& detail) {
  status.SetPayload(TypeUrl<Detail>(), absl::Cord(Serialized(detail)));
  return status;
}

}  // namespace

absl::Status AddFieldViolation(absl::Status status, absl::string_view field, absl::string_view description) {
  google::rpc::BadRequest bad_request =
      GetDetail<google::rpc::BadRequest>(status).value_or(google::rpc::BadRequest());
  google::rpc::BadRequest::FieldViolation& violation = *bad_request.add_field_violations();
  violation.set_field(ToValidUtf8(field));
  violation.set_description(ToValidUtf8(description));
  return SetDetail(std::move(status), bad_request);
}

absl::Status InvalidFieldError(absl::string_view field, absl::string_view description) {
  return WithErrorInfo(AddFieldViolation(absl::InvalidArgumentError(absl::StrCat(field, " ", description)),
                                         field, description),
                       treatywire::v1::ERROR_REASON_INVALID_FIELD);
}

absl::Status WithErrorInfo(absl::Status status, treatywire::v1::ErrorReason reason) {
  return WithErrorInfo(std::move(status),
                       absl::StripPrefix(treatywire::v1::ErrorReason_Name(reason), "ERROR_REASON_"));
}

absl::Status WithReasonIfNone(absl::Status status, treatywire::v1::ErrorReason reason) {
  if (status.ok() || GetErrorInfo(status).has_value()) return status;
  return WithErrorInfo(std::move(status), reason);
}

absl::Status WithErrorInfo(absl::Status status, absl::string_view reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(ToValidUtf8(reason));
  info.set_domain(std::string(kErrorDomain));
  return SetDetail(std::move(status), info);
}

absl::Status WithErrorMetadata(absl::Status status, absl::string_view key, absl::string_view value) {
  std::optional<google::rpc::ErrorInfo> info = GetErrorInfo(status);
  if (!info.has_value()) return status;
  (*info->mutable_metadata())[ToValidUtf8(key)] = ToValidUtf8(value);
  return SetDetail(std::move(status), *info);
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo info;
  absl::Duration rest;
  info.mutable_retry_delay()->set_seconds(absl::IDivDuration(delay, absl::Seconds(1), &rest));
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  return SetDetail(std::move(status), info);
}

absl::Status WithResourceInfo(absl::Status status, absl::string_view resource_type,
                              absl::string_view resource_name) {
  google::rpc::ResourceInfo info;
  info.set_resource_type(ToValidUtf8(resource_type));
  info.set_resource_name(ToValidUtf8(resource_name));
  if (absl::IsNotFound(status)) {
    status = WithReasonIfNone(std::move(status), treatywire::v1::ERROR_REASON_NOT_FOUND);
  }
  return SetDetail(std::move(status), info);
}

std::optional<google::rpc::BadRequest> GetBadRequest(const absl::Status& status) {
  return GetDetail<google::rpc::BadRequest>(status);
}

std::optional<google::rpc::ErrorInfo> GetErrorInfo(const absl::Status& status) {
  return GetDetail<google::rpc::ErrorInfo>(status);
}

std::optional<absl::Duration> GetRetryDelay(const absl::Status& status) {
  const std::optional<google::rpc::RetryInfo> info = GetDetail<google::rpc::RetryInfo>(status);
  if (!info.has_value()) return std::nullopt;
  return absl::Seconds(info->retry_delay().seconds()) + absl::Nanoseconds(info->retry_delay().nanos());
}

std::optional<google::rpc::ResourceInfo> GetResourceInfo(const absl::Status& status) {
  return GetDetail<google::rpc::ResourceInfo>(status);
}

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status rpc_status;
  rpc_status.set_code(static_cast<int>(status.code()));
  rpc_status.set_message(TruncateUtf8(ToValidUtf8(status.message()), kMaxStatusMessageBytes));
  std::vector<std::pair<std::string, std::string>> details;
  status.ForEachPayload([&details](absl::string_view type_url, const absl::Cord& payload) {
    details.emplace_back(std::string(type_url), std::string(payload));
  });
  std::sort(details.begin(), details.end());
  size_t size = 0;
  for (auto& [type_url, payload] : details) {
    size += type_url.size() + payload.size();
    if (size > kMaxStatusDetailBytes) break;
    google::protobuf::Any& detail = *rpc_status.add_details();
    detail.set_type_url(type_url);
    detail.set_value(std::move(payload));
  }
  return rpc_status;
}

absl::Status FromRpcStatus(const google::rpc::Status& rpc_status) {
  const bool known =
      rpc_status.code() >= 0 && rpc_status.code() <= static_cast<int>(absl::StatusCode::kUnauthenticated);
  absl::Status status(known ? static_cast<absl::StatusCode>(rpc_status.code()) : absl::StatusCode::kUnknown,
                      rpc_status.message());
  for (const google::protobuf::Any& detail : rpc_status.details()) {
    if (!status.GetPayload(detail.type_url()).has_value()) {
      status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return status;
}

}  // namespace treatywire
