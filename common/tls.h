// TLS from files, which are read again while the process runs: a renewed certificate needs no restart.
//
//   TW_ASSIGN_OR_RETURN(options.credentials, TlsServerCredentials({.certificate = "tls.crt", .key =
//   "tls.key"}));
//
// All files are PEM. They are looked at once a second; a new certificate and its key may be put in place one
// after the other, and be written as slowly as one likes: files that are wrong or do not match are passed
// over and the old ones stay in use (tls_file_copies.h).
#ifndef TREATYWIRE_COMMON_TLS_H_
#define TREATYWIRE_COMMON_TLS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace grpc {
class ChannelCredentials;
class ServerCredentials;
}  // namespace grpc

namespace treatywire {

struct TlsFiles {
  std::string certificate = {};  // the own certificate, then those that lead to its authority
  std::string key = {};          // its private key
  std::string authorities = {};  // whose certificates of the other side are believed
};

// `certificate` and `key` are required. With `authorities` a client must show a certificate of theirs (mTLS).
// Returns INVALID_ARGUMENT or NOT_FOUND where a file cannot be read, holds none, or the pair does not match.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> TlsServerCredentials(const TlsFiles& files);

// What to listen with at `listen` (HOST:PORT): TlsServerCredentials where `files` names any, else null, for
// plaintext. Plaintext to others than this machine must be wanted: INVALID_ARGUMENT where the host is none of
// its own loopback addresses and `insecure` is not set, or where it is set and there are files.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsToListen(const std::string& listen,
                                                                             const TlsFiles& files,
                                                                             bool insecure);

// `authorities` is required; the server's certificate must be for the name that is called. `certificate` and
// `key` are shown to a server that asks; both or neither. Errors as above.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsChannelCredentials(const TlsFiles& files);

// `channel` with "authorization: Bearer TOKEN" on each call, where TOKEN is the first line of `token_file`,
// read again for each call: meant for few and long ones. NOT_FOUND or INVALID_ARGUMENT where there is none
// now.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> WithToken(
    const std::shared_ptr<grpc::ChannelCredentials>& channel, const std::string& token_file);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_TLS_H_
