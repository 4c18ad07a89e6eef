// Authorities and certificates, made on the spot.
#ifndef TREATYWIRE_TESTS_COMMON_TEST_CERTIFICATES_H_
#define TREATYWIRE_TESTS_COMMON_TEST_CERTIFICATES_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace treatywire {

// PEM texts.
struct CertificateAndKey {
  std::string certificate;
  std::string key;
};

class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name);

  // Its own certificate, for those who shall believe it.
  const std::string& certificate() const { return certificate_; }

  // A certificate for "localhost" and 127.0.0.1, of the subject `common_name`. It holds from two hours ago
  // until so many seconds from now: -1 for one that has expired.
  CertificateAndKey Issue(const std::string& common_name, long seconds_from_now = 3600) const;

 private:
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> self_;
  std::string certificate_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_COMMON_TEST_CERTIFICATES_H_
