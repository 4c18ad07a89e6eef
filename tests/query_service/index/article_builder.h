// Extractions in the shape that the extractor gives them, for tests of what the record makes of them.
//
//   ExtractedArticle article = ArticleBuilder("a1", "The Courier", "2025-12-06")
//                                  .Agreement("g1", {"FR", "RU"}, {.title = "Defence Pact"})
//                                  .Event("g1", EVENT_TYPE_SIGNED, {.date = "1994-02-04", .sentence = "..."})
//                                  .Build();
#ifndef TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_ARTICLE_BUILDER_H_
#define TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_ARTICLE_BUILDER_H_

#include <map>
#include <string>
#include <vector>

#include "treatywire/v1/event.pb.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::query {

// Of "1994", "1994-02", "1994-02-04" or "A/B" of those ("..": open), each with "~" if approximate.
treatywire::v1::UncertainDate MakeDate(const std::string& edtf,
                                       treatywire::v1::DateBasis basis = treatywire::v1::DATE_BASIS_EXPLICIT);

struct MentionFields {
  std::string title = {};
  std::vector<std::string> aliases = {};
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_AGREEMENT;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  bool multilateral = false;
  std::string signed_date = {};
  std::string signed_place = {};
  std::string known_agreement = {};
};

struct EventFields {
  std::string date = {};
  treatywire::v1::DateBasis basis = treatywire::v1::DATE_BASIS_EXPLICIT;
  std::vector<std::string> actors = {};
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_ASSERTED;
  std::string place = {};
  std::string instrument = {};
  std::string speaker = {};
  std::string sentence = {};  // where it is empty, one is made up that no other article has
};

class ArticleBuilder {
 public:
  // `published`: "YYYY-MM-DD", at noon UTC; empty: unknown.
  ArticleBuilder(const std::string& article_id, const std::string& publisher, const std::string& published);

  // What the following events mean by `local_id`.
  ArticleBuilder& Agreement(const std::string& local_id, const std::vector<std::string>& parties,
                            const MentionFields& fields = {});
  // Of an agreement that was declared.
  ArticleBuilder& Event(const std::string& local_id, treatywire::v1::EventType type,
                        const EventFields& fields = {});

  // With the digest and the event ids that the content gives.
  treatywire::v1::ExtractedArticle Build() const;

 private:
  treatywire::v1::ExtractedArticle article_;
  std::map<std::string, treatywire::v1::AgreementMention> mentions_;
};

// The log of `articles` in their order, from `first_revision`.
std::vector<treatywire::v1::LogRecord> LogOf(const std::vector<treatywire::v1::ExtractedArticle>& articles,
                                             uint64_t first_revision = 1);
treatywire::v1::LogRecord RetractionOf(const std::string& article_id, uint64_t revision);

}  // namespace treatywire::query

#endif  // TREATYWIRE_TESTS_QUERY_SERVICE_INDEX_ARTICLE_BUILDER_H_
