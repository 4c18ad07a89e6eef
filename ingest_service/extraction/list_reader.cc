#include "ingest_service/extraction/list_reader.h"

#include <utility>

#include "ingest_service/extraction/act_word.h"
#include "ingest_service/extraction/agreement_before.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Longest item that is a party and a date and nothing else.
constexpr uint32_t kMaxItemTokens = 14;
// Longest line above a list that is its heading.
constexpr uint32_t kMaxHeadingTokens = 30;
constexpr double kConfidence = 0.75;

class ListReader {
 public:
  ListReader(const Annotation& a, Discourse* discourse, std::vector<ReadEvent>* out)
      : a_(a), discourse_(discourse), out_(out) {}

  // What stands above the items that follow.
  void ReadHeading(const Block& block) {
    const TokenSpan words = TokensOf(block);
    const bool heads = block.kind == BlockKind::kHeading || block.kind == BlockKind::kTitle ||
                       (!words.empty() && a_.norm(words.end - 1) == ":");
    act_ = v1::EVENT_TYPE_UNSPECIFIED;
    if (!heads || words.size() > kMaxHeadingTokens) return;
    act_ = ActOfLabel(a_, words);
    if (act_ == v1::EVENT_TYPE_UNSPECIFIED) return;
    agreement_ = AgreementIn(words);
    if (agreement_ < 0) agreement_ = AgreementBefore(a_, words.begin, discourse_);
  }

  void ReadItem(const Block& block) {
    const TokenSpan words = TokensOf(block);
    if (act_ == v1::EVENT_TYPE_UNSPECIFIED || agreement_ < 0 || words.size() > kMaxItemTokens) return;
    const PartyList parties = ReadPartyList(a_, words.begin, words.end);
    const int date = DateAfter(parties.next, words.end);
    if (parties.ids.empty() || date < 0) return;
    ReadEvent event;
    event.type = act_;
    event.agreement = agreement_;
    event.actors = parties.ids;
    event.actor_mentions = parties.mentions;
    event.date = a_.dates[date].date;
    event.date_surface = a_.document.Text(a_.dates[date].tokens);
    event.cue = words;
    event.sentence = block.first_sentence;
    event.joint = act_ == v1::EVENT_TYPE_SIGNED;
    event.leave = IsLeaving(act_);
    event.whole_block = true;
    event.confidence = kConfidence;
    AgreementEntity& entity = discourse_->entities()[agreement_];
    entity.multilateral = entity.multilateral || entity.parties.size() < 2;
    discourse_->AddParties(agreement_, parties.ids);
    out_->push_back(std::move(event));
  }

 private:
  TokenSpan TokensOf(const Block& block) const {
    if (block.first_sentence >= block.last_sentence) return {};
    return {a_.document.sentences[block.first_sentence].tokens.begin,
            a_.document.sentences[block.last_sentence - 1].tokens.end};
  }

  int AgreementIn(TokenSpan words) const {
    Sentence sentence;
    sentence.tokens = words;
    for (const AgreementPhrase& phrase : FindAgreementPhrases(a_, sentence)) {
      if (phrase.pronoun || phrase.plural) continue;
      const std::vector<int> found = discourse_->Resolve(phrase, PhraseContext{});
      if (found.size() == 1) return found.front();
    }
    return -1;
  }

  // The date that is all that follows the parties; -1 where more does.
  int DateAfter(uint32_t begin, uint32_t end) const {
    int date = -1;
    for (uint32_t t = begin; t < end; ++t) {
      if (a_.at[t].date >= 0) {
        if (date >= 0 && a_.at[t].date != date) return -1;
        date = a_.at[t].date;
      } else if (a_.token(t).is_word && !IsOneOf(a_.norm(t), {"on", "in", "the", "of", "since", "from"})) {
        return -1;
      }
    }
    return date >= 0 && !a_.dates[date].date.empty() ? date : -1;
  }

  const Annotation& a_;
  Discourse* discourse_;
  std::vector<ReadEvent>* out_;
  v1::EventType act_ = v1::EVENT_TYPE_UNSPECIFIED;
  int agreement_ = -1;
};

}  // namespace

std::vector<ReadEvent> ReadLists(const Annotation& annotation, Discourse* discourse) {
  std::vector<ReadEvent> events;
  ListReader reader(annotation, discourse, &events);
  for (const Block& block : annotation.document.blocks) {
    if (events.size() >= kMaxEvents) break;
    if (block.kind == BlockKind::kListItem) {
      reader.ReadItem(block);
    } else {
      reader.ReadHeading(block);
    }
  }
  return events;
}

}  // namespace treatywire::ingest
