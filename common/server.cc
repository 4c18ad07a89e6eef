#include "common/server.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <grpcpp/ext/channelz_service_plugin.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/security/auth_metadata_processor.h>
#include <grpcpp/support/server_interceptor.h>

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/admin_port.h"
#include "common/call_admission.h"
#include "common/clogged_connections.h"
#include "common/connection_acceptor.h"
#include "common/grpc_deadline.h"
#include "common/health_port.h"
#include "common/health_service.h"
#include "common/logging.h"
#include "common/reflection_service.h"
#include "common/request_log.h"
#include "common/status_macros.h"
#include "common/unknown_methods.h"

namespace treatywire {
namespace {

// gRPC's own messages as records of our log, so that every line of standard error is JSON.
void LogForGrpc(gpr_log_func_args* args) {
  const Severity severity = args->severity == GPR_LOG_SEVERITY_ERROR  ? Severity::kError
                            : args->severity == GPR_LOG_SEVERITY_INFO ? Severity::kInfo
                                                                      : Severity::kDebug;
  Log(severity, "from gRPC", {{"file", args->file}, {"line", args->line}, {"text", args->message}});
}

// protobuf's too: it speaks of each string that is not UTF-8, by field and without its text. The peer is told
// so in its answer.
void LogForProtobuf(google::protobuf::LogLevel level, const char* file, int line,
                    const std::string& message) {
  const Severity severity = level >= google::protobuf::LOGLEVEL_FATAL ? Severity::kError : Severity::kDebug;
  Log(severity, "from protobuf", {{"file", file}, {"line", line}, {"text", message}});
}

// All are registries of the process, filled once and before the first ServerBuilder.
void PrepareProcess() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Abseil's mutexes, of which gRPC takes many for a call, look for deadlocks at every lock where Abseil
    // was built without NDEBUG, as Debian's is.
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
    gpr_set_log_function(LogForGrpc);
    google::protobuf::SetLogHandler(LogForProtobuf);
    grpc::EnableDefaultHealthCheckService(false);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    grpc::channelz::experimental::InitChannelzService();
  });
}

absl::Status ValidateOptions(const ServerOptions& options) {
  TW_RETURN_IF_ERROR(ParseListenAddress(options.listen).status());
  if (!options.admin_listen.empty()) TW_RETURN_IF_ERROR(ParseListenAddress(options.admin_listen).status());
  if (!options.health_listen.empty()) TW_RETURN_IF_ERROR(ParseListenAddress(options.health_listen).status());
  if (options.max_receive_message_bytes <= 0 || options.max_send_message_bytes <= 0 ||
      options.max_concurrent_streams <= 0 || options.max_buffer_bytes == 0) {
    return absl::InvalidArgumentError("the server's message, stream and buffer limits must be above 0");
  }
  if (options.keepalive_time <= absl::ZeroDuration() || options.handshake_timeout <= absl::ZeroDuration() ||
      options.keepalive_timeout <= absl::ZeroDuration() ||
      options.max_connection_age <= absl::ZeroDuration() || options.drain_delay < absl::ZeroDuration() ||
      options.drain_grace < absl::ZeroDuration()) {
    return absl::InvalidArgumentError("the server's durations must not be negative, keepalive and age not 0");
  }
  if (options.access != nullptr && options.credentials == nullptr) {
    return absl::InvalidArgumentError("an access file needs TLS");
  }
  for (const ServerOptions::Service& service : options.services) {
    if (service.service == nullptr || service.name.empty()) {
      return absl::InvalidArgumentError("a service has no name or no implementation");
    }
  }
  return absl::OkStatus();
}

// gRPC's arguments count milliseconds in an int.
int Milliseconds(absl::Duration duration) {
  return static_cast<int>(std::min<int64_t>(absl::ToInt64Milliseconds(duration), INT_MAX));
}

void Configure(const ServerOptions& options, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(options.max_receive_message_bytes);
  builder.SetMaxSendMessageSize(options.max_send_message_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_concurrent_streams);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(options.keepalive_time));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(options.keepalive_timeout));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(options.max_connection_age));
  // One that says nothing is not waited for: gRPC's own patience is two minutes.
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, Milliseconds(options.handshake_timeout));
  // As often as gRPC's own keepalive allows, also between calls.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             Milliseconds(kLeastPingInterval));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  grpc::ResourceQuota quota("treatywire");
  builder.SetResourceQuota(quota.Resize(options.max_buffer_bytes));
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, static_cast<int>(4 * kMaxHeaderListBytes));
  // Only v1alpha reflection is a synchronous service: one poller does.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 2);
}

// Before the server is built: from then on calls may come.
// `clogged` may be null.
void TellObservers(const ServerOptions& options, std::shared_ptr<RequestObserver> clogged,
                   grpc::ServerBuilder& builder) {
  auto observers = std::make_shared<RequestObservers>(options.observers);
  if (clogged != nullptr) observers->push_back(std::move(clogged));
  observers->push_back(std::make_shared<RequestLog>());
  std::vector<std::string> told_by_admission;
  for (const ServerOptions::Service& service : options.services) {
    if (service.admission == nullptr) continue;
    service.admission->Observe(observers);
    told_by_admission.push_back(service.name);
  }
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(ObserveRequests(std::move(observers), std::move(told_by_admission)));
  builder.experimental().SetInterceptorCreators(std::move(interceptors));
}

std::vector<std::string> ServiceNames(const ServerOptions& options) {
  std::vector<std::string> names;
  for (const ServerOptions::Service& service : options.services) names.push_back(service.name);
  for (const char* name : {grpc::health::v1::Health::service_full_name(),
                           grpc::reflection::v1::ServerReflection::service_full_name(),
                           "grpc.reflection.v1alpha.ServerReflection"}) {
    names.emplace_back(name);
  }
  return names;
}

class GrpcServerLifecycle final : public ServerLifecycle {
 public:
  explicit GrpcServerLifecycle(const ServerOptions& options)
      : options_(options),
        clogged_(options.close_clogged_connections ? std::make_shared<CloggedConnections>() : nullptr),
        reflection_(ServiceNames(options), options.access),
        unknown_methods_(options.access) {}

  ~GrpcServerLifecycle() override { Shutdown(); }

  absl::Status Listen() {
    PrepareProcess();
    grpc::ServerBuilder builder;
    Configure(options_, builder);
    TellObservers(options_, clogged_, builder);
    if (options_.access != nullptr) {
      options_.credentials->SetAuthMetadataProcessor(RefuseWhatIsNotAdmitted(options_.access));
    }
    TW_ASSIGN_OR_RETURN(
        acceptor_, ConnectionAcceptor::Listen(
                       {.listen = options_.listen,
                        .credentials = options_.credentials != nullptr ? options_.credentials
                                                                       : grpc::InsecureServerCredentials(),
                        .unacknowledged_timeout = options_.keepalive_timeout,
                        .clogged = clogged_},
                       &builder));
    builder.RegisterService(&health_);
    builder.RegisterService(&reflection_);
    builder.RegisterCallbackGenericService(&unknown_methods_);
    for (const ServerOptions::Service& service : options_.services) builder.RegisterService(service.service);
    LeaveOutChannelz(builder);
    if (!options_.admin_listen.empty()) {
      TW_ASSIGN_OR_RETURN(admin_port_, AdminPort::Start(options_.admin_listen));
    }
    if (!options_.health_listen.empty()) {
      TW_ASSIGN_OR_RETURN(health_port_, HealthPort::Start(options_.health_listen));
    }
    SetServing(grpc::health::v1::Health::service_full_name(), true);
    SetServing(options_.serving_at_start);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr) {
      return absl::UnavailableError(absl::StrCat("cannot serve on ", options_.listen));
    }
    acceptor_->Start();
    TW_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(options_.listen));
    address_ = absl::StrCat(address.host, ":", acceptor_->port());
    return absl::OkStatus();
  }

  const std::string& address() const override { return address_; }

  std::string health_address() const override {
    return health_port_ != nullptr ? health_port_->address() : "";
  }

  std::string admin_address() const override { return admin_port_ != nullptr ? admin_port_->address() : ""; }

  uint64_t closed_connections() const override { return clogged_ != nullptr ? clogged_->closed() : 0; }

  void SetServing(bool serving) override {
    SetServing("", serving);
    for (const ServerOptions::Service& service : options_.services) SetServing(service.name, serving);
  }

  void SetServing(absl::string_view service, bool serving) override {
    health_.SetServing(service, serving);
    if (health_port_ != nullptr) health_port_->health().SetServing(service, serving);
  }

  std::shared_ptr<grpc::Channel> InProcessChannel(const grpc::ChannelArguments& arguments) override {
    return server_->InProcessChannel(arguments);
  }

  void Shutdown() override {
    std::call_once(shutdown_, [this] { Drain(); });
  }

 private:
  void Drain() {
    health_.StopServing();
    if (health_port_ != nullptr) health_port_->health().StopServing();
    if (server_ == nullptr) return;
    absl::SleepFor(options_.drain_delay);
    if (options_.begin_drain) options_.begin_drain();
    health_.EndWatches();
    reflection_.EndStreams();
    acceptor_->Stop();
    server_->Shutdown(GrpcDeadlineIn(options_.drain_grace));
    server_->Wait();
    // Until here it said NOT_SERVING: a probe that got no answer would have the process killed as it drains.
  }

  const ServerOptions options_;
  const std::shared_ptr<CloggedConnections> clogged_;  // among the observers too; may be null
  HealthService health_;
  std::unique_ptr<HealthPort> health_port_;  // null where there is none
  std::unique_ptr<AdminPort> admin_port_;    // the same
  ReflectionService reflection_;
  UnknownMethods unknown_methods_;
  std::string address_;
  std::once_flag shutdown_;
  // Destroyed before the services that it calls.
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<ConnectionAcceptor> acceptor_;  // last: hands connections to server_
};

}  // namespace

absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view listen) {
  const size_t colon = listen.rfind(':');
  const bool has_port = colon != absl::string_view::npos && colon > 0;
  const absl::string_view host = has_port ? listen.substr(0, colon) : "";
  const absl::string_view digits = has_port ? listen.substr(colon + 1) : "";
  const bool all_digits =
      !digits.empty() && digits.find_first_not_of("0123456789") == absl::string_view::npos;
  int port = 0;
  if (!all_digits || !absl::SimpleAtoi(digits, &port) || port > 65535) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", listen, "\" is no HOST:PORT with a port from 0 to 65535"));
  }
  const bool bracketed = host.front() == '[' && host.back() == ']';
  if (!bracketed && host.find(':') != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("\"", listen, "\": IPv6 is written [::1]:PORT"));
  }
  return ListenAddress{std::string(host), port};
}

absl::StatusOr<std::unique_ptr<ServerLifecycle>> ServerLifecycle::Start(const ServerOptions& options) {
  TW_RETURN_IF_ERROR(ValidateOptions(options));
  auto server = std::make_unique<GrpcServerLifecycle>(options);
  TW_RETURN_IF_ERROR(server->Listen());
  return server;
}

absl::Status AnnounceAddress(const ServerLifecycle& server) {
  const std::string line = absl::StrCat("listening on ", server.address(), "\n");
  if (std::fputs(line.c_str(), stdout) == EOF || std::fflush(stdout) == EOF) {
    return absl::UnavailableError("cannot write to standard output");
  }
  return absl::OkStatus();
}

absl::Status ServeUntil(ShutdownSignal& signal, ServerLifecycle& server) {
  TW_RETURN_IF_ERROR(AnnounceAddress(server));
  Log(Severity::kInfo, "listening",
      {{"address", server.address()}, {"health_address", server.health_address()}});
  const int signal_number = signal.Wait();
  Log(Severity::kInfo, "draining", {{"signal", signal_number}});
  server.Shutdown();
  Log(Severity::kInfo, "stopped");
  return absl::OkStatus();
}

absl::Status RunServer(const ServerOptions& options, ShutdownSignal& signal) {
  TW_ASSIGN_OR_RETURN(const std::unique_ptr<ServerLifecycle> server, ServerLifecycle::Start(options));
  return ServeUntil(signal, *server);
}

}  // namespace treatywire
