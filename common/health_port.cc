#include "common/health_port.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/server.h"
#include "common/status_macros.h"

namespace treatywire {
namespace {

// Plugins are the process': reflection and channelz would come to every server.
class WithoutPlugins final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    plugins->clear();
  }
};

class GrpcHealthPort final : public HealthPort {
 public:
  ~GrpcHealthPort() override {
    if (server_ == nullptr) return;
    health_.EndWatches();
    server_->Shutdown(absl::ToChronoTime(absl::Now()));
    server_->Wait();
  }

  absl::Status Listen(const std::string& listen) {
    TW_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(listen));
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxConcurrentStreams);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetResourceQuota(grpc::ResourceQuota("treatywire health").Resize(kMaxBufferBytes));
    builder.SetOption(std::make_unique<WithoutPlugins>());
    int port = 0;
    builder.AddListeningPort(listen, grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&health_);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port <= 0) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", listen, " for health"));
    }
    address_ = absl::StrCat(address.host, ":", port);
    return absl::OkStatus();
  }

  const std::string& address() const override { return address_; }
  HealthService& health() override { return health_; }

 private:
  HealthService health_;
  std::string address_;
  // Last: destroyed before the service that it calls.
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HealthPort>> HealthPort::Start(const std::string& listen) {
  auto port = std::make_unique<GrpcHealthPort>();
  TW_RETURN_IF_ERROR(port->Listen(listen));
  return port;
}

}  // namespace treatywire
