#include "common/grpc_status.h"

#include "common/status.h"

namespace treatywire {

namespace {

grpc::Status Converted(const absl::Status& status) {
  const google::rpc::Status rpc_status = ToRpcStatus(status);
  return {static_cast<grpc::StatusCode>(rpc_status.code()), rpc_status.message(),
          rpc_status.details().empty() ? "" : rpc_status.SerializeAsString()};
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  // Under overload one refusal is given over and over; to make it anew is a tenth of what a refusal takes.
  struct Given {
    absl::Status status;
    grpc::Status converted;
  };
  thread_local Given last;
  if (status != last.status) last = {status, Converted(status)};
  return last.converted;
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status rpc_status;
  const bool usable =
      rpc_status.ParseFromString(status.error_details()) && rpc_status.code() == status.error_code();
  if (!usable) rpc_status.Clear();
  rpc_status.set_code(status.error_code());
  rpc_status.set_message(status.error_message());
  return FromRpcStatus(rpc_status);
}

}  // namespace treatywire
