// Who may call which methods: callers known by a token or by their certificate, with permissions each.
//
// The file has a line for each caller, and is read again when it changes:
//
//   # name    credential                                  permissions
//   reader    sha256:9f86d081884c7d659a2feaa0c55ad015…    read
//   feeder    certificate:feeder.example.org              read ingest
//   operator  sha256:…                                    read ingest retract operate
//
// A token travels as "authorization: Bearer TOKEN"; the file holds its SHA-256 alone
// (`printf %s "$TOKEN" | sha256sum`). Tokens must be random, 128 bits and more: their hash is not slow. A
// certificate is known by a DNS name or common name of its own; that it is genuine is for TLS to find out.
//
// What needs which permission: reads of the record "read"; IngestService and EventLogService "ingest";
// RetractArticle "retract"; BackupService, and whatever else there may be, "operate"; reflection any known
// caller; health nobody, so that probes need no secret.
#ifndef TREATYWIRE_COMMON_ACCESS_POLICY_H_
#define TREATYWIRE_COMMON_ACCESS_POLICY_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/monotonic_clock.h"

namespace grpc {
class AuthMetadataProcessor;
class ServerCredentials;
}  // namespace grpc

namespace treatywire {

// Every method may be called from any thread.
class AccessPolicy {
 public:
  struct Caller {
    std::string authorization;                   // the header as sent; empty: none
    std::vector<std::string> certificate_names;  // of a certificate that TLS has verified
  };

  static constexpr size_t kMaxCallers = 1024;
  static constexpr size_t kMaxFileBytes = 1 << 20;

  // Of such a text; messages call it `name`. INVALID_ARGUMENT "NAME:LINE: what is wrong".
  static absl::StatusOr<std::unique_ptr<const AccessPolicy>> Parse(absl::string_view name,
                                                                   absl::string_view text);

  virtual ~AccessPolicy() = default;

  // Whether `caller` may call `method` ("/treatywire.v1.PartyService/GetParty"). UNAUTHENTICATED where nobody
  // is known by what it shows, PERMISSION_DENIED where that one must not.
  virtual absl::Status Check(absl::string_view method, const Caller& caller) const = 0;
};

// Has each call checked against the policy of `file`, for ServerCredentials::SetAuthMetadataProcessor (TLS
// only). The file is looked at at most once a second; one that has become unreadable or wrong is logged, and
// the policy stays as it was. Returns the error of reading it now.
absl::StatusOr<std::shared_ptr<grpc::AuthMetadataProcessor>> AccessPolicyOfFile(
    const std::string& file, std::function<absl::Time()> now = &MonotonicNow);

// Has `credentials` check calls against the policy of `file`; nothing where `file` is empty. INVALID_ARGUMENT
// where `credentials` are null: over plaintext anybody could read the tokens.
absl::Status SetAccessPolicy(const std::string& file, grpc::ServerCredentials* credentials);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_ACCESS_POLICY_H_
