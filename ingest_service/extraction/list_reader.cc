#include "ingest_service/extraction/list_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "ingest_service/extraction/act_word.h"
#include "ingest_service/extraction/agreement_before.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/spoken_pair.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Longest item that is a party and a date and nothing else.
constexpr uint32_t kMaxItemTokens = 14;
// Longest line above a list that is its heading.
constexpr uint32_t kMaxHeadingTokens = 30;
constexpr double kConfidence = 0.75;
// Longest item that names an agreement and tells nothing of it.
constexpr uint32_t kMaxNameTokens = 60;

class ListReader {
 public:
  ListReader(const Annotation& a, const NewsDay& news, const std::vector<ReadEvent>& told,
             Discourse* discourse, std::vector<ReadEvent>* out)
      : a_(a), news_(news), told_(told), discourse_(discourse), out_(out) {}

  // What stands above the items that follow: a heading, or the last sentence of a paragraph that leads to
  // them.
  void ReadHeading(const Block& block) {
    TokenSpan words = a_.document.TokensOf(block);
    if (block.kind == BlockKind::kParagraph && !words.empty())
      words = a_.document.sentences[block.last_sentence - 1].tokens;
    const bool heads = block.kind == BlockKind::kHeading || block.kind == BlockKind::kTitle ||
                       (!words.empty() && IsOneOf(a_.norm(words.end - 1), {":", "?"})) ||
                       IsBareLine(block, words);
    act_ = v1::EVENT_TYPE_UNSPECIFIED;
    if (!heads || words.size() > kMaxHeadingTokens) return;
    act_ = ActOfLabel(a_, words);
    if (act_ == v1::EVENT_TYPE_UNSPECIFIED) return;
    heading_ = words;
    agreement_ = AgreementIn(words);
    if (agreement_ < 0) agreement_ = AgreementBefore(a_, words.begin, discourse_);
  }

  // "Fiji: 3 May 2004" in a line of its own without a bullet. Returns whether it is such a line.
  bool ReadLine(const Block& block) {
    const TokenSpan words = a_.document.TokensOf(block);
    if (act_ == v1::EVENT_TYPE_UNSPECIFIED || agreement_ < 0 || words.empty() ||
        words.size() > kMaxItemTokens || a_.at[words.begin].party < 0)
      return false;
    const std::optional<Entry> entry = ReadEntry(words);
    if (!entry || (entry->date < 0 && !entry->denied)) return false;
    ReadParty(block, words);
    return true;
  }

  void ReadItem(const Block& block) {
    const TokenSpan words = a_.document.TokensOf(block);
    if (act_ == v1::EVENT_TYPE_UNSPECIFIED || words.empty()) return;
    if (!ReadDocument(block, words)) ReadParty(block, words);
  }

 private:
  // "Tuna Convention: state of ratifications": a short line that is no sentence.
  bool IsBareLine(const Block& block, TokenSpan words) const {
    return block.kind == BlockKind::kParagraph && block.first_sentence + 1 == block.last_sentence &&
           !words.empty() && words.size() <= kMaxItemTokens &&
           !IsOneOf(a_.norm(words.end - 1), {".", "!", ",", ";"}) && !TellsMore(words);
  }

  void ReadParty(const Block& block, TokenSpan words) {
    if (agreement_ < 0 || words.size() > kMaxItemTokens) return;
    const std::optional<Entry> entry = ReadEntry(words);
    if (!entry) return;
    ReadEvent event;
    event.type = act_;
    event.agreement = agreement_;
    event.actors = entry->parties.ids;
    event.actor_mentions = entry->parties.mentions;
    if (entry->date >= 0) {
      event.date = a_.dates[entry->date].date;
      event.date_surface = a_.dates[entry->date].surface;
    }
    if (entry->denied) event.modality = v1::MODALITY_DENIED;
    Fill(block, words, &event);
    discourse_->TellMembers(agreement_);
    if (!entry->denied) discourse_->AddParties(agreement_, entry->parties.ids);
    out_->push_back(std::move(event));
  }

  // An item that is parties, perhaps with a date or "not yet", and nothing else.
  struct Entry {
    PartyList parties;
    int date = -1;  // index in Annotation::dates
    bool denied = false;
  };

  // "Fiji, 3 May 2004", "3 May 2004: Fiji and Tonga", "Samoa: not yet", "Palau".
  std::optional<Entry> ReadEntry(TokenSpan words) const {
    Entry entry;
    for (uint32_t t = words.begin; t < words.end;) {
      const PartyList parties = ReadPartyList(a_, t, words.end);
      if (!parties.ids.empty()) {
        if (!entry.parties.ids.empty()) return std::nullopt;
        entry.parties = parties;
        t = parties.next;
        continue;
      }
      const int date = a_.at[t].date;
      if (date >= 0 && entry.date >= 0 && date != entry.date) return std::nullopt;
      if (date >= 0) entry.date = date;
      entry.denied = entry.denied || IsOneOf(a_.norm(t), {"not", "no", "never"});
      const bool known =
          date >= 0 || !a_.token(t).is_word ||
          IsOneOf(a_.norm(t), {"on", "in", "the", "of", "since", "from", "not", "yet", "no", "never", "and"});
      if (!known) return std::nullopt;
      ++t;
    }
    if (entry.parties.ids.empty() || (entry.date >= 0 && a_.dates[entry.date].date.empty()))
      return std::nullopt;
    return entry;
  }

  void Fill(const Block& block, TokenSpan words, ReadEvent* event) const {
    event->cue = words;
    event->sentence = block.first_sentence;
    event->joint = act_ == v1::EVENT_TYPE_SIGNED;
    event->leave = IsLeaving(act_);
    event->whole_block = true;
    event->confidence = kConfidence;
  }

  // "Agreement on cooperation in fisheries;" under "The following were signed:". Returns whether the item
  // names an agreement.
  bool ReadDocument(const Block& block, TokenSpan words) {
    if (act_ != v1::EVENT_TYPE_SIGNED || words.size() > kMaxNameTokens) return false;
    Sentence sentence;
    sentence.tokens = words;
    const std::vector<AgreementPhrase> phrases = FindAgreementPhrases(a_, sentence);
    if (phrases.empty() || phrases.front().pronoun || phrases.front().plural) return false;
    const bool leads = phrases.front().core.begin <= words.begin + 1;
    if (!leads || TellsMore(words)) return false;
    const ReadEvent* visit = LastJointAct();
    if (DatesChange(block, visit)) return true;
    AgreementPhrase phrase = phrases.front();
    if (phrase.parties.size() < 2 && phrase.partners.empty()) {
      phrase.parties = visit != nullptr ? discourse_->entities()[visit->agreement].parties
                                        : PairBroughtTogether(a_, heading_.end);
      if (phrase.parties.empty()) return true;
    }
    if (a_.token(phrase.core.begin).capitalized) phrase.title = NameIn(phrase, words);
    phrase.is_new = !IsKnown(phrase.title);
    for (const int agreement : discourse_->Resolve(phrase, PhraseContext{})) {
      ReadEvent event;
      event.type = act_;
      event.agreement = agreement;
      event.modality = IsToCome() ? v1::MODALITY_PLANNED : v1::MODALITY_ASSERTED;
      SetDay(visit, &event);
      Fill(block, words, &event);
      discourse_->AddParties(agreement, phrase.parties);
      out_->push_back(std::move(event));
    }
    return true;
  }

  // "Agreement on cooperation in fisheries": up to the punctuation that ends the item or parts it.
  std::string NameIn(const AgreementPhrase& phrase, TokenSpan words) const {
    uint32_t end = phrase.core.end;
    while (end < words.end && !IsOneOf(a_.norm(end), {";", ".", ":", ",", "("})) ++end;
    return a_.document.Text({phrase.core.begin, end});
  }

  bool IsKnown(const std::string& name) const {
    const std::vector<AgreementEntity>& entities = discourse_->entities();
    return std::any_of(entities.begin(), entities.end(), [&](const AgreementEntity& entity) {
      return std::find(entity.aliases.begin(), entity.aliases.end(), name) != entity.aliases.end();
    });
  }

  // "Protocol amending the Agreement on transit": what it does to that agreement has been read, but for the
  // day. Returns whether it was so.
  bool DatesChange(const Block& block, const ReadEvent* visit) {
    bool changes = false;
    for (const ReadEvent& event : told_) {
      if (event.sentence < block.first_sentence || event.sentence >= block.last_sentence) continue;
      if (event.type != v1::EVENT_TYPE_AMENDED && event.type != v1::EVENT_TYPE_EXTENDED) continue;
      changes = true;
      if (!event.date.empty()) continue;
      ReadEvent dated = event;
      SetDay(visit, &dated);
      out_->push_back(std::move(dated));
    }
    return changes;
  }

  // Whether the item has a verb that says something of what it names.
  bool TellsMore(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      if (a_.IsAuxiliary(t) && a_.norm(t) != "'s") return true;
      const int32_t trigger = a_.at[t].trigger;
      const VerbForm form = trigger >= 0 ? a_.triggers[trigger].form : VerbForm::kNone;
      if (form == VerbForm::kPast || form == VerbForm::kPastOrParticiple || form == VerbForm::kParticiple)
        return true;
    }
    return false;
  }

  // "Documents to be signed:"
  bool IsToCome() const {
    for (uint32_t t = heading_.begin; t < heading_.end; ++t) {
      if (IsOneOf(a_.norm(t), {"will", "be", "expected", "planned", "ready", "due"})) return true;
    }
    return false;
  }

  // What two parties did together that the text told last before the heading; nullptr for none.
  const ReadEvent* LastJointAct() const {
    const ReadEvent* last = nullptr;
    for (const ReadEvent& event : told_) {
      if (event.cue.begin >= heading_.begin || !event.joint || event.from_phrase) continue;
      if (event.modality != v1::MODALITY_ASSERTED ||
          discourse_->entities()[event.agreement].parties.size() != 2)
        continue;
      if (last == nullptr || event.cue.begin > last->cue.begin) {
        const bool old = news_.written && !event.date.empty() && !IsRecent(event.date, *news_.written);
        if (!old) last = &event;
      }
    }
    return last;
  }

  // The heading's date, else that of what was told before, else that of the news.
  void SetDay(const ReadEvent* visit, ReadEvent* event) const {
    for (uint32_t t = heading_.begin; t < heading_.end; ++t) {
      const int32_t date = a_.at[t].date;
      if (date < 0 || a_.dates[date].date.empty()) continue;
      event->date = a_.dates[date].date;
      event->date_surface = a_.dates[date].surface;
      return;
    }
    if (event->modality != v1::MODALITY_ASSERTED) return;
    const bool told = visit != nullptr && !visit->date.empty();
    event->date = told ? visit->date : news_.date;
    if (told) event->date_surface = visit->date_surface;
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

  const Annotation& a_;
  const NewsDay& news_;
  const std::vector<ReadEvent>& told_;
  Discourse* discourse_;
  std::vector<ReadEvent>* out_;
  TokenSpan heading_;
  v1::EventType act_ = v1::EVENT_TYPE_UNSPECIFIED;
  int agreement_ = -1;
};

}  // namespace

std::vector<ReadEvent> ReadLists(const Annotation& annotation, const NewsDay& news,
                                 const std::vector<ReadEvent>& told, Discourse* discourse) {
  std::vector<ReadEvent> events;
  ListReader reader(annotation, news, told, discourse, &events);
  for (const Block& block : annotation.document.blocks) {
    if (events.size() >= kMaxEvents) break;
    if (block.kind == BlockKind::kListItem) {
      reader.ReadItem(block);
    } else if (block.kind == BlockKind::kTitle || !reader.ReadLine(block)) {
      reader.ReadHeading(block);
    }
  }
  return events;
}

}  // namespace treatywire::ingest
