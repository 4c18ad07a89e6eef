#include "ingest_service/extraction/extractor.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "ingest_service/document/document_reader.h"
#include "ingest_service/extraction/agreement_subject.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/event_reader.h"
#include "ingest_service/extraction/event_set.h"
#include "ingest_service/extraction/evidence.h"
#include "ingest_service/extraction/explanation.h"
#include "ingest_service/extraction/list_reader.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/ratification_roll.h"
#include "ingest_service/extraction/signed_date.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Raised with every change of what is extracted; the lexicon's fingerprint tells changes of the data.
constexpr absl::string_view kVersion = "0.1.0";

std::optional<absl::CivilDay> PublishDay(const v1::Article& article) {
  if (!article.has_publish_time()) return std::nullopt;
  return absl::ToCivilDay(absl::FromUnixSeconds(article.publish_time().seconds()), absl::UTCTimeZone());
}

// A field's text, in the memory that the field has: a text that is made first and then moved there would
// drop it.
void Assign(absl::string_view text, std::string* field) { field->assign(text.data(), text.size()); }

void FillDate(const UncertainDate& date, absl::string_view surface, v1::UncertainDate* out) {
  Assign(date.edtf, out->mutable_edtf());
  if (date.earliest) out->set_earliest(DayText(*date.earliest));
  if (date.latest) out->set_latest(DayText(*date.latest));
  if (!surface.empty()) Assign(surface, out->mutable_surface());
  switch (date.basis) {
    case DateBasis::kExplicit:
      out->set_basis(v1::DATE_BASIS_EXPLICIT);
      break;
    case DateBasis::kRelative:
      out->set_basis(v1::DATE_BASIS_RELATIVE);
      break;
    case DateBasis::kPublication:
      out->set_basis(v1::DATE_BASIS_PUBLICATION);
      break;
  }
}

void Set(PartyId id, v1::PartyRef* out) {
  if (!id.empty()) out->set_party_id(id.info()->id);
}

void FillMention(const AgreementEntity& entity, v1::Subject subject, std::string local_id,
                 v1::AgreementMention* out) {
  out->set_local_id(std::move(local_id));
  // To set a field to nothing takes a string from the heap all the same, here and below.
  if (!entity.title.empty()) out->set_title(entity.title);
  for (const std::string& alias : entity.aliases) {
    if (alias != entity.title) out->add_aliases(alias);
  }
  for (const PartyId id : entity.parties) Set(id, out->add_parties());
  out->set_kind(entity.kind);
  out->set_subject(subject);
  out->set_multilateral(entity.multilateral);
  if (!entity.signed_date.empty())
    FillDate(entity.signed_date, entity.signed_surface, out->mutable_signed_date());
  if (!entity.signed_place.empty()) out->set_signed_place(entity.signed_place);
  if (entity.known != nullptr) {
    out->set_known_agreement(entity.known->id);
    if (!entity.known->protocol_to.empty()) out->set_known_base(entity.known->protocol_to);
  }
}

void FillActors(const Annotation& a, const ReadEvent& event, v1::AgreementEvent* out) {
  for (PartyId id : event.actors) {
    v1::PartyRef* actor = out->add_actors();
    Set(id, actor);
    for (const int m : event.actor_mentions) {
      const PartyMention& mention = a.parties[m];
      const bool names = mention.ids.Contains(id) || mention.ids.empty();
      if (!names || !actor->surface().empty()) continue;
      a.document.CopyText(mention.tokens, actor->mutable_surface());
      if (!mention.acting_body.empty()) actor->set_acting_body(mention.acting_body);
      if (!mention.person.empty()) actor->set_person(mention.person);
    }
  }
}

// FNV-1a (Fowler, Noll, Vo), 64 bits: small, stable over versions and machines. Ids need be distinct within
// one article only.
constexpr uint64_t kFnvBasis = 14695981039346656037ULL;
uint64_t Fnv1a(absl::string_view text, uint64_t hash = kFnvBasis) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

// What the ids of an article's events have in common: each goes on from here.
uint64_t HashOf(const v1::Article& article) {
  return Fnv1a(absl::StrCat(article.article_id(), "\n", article.content_digest(), "\n"));
}

// In sixteen digits.
void WriteHex(uint64_t number, std::string* out) {
  constexpr size_t kDigits = 16;
  out->resize(kDigits);
  for (size_t i = kDigits; i-- > 0; number >>= 4) (*out)[i] = "0123456789abcdef"[number & 15];
}

void FillEventId(uint64_t article_hash, int occurrence, v1::AgreementEvent* out) {
  const v1::AgreementEvent& event = *out;
  // One part a line.
  uint64_t hash = article_hash;
  const auto add = [&hash](const absl::AlphaNum& part) { hash = Fnv1a(part.Piece(), hash); };
  const auto add_line = [&add](const absl::AlphaNum& part) {
    add("\n");
    add(part);
  };
  add(event.type());
  add_line(event.modality());
  add_line(event.agreement().local_id());
  add_line(event.date().edtf());
  add_line(occurrence);
  for (const v1::PartyRef& actor : event.actors()) add_line(actor.party_id());
  WriteHex(hash, out->mutable_event_id());
}

absl::StatusOr<Document> ReadDocumentOf(const v1::Article& article) {
  const absl::StatusOr<MimeType> mime_type = ParseMimeType(article.mime_type());
  if (!mime_type.ok()) return mime_type.status();
  return ReadDocument(article.title(), article.body(), *mime_type);
}

// Whether the text of the article, as it is sent, shows that it names no agreement. Most articles are let go
// here: it takes less than a tenth of the time of reading the document.
bool IsPlainlyWithoutAgreement(const v1::Article& article, const Lexicon& lexicon) {
  const absl::StatusOr<MimeType> mime_type = ParseMimeType(article.mime_type());
  if (!mime_type.ok() || *mime_type != MimeType::kPlain) return false;  // markup may hide words
  // What ReadDocument refuses is not ours to let go: text that is no UTF-8, or none at all. A letter is some.
  if (!CheckArticleText(article.title(), article.body()).ok()) return false;
  const std::string& body = article.body();
  const bool has_text = std::any_of(body.begin(), body.end(), [](char c) { return absl::ascii_isalpha(c); });
  return has_text && !lexicon.MayNameAgreement(article.title()) && !lexicon.MayNameAgreement(body);
}

// A text of single letters has four times the tokens of prose, and time and memory go by tokens.
absl::Status CheckSize(const Document& document) {
  if (document.tokens.size() > kMaxArticleTokens) {
    return absl::InvalidArgumentError(absl::StrCat("body: has ", document.tokens.size(), " tokens; at most ",
                                                   kMaxArticleTokens, " are read"));
  }
  if (document.sentences.size() > kMaxArticleSentences) {
    return absl::InvalidArgumentError(absl::StrCat(
        "body: has ", document.sentences.size(), " sentences; at most ", kMaxArticleSentences, " are read"));
  }
  return absl::OkStatus();
}

// Empties the answer but for its events, which are written over one by one (NextEvent).
void ClearAllButEvents(v1::ExtractedArticle* out) {
  google::protobuf::RepeatedPtrField<v1::AgreementEvent> events;
  events.Swap(out->mutable_events());
  out->Clear();
  out->mutable_events()->Swap(&events);
}

// The event number `index`, empty: the one that was there, with the memory of its agreement, its evidence
// and, where it will be dated, its date, or a new one. Clear alone would give back what a message holds of
// others.
v1::AgreementEvent* NextEvent(int index, bool dated, v1::ExtractedArticle* out) {
  if (index >= out->events_size()) return out->add_events();
  v1::AgreementEvent* const event = out->mutable_events(index);
  std::unique_ptr<v1::AgreementMention> agreement(event->release_agreement());
  std::unique_ptr<v1::Evidence> evidence(event->release_evidence());
  std::unique_ptr<v1::UncertainDate> date(event->release_date());
  event->Clear();
  if (agreement != nullptr) {
    agreement->Clear();
    event->set_allocated_agreement(agreement.release());
  }
  if (evidence != nullptr) {
    evidence->Clear();
    event->set_allocated_evidence(evidence.release());
  }
  if (date != nullptr && dated) {
    date->Clear();
    event->set_allocated_date(date.release());
  }
  return event;
}

// All but the events.
void FillArticle(const v1::Article& article, const std::string& version, v1::ExtractedArticle* out) {
  *out->mutable_article() = article;
  out->mutable_article()->clear_body();
  out->set_extractor_version(version);
}

// An article as read, before the events of one act are joined. The arguments outlive it.
struct ArticleReading {
  ArticleReading(const v1::Article& article, const Document& document, const Lexicon& lexicon)
      : annotation(document, lexicon, article.publisher(), PublishDay(article)),
        discourse(annotation),
        news(FindNewsDay(annotation)),
        events(ReadEvents(annotation, news, &discourse)) {
    Add(ReadLists(annotation, news, events, &discourse));
    Add(ReadRatificationRolls(annotation, news, events, &discourse));
  }

  void Add(std::vector<ReadEvent> more) {
    events.insert(events.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  const Annotation annotation;
  Discourse discourse;
  const NewsDay news;
  std::vector<ReadEvent> events;
};

// Joins what was read and writes it over the events of `*out`.
void FillEvents(const v1::Article& article, ArticleReading* reading, v1::ExtractedArticle* out) {
  Discourse& discourse = reading->discourse;
  const std::vector<ReadEvent> events =
      JoinEvents(reading->annotation, std::move(reading->events), &discourse);
  SetSignedDates(events, &discourse);
  const std::vector<v1::Subject> subjects = ChooseSubjects(reading->annotation, discourse, events);
  const uint64_t article_hash = HashOf(article);
  int occurrence = 0;
  for (const ReadEvent& event : events) {
    v1::AgreementEvent* added = NextEvent(occurrence, !event.date.empty(), out);
    added->set_type(event.type);
    added->set_modality(event.modality);
    FillMention(discourse.entities()[event.agreement], subjects[event.agreement],
                absl::StrCat("a", event.agreement + 1), added->mutable_agreement());
    FillActors(reading->annotation, event, added);
    if (!event.date.empty()) FillDate(event.date, event.date_surface, added->mutable_date());
    FillEvidence(reading->annotation, event, added);
    // Two digits: it orders events, and promises no more.
    added->set_confidence(std::round(event.confidence * 100) / 100);
    FillEventId(article_hash, occurrence++, added);
  }
  while (out->events_size() > occurrence) out->mutable_events()->RemoveLast();
}

}  // namespace

Extractor::Extractor(std::unique_ptr<const Lexicon> lexicon)
    : lexicon_(std::move(lexicon)), version_(absl::StrCat(kVersion, "+", lexicon_->fingerprint())) {}

absl::StatusOr<std::unique_ptr<const Extractor>> Extractor::Create(std::unique_ptr<const Lexicon> lexicon) {
  if (lexicon == nullptr) return absl::InvalidArgumentError("extractor needs a lexicon");
  return std::unique_ptr<const Extractor>(new Extractor(std::move(lexicon)));
}

absl::StatusOr<v1::ExtractedArticle> Extractor::Extract(const v1::Article& article) const {
  v1::ExtractedArticle out;
  if (absl::Status status = Extract(article, &out); !status.ok()) return status;
  return out;
}

absl::Status Extractor::Extract(const v1::Article& article, v1::ExtractedArticle* out) const {
  if (IsPlainlyWithoutAgreement(article, *lexicon_)) {
    out->Clear();
    FillArticle(article, version_, out);
    return absl::OkStatus();
  }
  const absl::StatusOr<Document> document = ReadDocumentOf(article);
  absl::Status status = document.ok() ? CheckSize(*document) : document.status();
  if (!status.ok()) {
    out->Clear();
    return status;
  }
  // Whatever is read of agreements begins with a name or a noun for one.
  if (!lexicon_->MayNameAgreement(*document)) {
    out->Clear();
    FillArticle(article, version_, out);
    return absl::OkStatus();
  }
  ArticleReading reading(article, *document, *lexicon_);
  ClearAllButEvents(out);
  FillArticle(article, version_, out);
  FillEvents(article, &reading, out);
  return absl::OkStatus();
}

absl::StatusOr<std::string> Extractor::Explain(const v1::Article& article) const {
  const absl::StatusOr<Document> document = ReadDocumentOf(article);
  if (!document.ok()) return document.status();
  const ArticleReading reading(article, *document, *lexicon_);
  return ExplainReading(reading.annotation, reading.discourse, reading.events);
}

}  // namespace treatywire::ingest
