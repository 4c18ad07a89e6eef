#include "tests/query_service/index/article_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "query_service/resolution/stable_hash.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// First and last day of "YYYY", "YYYY-MM" or "YYYY-MM-DD"; empty for "..".
std::pair<std::string, std::string> DaysOf(const std::string& part) {
  if (part == "..") return {"", ""};
  const std::vector<std::string> fields = absl::StrSplit(part, '-');
  const int year = std::stoi(fields[0]);
  const int month = fields.size() > 1 ? std::stoi(fields[1]) : 0;
  if (fields.size() > 2) return {part, part};
  const absl::CivilDay first(year, std::max(month, 1), 1);
  const absl::CivilDay last =
      month == 0 ? absl::CivilDay(year, 12, 31) : absl::CivilDay(year, month + 1, 1) - 1;
  return {absl::FormatCivilTime(first), absl::FormatCivilTime(last)};
}

std::string FakeDigest(const std::string& content) {
  std::string digest = "sha256:";
  for (uint64_t seed = 1; seed <= 4; ++seed)
    absl::StrAppendFormat(&digest, "%016x", StableHash(content, seed));
  return digest;
}

// Unlike any other: articles that share their words would count as copies of one another.
std::string MadeSentence(const v1::AgreementEvent& event, const v1::Article& article, int event_index) {
  const std::string key = absl::StrCat(article.article_id(), article.publisher(), event_index);
  std::string sentence = v1::EventType_Name(event.type());
  for (uint64_t i = 0; i < 8; ++i) absl::StrAppendFormat(&sentence, " w%x", StableHash(key, i) >> 40);
  return sentence;
}

}  // namespace

v1::UncertainDate MakeDate(const std::string& edtf, v1::DateBasis basis) {
  const std::vector<std::string> parts = absl::StrSplit(absl::StrReplaceAll(edtf, {{"~", ""}}), '/');
  v1::UncertainDate date;
  date.set_edtf(edtf);
  date.set_earliest(DaysOf(parts.front()).first);
  date.set_latest(DaysOf(parts.back()).second);
  date.set_basis(basis);
  return date;
}

ArticleBuilder::ArticleBuilder(const std::string& article_id, const std::string& publisher,
                               const std::string& published) {
  v1::Article& article = *article_.mutable_article();
  article.set_article_id(article_id);
  article.set_publisher(publisher);
  article.set_uri(absl::StrCat("https://news.example/", article_id));
  article.set_title(absl::StrCat("Article ", article_id));
  article_.set_extractor_version("test");
  if (published.empty()) return;
  absl::CivilDay day;
  if (!absl::ParseCivilTime(published, &day)) return;
  article.mutable_publish_time()->set_seconds(
      absl::ToUnixSeconds(absl::FromCivil(absl::CivilHour(day) + 12, absl::UTCTimeZone())));
}

ArticleBuilder& ArticleBuilder::Agreement(const std::string& local_id,
                                          const std::vector<std::string>& parties,
                                          const MentionFields& fields) {
  v1::AgreementMention mention;
  mention.set_local_id(local_id);
  mention.set_title(fields.title);
  for (const std::string& alias : fields.aliases) mention.add_aliases(alias);
  for (const std::string& party : parties) mention.add_parties()->set_party_id(party);
  mention.set_kind(fields.kind);
  mention.set_subject(fields.subject);
  mention.set_multilateral(fields.multilateral);
  if (!fields.signed_date.empty()) *mention.mutable_signed_date() = MakeDate(fields.signed_date);
  mention.set_signed_place(fields.signed_place);
  mention.set_known_agreement(fields.known_agreement);
  mentions_[local_id] = std::move(mention);
  return *this;
}

ArticleBuilder& ArticleBuilder::Event(const std::string& local_id, v1::EventType type,
                                      const EventFields& fields) {
  v1::AgreementEvent& event = *article_.add_events();
  event.set_type(type);
  event.set_modality(fields.modality);
  *event.mutable_agreement() = mentions_.at(local_id);
  for (const std::string& actor : fields.actors) event.add_actors()->set_party_id(actor);
  if (!fields.date.empty()) *event.mutable_date() = MakeDate(fields.date, fields.basis);
  event.set_place(fields.place);
  event.set_instrument(fields.instrument);
  v1::Evidence& evidence = *event.mutable_evidence();
  evidence.set_text(fields.sentence.empty() ? MadeSentence(event, article_.article(), article_.events_size())
                                            : fields.sentence);
  evidence.set_begin_byte(100 * article_.events_size());
  evidence.set_end_byte(evidence.begin_byte() + static_cast<int>(evidence.text().size()));
  evidence.set_cue("cue");
  evidence.set_speaker(fields.speaker);
  event.set_confidence(0.9);
  return *this;
}

v1::ExtractedArticle ArticleBuilder::Build() const {
  v1::ExtractedArticle article = article_;
  article.mutable_article()->set_content_digest(FakeDigest(article.SerializeAsString()));
  const std::string version =
      absl::StrCat(article.article().article_id(), article.article().content_digest());
  for (int i = 0; i < article.events_size(); ++i) {
    article.mutable_events(i)->set_event_id(absl::StrFormat("%016x-%d", StableHash(version), i));
  }
  return article;
}

std::vector<v1::LogRecord> LogOf(const std::vector<v1::ExtractedArticle>& articles, uint64_t first_revision) {
  std::vector<v1::LogRecord> records;
  for (const v1::ExtractedArticle& article : articles) {
    v1::LogRecord& record = records.emplace_back();
    record.set_revision(first_revision++);
    *record.mutable_extraction() = article;
  }
  return records;
}

v1::LogRecord RetractionOf(const std::string& article_id, uint64_t revision) {
  v1::LogRecord record;
  record.set_revision(revision);
  record.mutable_retraction()->set_article_id(article_id);
  return record;
}

}  // namespace treatywire::query
