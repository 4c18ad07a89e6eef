#include "common/access_policy.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <array>
#include <mutex>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/logging.h"
#include "common/small_file.h"
#include "common/status.h"
#include "common/status_macros.h"

namespace treatywire {
namespace {

using Permissions = std::set<std::string>;

constexpr absl::string_view kRead = "read";
constexpr absl::string_view kIngest = "ingest";
constexpr absl::string_view kRetract = "retract";
constexpr absl::string_view kOperate = "operate";

// What needs no permission, and what any known caller may do.
constexpr absl::string_view kNobody = "";
constexpr absl::string_view kKnown = "known";

absl::string_view PermissionFor(absl::string_view method) {
  if (absl::StartsWith(method, "/grpc.health.v1.Health/")) return kNobody;
  if (absl::StartsWith(method, "/grpc.reflection.")) return kKnown;
  if (absl::StartsWith(method, "/treatywire.v1.IngestService/") ||
      absl::StartsWith(method, "/treatywire.v1.EventLogService/")) {
    return kIngest;
  }
  if (method == "/treatywire.v1.ArticleService/RetractArticle") return kRetract;
  for (const absl::string_view service : {"Agreement", "Party", "Timeline", "Article"}) {
    if (absl::StartsWith(method, absl::StrCat("/treatywire.v1.", service, "Service/"))) return kRead;
  }
  return kOperate;
}

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest Sha256(absl::string_view text) {
  Digest digest = {};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

bool ParseDigest(absl::string_view hexadecimal, Digest* digest) {
  if (hexadecimal.size() != 2 * digest->size()) return false;
  for (const char c : hexadecimal) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
  }
  const std::string bytes = absl::HexStringToBytes(hexadecimal);
  std::copy(bytes.begin(), bytes.end(), digest->begin());
  return true;
}

struct KnownCaller {
  std::string name;
  Digest token = {};
  std::string certificate;  // where empty, by token
  Permissions permissions;
};

class ListedAccessPolicy final : public AccessPolicy {
 public:
  explicit ListedAccessPolicy(std::vector<KnownCaller> callers) : callers_(std::move(callers)) {}

  absl::Status Check(absl::string_view method, const Caller& caller) const override {
    const absl::string_view permission = PermissionFor(method);
    if (permission == kNobody) return absl::OkStatus();
    const KnownCaller* known = Find(caller);
    if (known == nullptr) {
      return WithErrorMetadata(
          WithErrorInfo(absl::UnauthenticatedError("nobody is known by that token or certificate"),
                        treatywire::v1::ERROR_REASON_CALLER_UNKNOWN),
          "method", method);
    }
    if (permission == kKnown || known->permissions.count(std::string(permission)) != 0)
      return absl::OkStatus();
    absl::Status refusal = WithErrorInfo(
        absl::PermissionDeniedError(absl::StrCat(known->name, " has no permission \"", permission, "\"")),
        treatywire::v1::ERROR_REASON_PERMISSION_MISSING);
    return WithErrorMetadata(WithErrorMetadata(std::move(refusal), "method", method), "permission",
                             permission);
  }

 private:
  // A token counts before a certificate: who sends one means it.
  const KnownCaller* Find(const Caller& caller) const {
    absl::string_view token = caller.authorization;
    if (!token.empty()) {
      return absl::ConsumePrefix(&token, "Bearer ") ? FindToken(Sha256(token)) : nullptr;
    }
    for (const KnownCaller& known : callers_) {
      for (const std::string& name : caller.certificate_names) {
        if (!known.certificate.empty() && known.certificate == name) return &known;
      }
    }
    return nullptr;
  }

  // All are compared, each in constant time: how long it takes tells nothing.
  const KnownCaller* FindToken(const Digest& token) const {
    const KnownCaller* found = nullptr;
    for (const KnownCaller& known : callers_) {
      const bool same = CRYPTO_memcmp(known.token.data(), token.data(), token.size()) == 0;
      if (known.certificate.empty() && same) found = &known;
    }
    return found;
  }

  const std::vector<KnownCaller> callers_;
};

absl::StatusOr<KnownCaller> ParseLine(absl::string_view line) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
  if (words.size() < 3) return absl::InvalidArgumentError("is no line \"name credential permissions\"");
  KnownCaller caller;
  caller.name = std::string(words[0]);
  absl::string_view credential = words[1];
  if (absl::ConsumePrefix(&credential, "sha256:")) {
    if (!ParseDigest(credential, &caller.token)) {
      return absl::InvalidArgumentError("sha256: is not followed by 64 hexadecimal digits");
    }
  } else if (absl::ConsumePrefix(&credential, "certificate:") && !credential.empty()) {
    caller.certificate = std::string(credential);
  } else {
    return absl::InvalidArgumentError("the credential is neither sha256:DIGEST nor certificate:NAME");
  }
  for (size_t i = 2; i < words.size(); ++i) {
    if (words[i] != kRead && words[i] != kIngest && words[i] != kRetract && words[i] != kOperate) {
      return absl::InvalidArgumentError(absl::StrCat("there is no permission \"", words[i], "\""));
    }
    caller.permissions.insert(std::string(words[i]));
  }
  return caller;
}

// The policy of a file, read again when its text changes. A look-up and, once a second, the reading of a
// small file: no thread is needed for that.
class FileAccessPolicy final : public AccessPolicy {
 public:
  FileAccessPolicy(std::string file, std::function<absl::Time()> now)
      : file_(std::move(file)), now_(std::move(now)) {}

  absl::Status Load() {
    const std::lock_guard lock(mutex_);
    return LoadLocked();
  }

  absl::Status Check(absl::string_view method, const Caller& caller) const override {
    return Current()->Check(method, caller);
  }

  Reads reads() const override {
    const std::lock_guard lock(mutex_);
    return reads_;
  }

 private:
  std::shared_ptr<const AccessPolicy> Current() const {
    const std::lock_guard lock(mutex_);
    if (now_() >= look_again_) {
      if (const absl::Status status = LoadLocked(); !status.ok()) {
        ++reads_.failed;
        Log(Severity::kError, "access policy not read again", {{"error", status.message()}});
      }
    }
    return policy_;
  }

  // Requires mutex_.
  absl::Status LoadLocked() const {
    look_again_ = now_() + absl::Seconds(1);
    TW_ASSIGN_OR_RETURN(std::string text, ReadSmallFile(file_, AccessPolicy::kMaxFileBytes));
    if (policy_ != nullptr && text == text_) return absl::OkStatus();
    TW_ASSIGN_OR_RETURN(policy_, AccessPolicy::Parse(file_, text));
    text_ = std::move(text);
    ++reads_.read;
    Log(Severity::kInfo, "access policy read", {{"file", file_}});
    return absl::OkStatus();
  }

  const std::string file_;
  const std::function<absl::Time()> now_;
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  mutable std::string text_;
  mutable std::shared_ptr<const AccessPolicy> policy_;
  mutable absl::Time look_again_;
  mutable Reads reads_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<const AccessPolicy>> AccessPolicy::Parse(absl::string_view name,
                                                                        absl::string_view text) {
  std::vector<KnownCaller> callers;
  std::set<std::string> names;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    absl::StatusOr<KnownCaller> caller = ParseLine(line);
    absl::Status fault = caller.status();
    if (fault.ok() && !names.insert(caller->name).second)
      fault = absl::InvalidArgumentError("that name is taken");
    if (fault.ok() && callers.size() >= kMaxCallers) {
      fault = absl::InvalidArgumentError(absl::StrCat("more than ", kMaxCallers, " callers"));
    }
    if (!fault.ok())
      return absl::InvalidArgumentError(absl::StrCat(name, ":", number, ": ", fault.message()));
    callers.push_back(*std::move(caller));
  }
  // What a file is while it is being written must not lock everybody out.
  if (callers.empty()) return absl::InvalidArgumentError(absl::StrCat(name, " names no caller"));
  return std::make_unique<ListedAccessPolicy>(std::move(callers));
}

absl::StatusOr<std::shared_ptr<const AccessPolicy>> AccessPolicy::OfFile(const std::string& file,
                                                                         std::function<absl::Time()> now) {
  auto policy = std::make_shared<FileAccessPolicy>(file, std::move(now));
  TW_RETURN_IF_ERROR(policy->Load());
  return policy;
}

}  // namespace treatywire
