#include "ingest_service/extraction/sentence_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest_service/extraction/act_parties.h"
#include "ingest_service/extraction/clause_trigger.h"
#include "ingest_service/extraction/gapped_object.h"
#include "ingest_service/extraction/list_context.h"
#include "ingest_service/extraction/listed_act.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/repeated_act.h"
#include "ingest_service/extraction/told_act.h"

namespace treatywire::ingest {
namespace {

// Whether a clause that opens so hangs on another.
bool IsSubordinate(ClauseOpener opener) {
  return opener == ClauseOpener::kRelative || opener == ClauseOpener::kReason ||
         opener == ClauseOpener::kTime || opener == ClauseOpener::kThat ||
         opener == ClauseOpener::kParenthesis || opener == ClauseOpener::kCondition;
}

}  // namespace

SentenceReader::SentenceReader(const Annotation& annotation, const NewsDay& news, uint32_t index,
                               Discourse* discourse, Actors* last_actors, std::vector<ReadEvent>* events)
    : a_(annotation),
      view_(annotation, index),
      actors_(view_, *last_actors),
      meanings_(view_, actors_, discourse, events),
      dater_(view_, news, *events),
      acts_(view_, actors_, &meanings_, discourse),
      noun_act_(view_, &dater_, events),
      builder_(view_, actors_, &meanings_, &dater_, discourse, events),
      discourse_(discourse),
      last_actors_(last_actors),
      events_(events) {}

void SentenceReader::ReadAll(bool strict) {
  const TokenSpan tokens = view_.sentence.tokens;
  const size_t first = events_->size();
  const size_t known = discourse_->entities().size();
  size_t read = 0;
  BringUpListed();
  BringUpLabelled();
  for (auto match = FirstTrigger(); match != a_.triggers.end() && match->tokens.begin < tokens.end; ++match) {
    if (events_->size() >= kMaxEvents) break;
    meanings_.ResolveUpTo(match->tokens.begin);
    if (IsPartOfPhrase(view_, *match)) continue;
    if (++read > kMaxSentenceTriggers) break;
    ReadTrigger(*match, strict);
  }
  meanings_.ResolveUpTo(tokens.end);
  meanings_.TellApart();
  ReadListedActs(view_, first, &dater_, discourse_, events_);
  ReadGappedObjects(view_, first, &dater_, &meanings_, discourse_, events_);
  ReadRepeatedActs(view_, actors_, first, &dater_, discourse_, events_);
  AddPartiesOfSentence(view_, *last_actors_, known, discourse_);
  ReturnToTopic(first);
  *last_actors_ = actors_.ActorsForNext();
}

// The first of the sentence, or of those behind it: they lie by first token and do not overlap.
std::vector<LexiconMatch>::const_iterator SentenceReader::FirstTrigger() const {
  return std::lower_bound(
      a_.triggers.begin(), a_.triggers.end(), view_.sentence.tokens.begin,
      [](const LexiconMatch& trigger, uint32_t begin) { return trigger.tokens.begin < begin; });
}

void SentenceReader::ReadTrigger(const LexiconMatch& match, bool strict) {
  const ClauseTrigger trigger = ReadClauseTrigger(view_, match);
  if (TellsNoAct(view_, actors_, trigger.match, trigger.group, trigger.clause)) return;
  if (noun_act_.IsContinuedBy(trigger)) return;
  std::optional<ActReading> act = acts_.Read(trigger, strict);
  if (!act) return;
  const bool by_noun = act->entry->frame == TriggerFrame::kNoun;
  const std::optional<size_t> event = builder_.Add(trigger, *std::move(act));
  if (event && by_noun) noun_act_.Told(*event);
}

// "Chile: signed in 2001, ended in 2010", "Chile. Signed in 2001" in a list of "Peru's treaties": the item is
// about the one with Chile.
void SentenceReader::BringUpListed() {
  const TokenSpan tokens = view_.sentence.tokens;
  if (tokens.empty() || a_.at[tokens.begin].party < 0) return;
  const PartyList partner = ReadPartyList(a_, tokens.begin, tokens.end);
  if (partner.ids.size() != 1) return;
  const bool alone =
      partner.next >= tokens.end || (partner.next + 1 == tokens.end && a_.norm(partner.next) == ".");
  if (!alone && !IsOneOf(a_.norm(partner.next), {":", "-", "("})) return;
  const std::optional<AgreementPhrase> several = PluralOverList(view_);
  if (several && several->parties != partner.ids) discourse_->TouchOneOf(*several, partner.ids, tokens.begin);
}

// "Fiji" above "Signed in 2001", "And Fiji? Talks began in May", in an article on one side's agreements: what
// begins there is about the one with Fiji.
void SentenceReader::BringUpLabelled() {
  const PartyId standing = a_.standing_party();
  const TokenSpan tokens = view_.sentence.tokens;
  if (standing.empty() || view_.block.kind == BlockKind::kTitle || tokens.empty()) return;
  const bool opens = view_.index == view_.block.first_sentence || a_.norm(tokens.begin - 1) == "?" ||
                     a_.norm(tokens.begin) == "with";
  if (!opens) return;
  const PartyIds label = LabelOf(view_);
  if (label.size() != 1 || label.front() == standing) return;
  const int model = discourse_->Focus({});
  if (model >= 0 && discourse_->entities()[model].parties.Contains(label.front())) return;
  if (model >= 0) {
    discourse_->Touch(discourse_->SiblingOf(model, {label.front(), standing}), tokens.begin);
    return;
  }
  const std::optional<AgreementPhrase> several = PluralAboveLine(a_, view_.sentence.block);
  if (several && several->parties.front() == standing) discourse_->TouchOneOf(*several, label, tokens.begin);
}

// "Oslo left the pact in 2007, complaining that others never ratified the Palma Protocol": the text goes on
// about the pact. What only a clause that hangs on the main one names is said in passing.
void SentenceReader::ReturnToTopic(size_t first) {
  const int topic = TopicOf(first);
  const int focus = discourse_->Focus({});
  if (topic < 0 || focus < 0 || focus == topic || !IsOnlySaidInPassing(focus)) return;
  discourse_->Touch(topic, view_.sentence.tokens.end - 1);
}

// The agreement of the sentence's first event (they begin at index `first`); -1 where it is not told at the
// sentence's start, or there is none.
int SentenceReader::TopicOf(size_t first) const {
  for (size_t e = first; e < events_->size(); ++e) {
    const ReadEvent& event = (*events_)[e];
    if (event.sentence != view_.index || event.from_phrase) continue;
    const bool at_start = view_.clauses[view_.ClauseOf(event.cue.begin)].opener == ClauseOpener::kStart;
    return at_start ? event.agreement : -1;
  }
  return -1;
}

bool SentenceReader::IsOnlySaidInPassing(int agreement) {
  for (size_t p = 0; p < view_.phrases.size(); ++p) {
    const AgreementPhrase& phrase = view_.phrases[p];
    if (phrase.pronoun || phrase.tokens.begin < view_.sentence.tokens.begin) continue;
    const std::vector<int>& meant = meanings_.Of(p);
    if (std::find(meant.begin(), meant.end(), agreement) == meant.end()) continue;
    if (!IsSubordinate(view_.clauses[view_.ClauseOf(phrase.core.begin)].opener)) return false;
  }
  return true;
}

}  // namespace treatywire::ingest
