#include "common/tls.h"

#include <arpa/inet.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/grpc_status.h"
#include "common/server.h"
#include "common/small_file.h"
#include "common/status_macros.h"
#include "common/tls_file_copies.h"

namespace treatywire {
namespace {

using grpc::experimental::FileWatcherCertificateProvider;

constexpr unsigned int kRefreshSeconds = 1;

// Names are not resolved: what "localhost" is, all agree on.
bool IsLoopback(const std::string& host) {
  in_addr address = {};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) return (ntohl(address.s_addr) >> 24) == 127;
  return host == "localhost" || host == "[::1]";
}

absl::StatusOr<std::string> ReadToken(const std::string& file) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(file));
  const absl::string_view token =
      absl::StripAsciiWhitespace(absl::string_view(text).substr(0, text.find('\n')));
  for (const char c : token) {
    if (!absl::ascii_isgraph(static_cast<unsigned char>(c))) {
      return absl::InvalidArgumentError(
          absl::StrCat(file, ": the token holds a character that no header may have"));
    }
  }
  if (token.empty()) return absl::InvalidArgumentError(absl::StrCat(file, " holds no token"));
  return std::string(token);
}

class TokenOfFile final : public grpc::MetadataCredentialsPlugin {
 public:
  explicit TokenOfFile(std::string file) : file_(std::move(file)) {}
  grpc::Status GetMetadata(grpc::string_ref /*service_url*/, grpc::string_ref /*method_name*/,
                           const grpc::AuthContext& /*channel_auth_context*/,
                           std::multimap<grpc::string, grpc::string>* metadata) override {
    const absl::StatusOr<std::string> token = ReadToken(file_);
    if (!token.ok()) return ToGrpcStatus(token.status());
    metadata->emplace("authorization", absl::StrCat("Bearer ", *token));
    return grpc::Status::OK;
  }

 private:
  const std::string file_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> WithToken(
    const std::shared_ptr<grpc::ChannelCredentials>& channel, const std::string& token_file) {
  TW_RETURN_IF_ERROR(ReadToken(token_file).status());
  return grpc::CompositeChannelCredentials(
      channel, grpc::MetadataCredentialsFromPlugin(std::make_unique<TokenOfFile>(token_file)));
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> TlsServerCredentials(const TlsFiles& files) {
  if (files.certificate.empty() || files.key.empty()) {
    return absl::InvalidArgumentError("TLS needs a certificate and its key");
  }
  TW_ASSIGN_OR_RETURN(const TlsFileCopies copies, CopyTlsFiles(files));
  grpc::experimental::TlsServerCredentialsOptions options(std::make_shared<FileWatcherCertificateProvider>(
      copies.identity, copies.identity, copies.authorities, kRefreshSeconds));
  options.watch_identity_key_cert_pairs();
  if (!files.authorities.empty()) {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(options);
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsToListen(const std::string& listen,
                                                                             const TlsFiles& files,
                                                                             bool insecure) {
  if (!files.certificate.empty() || !files.key.empty() || !files.authorities.empty()) {
    if (insecure) return absl::InvalidArgumentError("insecure, but there are TLS files");
    return TlsServerCredentials(files);
  }
  TW_ASSIGN_OR_RETURN(const ListenAddress address, ParseListenAddress(listen));
  if (!insecure && !IsLoopback(address.host)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "plaintext at ", listen, " would be open to others: give a TLS certificate, or say --insecure"));
  }
  return nullptr;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsChannelCredentials(const TlsFiles& files) {
  if (files.authorities.empty()) return absl::InvalidArgumentError("TLS needs authorities to believe");
  TW_ASSIGN_OR_RETURN(const TlsFileCopies copies, CopyTlsFiles(files));
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(std::make_shared<FileWatcherCertificateProvider>(
      copies.identity, copies.identity, copies.authorities, kRefreshSeconds));
  options.watch_root_certs();
  if (!copies.identity.empty()) options.watch_identity_key_cert_pairs();
  return grpc::experimental::TlsCredentials(options);
}

}  // namespace treatywire
