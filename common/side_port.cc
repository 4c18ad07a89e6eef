#include "common/side_port.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/connection_acceptor.h"
#include "common/grpc_deadline.h"
#include "common/server.h"
#include "common/status_macros.h"

namespace treatywire {

SidePort::SidePort() = default;

SidePort::~SidePort() {
  if (server_ == nullptr) return;
  acceptor_->Stop();
  server_->Shutdown(GrpcDeadlineIn(absl::ZeroDuration()));
  server_->Wait();
}

absl::Status SidePort::Start(const Options& options, grpc::ServerBuilder* builder) {
  TW_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(options.listen));
  builder->SetMaxReceiveMessageSize(options.max_request_bytes);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_concurrent_streams);
  builder->SetResourceQuota(
      grpc::ResourceQuota(absl::StrCat("treatywire ", options.purpose)).Resize(options.max_buffer_bytes));
  TW_ASSIGN_OR_RETURN(
      acceptor_, ConnectionAcceptor::Listen(
                     {.listen = options.listen, .credentials = grpc::InsecureServerCredentials()}, builder));
  server_ = builder->BuildAndStart();
  if (server_ == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot serve on ", options.listen, " for ", options.purpose));
  }
  acceptor_->Start();
  address_ = absl::StrCat(address.host, ":", acceptor_->port());
  return absl::OkStatus();
}

}  // namespace treatywire
