#include "common/health_port.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>

#include <utility>
#include <vector>

#include "common/side_port.h"
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
  ~GrpcHealthPort() override { health_.EndWatches(); }

  absl::Status Listen(const std::string& listen) {
    grpc::ServerBuilder builder;
    builder.SetOption(std::make_unique<WithoutPlugins>());
    builder.RegisterService(&health_);
    return port_.Start({.listen = listen,
                        .purpose = "health",
                        .max_request_bytes = kMaxRequestBytes,
                        .max_concurrent_streams = kMaxConcurrentStreams,
                        .max_buffer_bytes = kMaxBufferBytes},
                       &builder);
  }

  const std::string& address() const override { return port_.address(); }
  HealthService& health() override { return health_; }

 private:
  HealthService health_;
  SidePort port_;  // last: destroyed before the service that it calls
};

}  // namespace

absl::StatusOr<std::unique_ptr<HealthPort>> HealthPort::Start(const std::string& listen) {
  auto port = std::make_unique<GrpcHealthPort>();
  TW_RETURN_IF_ERROR(port->Listen(listen));
  return port;
}

}  // namespace treatywire
