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

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/monotonic_clock.h"

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

  // Of such a text; messages call it `name`. INVALID_ARGUMENT "NAME:LINE: what is wrong", or that it names
  // nobody.
  static absl::StatusOr<std::unique_ptr<const AccessPolicy>> Parse(absl::string_view name,
                                                                   absl::string_view text);

  // Of a file, which is looked at at most once a second: one that has changed counts from then on, for calls
  // that begin; one that has become unreadable or wrong is logged, and the policy stays as it was. Returns
  // the error of reading it now.
  static absl::StatusOr<std::shared_ptr<const AccessPolicy>> OfFile(
      const std::string& file, std::function<absl::Time()> now = &MonotonicNow);

  virtual ~AccessPolicy() = default;

  // Whether `caller` may call `method` ("/treatywire.v1.PartyService/GetParty"). UNAUTHENTICATED where nobody
  // is known by what it shows, PERMISSION_DENIED where that one must not; the ErrorInfo's metadata have the
  // method and, of the latter, the permission that it needs.
  virtual absl::Status Check(absl::string_view method, const Caller& caller) const = 0;

  // How often a policy has been read from its file, and how often its file was at fault.
  struct Reads {
    uint64_t read = 0;
    uint64_t failed = 0;
  };
  virtual Reads reads() const { return {}; }
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_ACCESS_POLICY_H_
