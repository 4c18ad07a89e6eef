#include "common/tls_file_copies.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/logging.h"
#include "common/small_file.h"
#include "common/status_macros.h"

namespace treatywire {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

constexpr std::chrono::seconds kRefreshInterval(1);

Bio BioOf(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

// No passphrase: OpenSSL would ask for one at the terminal.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) { return -1; }

absl::StatusOr<Certificate> ParseCertificate(const std::string& path, const std::string& text) {
  Certificate certificate(PEM_read_bio_X509(BioOf(text).get(), nullptr, &NoPassphrase, nullptr), &X509_free);
  if (certificate == nullptr)
    return absl::InvalidArgumentError(absl::StrCat(path, " holds no PEM certificate"));
  return certificate;
}

// The key and the certificates in one text, so that nobody gets one without the other.
absl::StatusOr<std::string> ReadIdentity(const TlsFiles& files) {
  TW_ASSIGN_OR_RETURN(const std::string certificates, ReadSmallFile(files.certificate));
  TW_ASSIGN_OR_RETURN(const Certificate certificate, ParseCertificate(files.certificate, certificates));
  TW_ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(files.key));
  const Key key(PEM_read_bio_PrivateKey(BioOf(text).get(), nullptr, &NoPassphrase, nullptr), &EVP_PKEY_free);
  if (key == nullptr) return absl::InvalidArgumentError(absl::StrCat(files.key, " holds no PEM private key"));
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return absl::InvalidArgumentError(absl::StrCat(files.key, " is not the key of ", files.certificate));
  }
  return absl::StrCat(text, "\n", certificates);
}

absl::StatusOr<std::string> ReadAuthorities(const TlsFiles& files) {
  TW_ASSIGN_OR_RETURN(std::string text, ReadSmallFile(files.authorities));
  TW_RETURN_IF_ERROR(ParseCertificate(files.authorities, text).status());
  return text;
}

// A file in memory. Whoever opens its path gets the text of the last Replace, whole. Never closed: gRPC keeps
// the path for as long as a channel or server lives.
class MemoryFile {
 public:
  absl::Status Replace(const std::string& text) {
    if (file_ >= 0 && text == text_) return absl::OkStatus();
    const int next = memfd_create("treatywire-tls", MFD_CLOEXEC);
    if (next < 0) return absl::ResourceExhaustedError("no memory for a copy of the TLS files");
    absl::Status filled = Fill(next, text);
    if (!filled.ok() || file_ < 0) {
      filled.ok() ? file_ = next : close(next);
    } else {
      dup3(next, file_, O_CLOEXEC);  // in one step
      close(next);
    }
    if (filled.ok()) text_ = text;
    return filled;
  }

  std::string path() const { return file_ < 0 ? "" : absl::StrCat("/proc/self/fd/", file_); }

 private:
  absl::Status Fill(int file, const std::string& text) {
    if (write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
      return absl::ResourceExhaustedError("no memory for a copy of the TLS files");
    }
    // gRPC reads a file once more where its time has changed meanwhile.
    const timespec time = {++version_, 0};
    const timespec times[2] = {time, time};
    futimens(file, times);
    return absl::OkStatus();
  }

  int file_ = -1;
  std::string text_;
  time_t version_ = 0;
};

class WatchedFiles {
 public:
  explicit WatchedFiles(TlsFiles files) : files_(std::move(files)) {}

  absl::Status Copy() {
    // Both are read before either is replaced: they are given out together.
    absl::StatusOr<std::string> identity = "";
    absl::StatusOr<std::string> authorities = "";
    const bool has_identity = !files_.certificate.empty() || !files_.key.empty();
    if (has_identity) identity = ReadIdentity(files_);
    TW_RETURN_IF_ERROR(identity.status());
    if (!files_.authorities.empty()) authorities = ReadAuthorities(files_);
    TW_RETURN_IF_ERROR(authorities.status());
    if (has_identity) TW_RETURN_IF_ERROR(identity_.Replace(*identity));
    return files_.authorities.empty() ? absl::OkStatus() : authorities_.Replace(*authorities);
  }

  void CopyAgain() {
    const absl::Status status = Copy();
    if (status == last_) return;
    last_ = status;
    if (status.ok()) {
      Log(Severity::kInfo, "TLS files are right again", {{"certificate", files_.certificate}});
    } else {
      Log(Severity::kError, "TLS files not read again", {{"error", status.message()}});
    }
  }

  TlsFileCopies paths() const { return {identity_.path(), authorities_.path()}; }

 private:
  const TlsFiles files_;
  MemoryFile identity_;
  MemoryFile authorities_;
  absl::Status last_;  // what CopyAgain told of
};

// All that are watched in this process, and the thread that does.
class Watcher {
 public:
  // Never destroyed: its thread ends at exit.
  static Watcher& Get() {
    static Watcher* const watcher = new Watcher;
    return *watcher;
  }

  absl::StatusOr<TlsFileCopies> Copy(const TlsFiles& files) {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<WatchedFiles>& watched = files_[{files.certificate, files.key, files.authorities}];
    if (watched == nullptr) watched = std::make_unique<WatchedFiles>(files);
    if (const absl::Status status = watched->Copy(); !status.ok()) {
      if (watched->paths().identity.empty() && watched->paths().authorities.empty()) watched.reset();
      if (watched == nullptr) files_.erase({files.certificate, files.key, files.authorities});
      return status;
    }
    if (!thread_.joinable()) Start();
    return watched->paths();
  }

 private:
  // The thread ends before the process: exit takes apart what it uses.
  void Start() {
    thread_ = std::thread([this] { Run(); });
    std::atexit([] { Get().Stop(); });
  }

  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    stop_.notify_one();
    thread_.join();
  }

  void Run() {
    std::unique_lock lock(mutex_);
    while (!stop_.wait_for(lock, kRefreshInterval, [this] { return stopping_; })) {
      for (const auto& [key, watched] : files_) watched->CopyAgain();
    }
  }

  std::mutex mutex_;
  std::condition_variable stop_;
  // Guarded by mutex_.
  std::map<std::tuple<std::string, std::string, std::string>, std::unique_ptr<WatchedFiles>> files_;
  std::thread thread_;
  bool stopping_ = false;
};

}  // namespace

absl::StatusOr<TlsFileCopies> CopyTlsFiles(const TlsFiles& files) { return Watcher::Get().Copy(files); }

}  // namespace treatywire
