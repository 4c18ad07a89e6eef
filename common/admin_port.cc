#include "common/admin_port.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "common/side_port.h"
#include "common/status_macros.h"

namespace treatywire {
namespace {

constexpr int kMaxRequestBytes = 64 << 10;
constexpr int kMaxConcurrentStreams = 16;
constexpr size_t kMaxBufferBytes = size_t{64} << 20;

class WithoutChannelz final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    std::erase_if(*plugins, [](const std::unique_ptr<grpc::ServerBuilderPlugin>& plugin) {
      return absl::StrContains(plugin->name(), "channelz");
    });
  }
};

class GrpcAdminPort final : public AdminPort {
 public:
  absl::Status Listen(const std::string& listen) {
    grpc::ServerBuilder builder;
    builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
    builder.SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
    builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 2);
    return port_.Start({.listen = listen,
                        .purpose = "operators",
                        .max_request_bytes = kMaxRequestBytes,
                        .max_concurrent_streams = kMaxConcurrentStreams,
                        .max_buffer_bytes = kMaxBufferBytes},
                       &builder);
  }

  const std::string& address() const override { return port_.address(); }

 private:
  SidePort port_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<AdminPort>> AdminPort::Start(const std::string& listen) {
  auto port = std::make_unique<GrpcAdminPort>();
  TW_RETURN_IF_ERROR(port->Listen(listen));
  return port;
}

void LeaveOutChannelz(grpc::ServerBuilder& builder) {
  builder.SetOption(std::make_unique<WithoutChannelz>());
}

}  // namespace treatywire
