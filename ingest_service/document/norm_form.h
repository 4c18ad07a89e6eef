// The form in which words are looked up.
//
//   NormForm("Côte d’Ivoire") == "cote d'ivoire"; NormForm("Łódź") == "lodz"; NormForm("Franco‑") ==
//   "franco-"
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_NORM_FORM_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_NORM_FORM_H_

#include <string>

#include "absl/strings/string_view.h"

namespace treatywire::ingest {

// Appends to `out` the norm of `text` (valid UTF-8): lower case, compatibility forms and accents resolved,
// every hyphen or dash "-", every single quote "'", every double quote '"', soft hyphens and other invisible
// characters gone. Letters that Unicode does not decompose become what English text writes for them (ł l, đ
// d, ø o, ß ss, æ ae, œ oe, ı i, þ th, ð d). White space and dots are left as they are.
void AppendNormForm(absl::string_view text, std::string& out);

std::string NormForm(absl::string_view text);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_NORM_FORM_H_
