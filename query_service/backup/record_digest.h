// The SHA-256 of a backup's records (BackupTrailer.sha256), as they come.
#ifndef TREATYWIRE_QUERY_SERVICE_BACKUP_RECORD_DIGEST_H_
#define TREATYWIRE_QUERY_SERVICE_BACKUP_RECORD_DIGEST_H_

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace treatywire::query {

// Not thread-safe.
class RecordDigest {
 public:
  RecordDigest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }

  // The length goes in too, so that no byte can move from one record to the next unseen.
  void Add(absl::string_view record) {
    std::array<unsigned char, 8> length = {};
    for (size_t i = 0; i < length.size(); ++i) length[i] = (uint64_t{record.size()} >> (8 * i)) & 0xFF;
    EVP_DigestUpdate(context_.get(), length.data(), length.size());
    EVP_DigestUpdate(context_.get(), record.data(), record.size());
  }

  // In hexadecimal digits. To be called once, at the end.
  std::string Finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest.data()), size));
  }

 private:
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_BACKUP_RECORD_DIGEST_H_
