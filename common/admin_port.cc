#include "common/admin_port.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/server.h"
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
  ~GrpcAdminPort() override {
    if (server_ == nullptr) return;
    server_->Shutdown(absl::ToChronoTime(absl::Now()));
    server_->Wait();
  }

  absl::Status Listen(const std::string& listen) {
    TW_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(listen));
    grpc::ServerBuilder builder;
    builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxConcurrentStreams);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetResourceQuota(grpc::ResourceQuota("treatywire admin").Resize(kMaxBufferBytes));
    builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
    builder.SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
    builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 2);
    int port = 0;
    builder.AddListeningPort(listen, grpc::InsecureServerCredentials(), &port);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port <= 0) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", listen, " for operators"));
    }
    address_ = absl::StrCat(address.host, ":", port);
    return absl::OkStatus();
  }

  const std::string& address() const override { return address_; }

 private:
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
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
