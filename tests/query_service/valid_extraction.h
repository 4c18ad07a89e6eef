// An extraction that the event log takes, for tests to spoil.
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_VALID_EXTRACTION_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_VALID_EXTRACTION_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tests/query_service/proto_matchers.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

inline treatywire::v1::ExtractedArticle ValidExtraction(absl::string_view article_id = "a1") {
  auto extraction = ParseText<treatywire::v1::ExtractedArticle>(R"pb(
    article {
      uri: "https://example.org/1"
      publisher: "The Example"
      title: "A pact signed"
      mime_type: "text/plain"
      publish_time { seconds: 1000000000 }
      language: "en"
      content_digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    }
    events {
      event_id: "e1"
      type: EVENT_TYPE_SIGNED
      modality: MODALITY_ASSERTED
      agreement {
        local_id: "a1"
        title: "Fisheries Pact"
        parties { party_id: "FR" }
        parties { party_id: "SUHH" }
        kind: AGREEMENT_KIND_TREATY
        signed_date { edtf: "1989-11" earliest: "1989-11-01" latest: "1989-11-30" basis: DATE_BASIS_EXPLICIT }
      }
      actors { party_id: "FR" surface: "Paris" }
      date { edtf: "1989-11" earliest: "1989-11-01" latest: "1989-11-30" basis: DATE_BASIS_EXPLICIT }
      evidence { text: "Paris signed the pact in November 1989." begin_byte: 10 end_byte: 49 cue: "signed" }
      confidence: 0.9
    }
    extractor_version: "0.1.0+00000000"
  )pb");
  extraction.mutable_article()->set_article_id(std::string(article_id));
  return extraction;
}

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_VALID_EXTRACTION_H_
