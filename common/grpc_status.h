// The one place where absl::Status becomes grpc::Status and back.
//
// The details (status.h) travel as google.rpc.Status in the trailer grpc-status-details-bin, where every gRPC
// library and grpcurl look for them. gRPC's own grpc++_error_details is not linked: its descriptors of
// google.rpc collide with the ones that this project registers.
#ifndef TREATYWIRE_COMMON_GRPC_STATUS_H_
#define TREATYWIRE_COMMON_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace treatywire {

grpc::Status ToGrpcStatus(const absl::Status& status);

// The code and message of `status` win over those inside its details. Details that do not parse, or that
// carry another code (a proxy replaced the status), are dropped.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_GRPC_STATUS_H_
