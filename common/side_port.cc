#include "common/side_port.h"

#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/server.h"
#include "common/status_macros.h"

namespace treatywire {

SidePort::SidePort() = default;

SidePort::~SidePort() {
  if (server_ == nullptr) return;
  server_->Shutdown(absl::ToChronoTime(absl::Now()));
  server_->Wait();
}

absl::Status SidePort::Start(const Options& options, grpc::ServerBuilder* builder) {
  TW_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(options.listen));
  builder->SetMaxReceiveMessageSize(options.max_request_bytes);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_concurrent_streams);
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder->SetResourceQuota(
      grpc::ResourceQuota(absl::StrCat("treatywire ", options.purpose)).Resize(options.max_buffer_bytes));
  int port = 0;
  builder->AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &port);
  server_ = builder->BuildAndStart();
  if (server_ == nullptr || port <= 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options.listen, " for ", options.purpose));
  }
  address_ = absl::StrCat(address.host, ":", port);
  return absl::OkStatus();
}

}  // namespace treatywire
