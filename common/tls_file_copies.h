// Copies of TLS files that gRPC may read again at any time. gRPC 1.51 looks at files once a second and ends
// the process where a certificate is empty, as it is for a moment while somebody writes it in place, and
// refuses every connection as long as one is wrong. So it looks at copies, which change when the files are
// whole and fit together again.
#ifndef TREATYWIRE_COMMON_TLS_FILE_COPIES_H_
#define TREATYWIRE_COMMON_TLS_FILE_COPIES_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/tls.h"

namespace treatywire {

// Paths of files in memory, good for as long as the process lives.
struct TlsFileCopies {
  std::string identity;     // the private key, then the certificates; empty where there is none
  std::string authorities;  // empty where there are none
};

// Checks the files and copies them; from then on a thread looks at them once a second and copies them anew
// where they have changed and are right. What is wrong with them is logged ("TLS files not read again"), once
// for each state that they are in. Callers with the same files share their copies. From any thread. Errors as
// TlsServerCredentials, of files as they are now; RESOURCE_EXHAUSTED where there is no memory.
absl::StatusOr<TlsFileCopies> CopyTlsFiles(const TlsFiles& files);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_TLS_FILE_COPIES_H_
