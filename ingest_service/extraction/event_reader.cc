#include "ingest_service/extraction/event_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/modality.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/object_finder.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/phrase_meanings.h"
#include "ingest_service/extraction/repeated_act.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/extraction/signed_date.h"
#include "ingest_service/extraction/table_reader.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::EventType;
using treatywire::v1::Modality;

// Most tokens between a partner and its date: "with Portugal from about 1994".
constexpr uint32_t kMaxGapTokens = 4;

// "is planned for May", "has been put off": so far a predicate reaches.
constexpr uint32_t kPredicateTokens = 5;

// Reads one sentence, trigger by trigger.
class SentenceReader {
 public:
  SentenceReader(const Annotation& annotation, const NewsDay& news, uint32_t index, Discourse* discourse,
                 Actors* last_actors, std::vector<ReadEvent>* out)
      : a_(annotation),
        view_(annotation, index),
        actors_(view_, *last_actors),
        meanings_(view_, actors_, discourse, out),
        objects_(view_, actors_, *discourse, &meanings_),
        dater_(view_, news, *out),
        discourse_(discourse),
        last_actors_(last_actors),
        out_(out) {}

  void Read() {
    const TokenSpan tokens = view_.sentence.tokens;
    const size_t before = out_->size();
    const size_t known = discourse_->entities().size();
    for (uint32_t t = tokens.begin; t < tokens.end && out_->size() < kMaxEvents; ++t) {
      meanings_.ResolveUpTo(t);
      const int32_t index = a_.at[t].trigger;
      if (index < 0 || a_.triggers[index].tokens.begin != t || view_.InsideCore(t)) continue;
      ReadTrigger(a_.triggers[index]);
    }
    meanings_.ResolveUpTo(tokens.end);
    meanings_.TellApart();
    if (out_->size() == before) ReadListItem();
    ReadGappedPartners(before);
    ReadRepeatedActs(view_, actors_, before, &dater_, out_);
    CompleteFromSentence(known);
    *last_actors_ = actors_.ActorsForNext();
  }

 private:
  void ReadTrigger(LexiconMatch trigger) {
    const size_t clause_index = view_.ClauseOf(trigger.tokens.begin);
    const bool nominal = IsNominal(trigger);
    if (nominal) trigger.form = VerbForm::kNone;
    const VerbGroup group = ReadVerbGroup(view_, trigger);
    if (IsMereCondition(group, clause_index)) return;
    if (IsNounOfNotice(trigger) || view_.InCompound(trigger.tokens) || GovernsVerb(trigger)) return;
    if (JoinsOthersInAct(trigger)) return;
    if (TakesEffect(trigger, clause_index)) return;
    const bool passive = group.passive;
    for (const LexiconEntry* entry : trigger.entries) {
      if (nominal && entry->frame != "noun") continue;
      // "nothing is left to sell", "troops were withdrawn": what is left or withdrawn is no party.
      const bool label = trigger.tokens.end < view_.sentence.tokens.end && a_.norm(trigger.tokens.end) == ":";
      if (group.passive && entry->frame == "actor" && trigger.gap.empty() && !label) continue;
      const Actors actors = actors_.ByFrame(trigger, *entry, group, clause_index);
      const bool object_passive = passive && (entry->frame == "object" || entry->frame == "notice");
      const std::vector<int> agreements =
          entry->frame == "notice"
              ? objects_.Notified(trigger, clause_index)
              : objects_.ByFrame(trigger, *entry, clause_index, object_passive, actors.ids);
      if (agreements.empty()) continue;
      // "What is left": somebody leaves, or nothing is said.
      if (entry->frame == "actor" && HasFlag(*entry, "weak") && actors.empty()) continue;
      Emit(trigger, *entry, clause_index, passive,
           DoersOf(trigger, *entry, passive, actors, agreements.front()), agreements);
      return;
    }
  }

  // "unless the parties renew it": a condition of something else, no event of its own; "should the
  // Netherlands follow", "whether to leave" weigh one.
  bool IsMereCondition(const VerbGroup& group, size_t clause_index) const {
    const Clause& clause = view_.clauses[clause_index];
    if (clause.opener != ClauseOpener::kCondition) return false;
    const absl::string_view word = a_.norm(clause.tokens.begin);
    if (word == "whether") return false;
    if (word == "unless") return true;
    const Actors subject = actors_.SubjectIn(clause_index, group.begin);
    return subject.mentions.empty() ||
           a_.parties[subject.mentions.front()].tokens.begin < clause.tokens.begin;
  }

  // "agreed to extend the pact": the act is what they agreed to.
  bool GovernsVerb(const LexiconMatch& trigger) const {
    const uint32_t end = trigger.tokens.end;
    const bool to_before = a_.norm(end - 1) == "to";
    if (!to_before && (end >= view_.sentence.tokens.end || a_.norm(end) != "to")) return false;
    const uint32_t next = to_before ? end : end + 1;
    if (next >= view_.sentence.tokens.end || HasFlag(*trigger.entries.front(), "reject")) return false;
    if (trigger.entries.front()->event_type != treatywire::v1::EVENT_TYPE_SIGNED) return false;
    const int32_t verb = a_.at[next].trigger;
    return verb >= 0 && a_.triggers[verb].tokens.begin == next && a_.triggers[verb].form == VerbForm::kBase;
  }

  // "joined Austria and Malta in ratifying it": the act is the other one.
  bool JoinsOthersInAct(const LexiconMatch& trigger) const {
    if (trigger.entries.front()->event_type != treatywire::v1::EVENT_TYPE_ACCEDED) return false;
    const uint32_t end = view_.sentence.tokens.end;
    const PartyList others = ReadPartyList(a_, trigger.tokens.end, end);
    return !others.ids.empty() && others.next + 1 < end && a_.norm(others.next) == "in" &&
           absl::EndsWith(a_.norm(others.next + 1), "ing");
  }

  // "Lithuania's withdrawal from the pact took effect on 6 March": says when the act told by the noun takes
  // place, not that the pact came into force. Returns whether it did.
  bool TakesEffect(const LexiconMatch& trigger, size_t clause_index) {
    const LexiconEntry& entry = *trigger.entries.front();
    const bool effect = entry.event_type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE;
    const bool halt = entry.event_type == treatywire::v1::EVENT_TYPE_SUSPENDED;
    if ((!effect && !halt) || entry.frame != "subject") return false;
    if (noun_events_.empty()) return false;
    ReadEvent& act = (*out_)[noun_events_.back()];
    if (view_.ClauseOf(act.cue.begin) != clause_index) return false;
    for (const AgreementPhrase& phrase : view_.phrases) {
      // Another subject came after the noun: "after its signing in May the treaty took effect".
      if (phrase.tokens.begin > act.cue.end + 2 && phrase.tokens.end <= trigger.tokens.begin) return false;
    }
    // "its withdrawal is on hold": it may come yet.
    if (halt) {
      act.modality = treatywire::v1::MODALITY_POSSIBLE;
      return true;
    }
    act.modality = ReadModality(a_, view_.clauses, clause_index, {trigger.tokens, trigger.form, ""});
    SetDate(dater_.DatesOf({trigger.tokens, trigger.form, /*passive=*/false, act.type, act.modality}).front(),
            &act);
    for (size_t e = noun_events_.back() + 1; e < out_->size(); ++e) {
      (*out_)[e].date = act.date;
      (*out_)[e].date_surface = act.date_surface;
      (*out_)[e].modality = act.modality;
    }
    return true;
  }

  // "Russia's exit", "the end of the pact": a noun that is spelt like the verb.
  bool IsNominal(const LexiconMatch& trigger) const {
    const uint32_t t = trigger.tokens.begin;
    if (trigger.form != VerbForm::kBase || trigger.tokens.size() > 2 || t <= view_.sentence.tokens.begin)
      return false;
    return IsOneOf(a_.norm(t - 1), {"'s", "'", "the", "a", "an", "its", "their", "his", "her", "this", "any",
                                    "no", "every", "some", "another"});
  }

  // "serves notice of termination", "the withdrawal period": the noun says what the notice or period is of,
  // not that it happened.
  bool IsNounOfNotice(const LexiconMatch& trigger) const {
    if (trigger.entries.front()->frame != "noun") return false;
    const uint32_t t = trigger.tokens.begin;
    const uint32_t end = trigger.tokens.end;
    if (end < view_.sentence.tokens.end && IsOneOf(a_.norm(end), {"notice", "notices", "letter", "period",
                                                                  "clause", "clauses", "talks", "process"}))
      return true;
    uint32_t of = t;
    while (of > view_.sentence.tokens.begin &&
           IsOneOf(a_.norm(of - 1), {"its", "their", "the", "his", "a", "'s"}))
      --of;
    if (of > view_.sentence.tokens.begin && a_.norm(of - 1) == "of" && IsTold(of)) return true;
    return of >= view_.sentence.tokens.begin + 2 && a_.norm(of - 1) == "of" &&
           IsOneOf(a_.norm(of - 2), {"notice", "notices", "letter", "notification", "notifications",
                                     "instrument", "note", "right", "period", "day", "date"});
  }

  // "notified Oslo of the termination": whether a verb of giving notice stands a few words before `token`.
  bool IsTold(uint32_t token) const {
    for (uint32_t t = token, steps = 0; t-- > view_.sentence.tokens.begin && steps < 8; ++steps) {
      const int32_t trigger = a_.at[t].trigger;
      if (trigger < 0) continue;
      return a_.triggers[trigger].entries.front()->frame == "notice";
    }
    return false;
  }

  // Where those who were read are the ones whom it is done to, the other party: "Pyongyang will be informed",
  // "Warsaw says that the pact has been breached".
  Actors DoersOf(const LexiconMatch& trigger, const LexiconEntry& entry, bool passive, const Actors& actors,
                 int agreement) const {
    if (passive && entry.frame == "notice") return OtherThan(actors, agreement);
    if (entry.event_type != treatywire::v1::EVENT_TYPE_BREACH_ALLEGED) return actors;
    if (entry.frame != "noun" && !passive) return actors;
    const Actors accuser = actors_.AccuserBefore(trigger.tokens.begin);
    const bool of_another = !accuser.ids.empty() && (actors.ids.empty() || actors.ids == accuser.ids);
    return of_another ? OtherThan(accuser, agreement) : actors;
  }

  // The one party to the agreement besides these; nobody where there are more.
  Actors OtherThan(const Actors& actors, int agreement) const {
    Actors others;
    for (const std::string& id : discourse_->entities()[agreement].parties) {
      if (std::find(actors.ids.begin(), actors.ids.end(), id) == actors.ids.end()) others.ids.push_back(id);
    }
    return others.ids.size() == 1 ? others : Actors{};
  }

  void Emit(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index, bool passive,
            Actors actors, const std::vector<int>& agreements) {
    if (HasFlag(entry, "joint")) actors_.AddPartners(trigger, clause_index, &actors);
    ReadEvent event;
    event.type = entry.event_type;
    event.modality = ModalityOf(trigger, entry, clause_index);
    if (event.type == treatywire::v1::EVENT_TYPE_NOTICE_REVOKED) {
      // The end that had been decided is not coming.
      event.type = treatywire::v1::EVENT_TYPE_TERMINATED;
      event.modality = treatywire::v1::MODALITY_DENIED;
    }
    if (HasFlag(entry, "reject")) event.modality = treatywire::v1::MODALITY_ASSERTED;
    event.actors = actors.ids;
    event.actor_mentions = actors.mentions;
    event.all_parties = actors.all_parties;
    event.many_actors = actors.many;
    if (event.type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE && entry.frame == "object")
      event.actors.clear();
    event.cue = trigger.tokens;
    event.sentence = view_.index;
    event.joint = HasFlag(entry, "joint");
    event.leave = HasFlag(entry, "leave");
    event.from_title = view_.block.kind == BlockKind::kTitle;
    event.confidence = ConfidenceIn(entry, actors, event);
    const std::vector<EventDate> dates =
        dater_.DatesOf({trigger.tokens, trigger.form, passive, event.type, event.modality});
    // "Either side can cancel it": what the text of the agreement allows, no event.
    const TokenSpan clause = view_.clauses[clause_index].tokens;
    if (event.modality == treatywire::v1::MODALITY_POSSIBLE && event.leave &&
        view_.PairSpokenOf(clause.begin, trigger.tokens.begin))
      return;
    if (IsRangeOverSeveral(event.type, agreements.size(), dates.front())) return;
    for (size_t i = 0; i < agreements.size(); ++i) {
      event.agreement = agreements[i];
      if (actors.unnamed)
        event.actors = actors.ids = StateOfOrgan(actors, event.agreement, trigger.tokens.begin);
      AddJointParties(event, actors.ids, agreements.size() == 1);
      // "the three left": of a convention it is those three, not all its parties.
      const AgreementEntity& entity = discourse_->entities()[event.agreement];
      if (actors.all_parties && (entity.multilateral || entity.parties.size() < 2) && !actors.group.empty())
        event.actors = actors.group;
      discourse_->AddDoers(event.agreement, event.actors);
      if (entry.frame == "noun") noun_events_.push_back(out_->size());
      AddDated(trigger, event, dates, i, agreements.size());
      if (EndsByRefusal(trigger, event)) out_->push_back(EndOf(out_->back()));
    }
    if (agreements.size() > 1) {
      discourse_->TouchGroup(agreements, trigger.tokens.begin);
    } else {
      discourse_->Touch(agreements.front(), trigger.tokens.begin);
    }
  }

  // The event of the agreement number `index` of `count`, once for each of its dates. "signed on the 22nd and
  // the 23rd": each agreement on its day; "Oslo and Bern left on 3 and 9 July": each party; "amended in 1995
  // and in 2001": one agreement twice.
  void AddDated(const LexiconMatch& trigger, const ReadEvent& event, const std::vector<EventDate>& dates,
                size_t index, size_t count) {
    const PartyIds listed = dates.size() > 1 ? ActorsInOrder(event) : PartyIds{};
    const bool each_actor = listed.size() == dates.size() && !IsJointAct(event);
    if (each_actor && count > 1) return AddOfOwner(trigger, event, dates, listed);
    const bool by_agreement = dates.size() == count;
    const bool all = count == 1 && !IsSigning(event.type);
    const size_t first = by_agreement ? index : 0;
    const size_t last = by_agreement ? index + 1 : each_actor || all ? dates.size() : 1;
    for (size_t d = first; d < last; ++d) {
      AddOn(trigger, event, dates[d], each_actor && !by_agreement ? PartyIds{listed[d]} : event.actors);
    }
  }

  // "Canada and Fiji suspended theirs on 3 and 9 July": the day of the party whose agreement it is.
  void AddOfOwner(const LexiconMatch& trigger, const ReadEvent& event, const std::vector<EventDate>& dates,
                  const PartyIds& listed) {
    for (size_t p = 0; p < listed.size(); ++p) {
      if (discourse_->HasParty(event.agreement, listed[p]))
        return AddOn(trigger, event, dates[p], {listed[p]});
    }
    AddOn(trigger, event, dates.front(), event.actors);
  }

  void AddOn(const LexiconMatch& trigger, ReadEvent event, const EventDate& date, const PartyIds& actors) {
    event.actors = actors;
    SetDate(date, &event);
    SetSigned(trigger, event);
    out_->push_back(std::move(event));
  }

  // Whether the parties of a bilateral agreement do it together.
  bool IsJointAct(const ReadEvent& event) const {
    return event.joint && !discourse_->entities()[event.agreement].multilateral;
  }

  PartyIds ActorsInOrder(const ReadEvent& event) const {
    std::vector<int> mentions = event.actor_mentions;
    std::sort(mentions.begin(), mentions.end());
    PartyIds ordered;
    for (const int mention : mentions) AddIds(a_.parties[mention].ids, &ordered);
    return ordered;
  }

  // "three agreements signed between 1989 and 2000": says when none of them was.
  static bool IsRangeOverSeveral(EventType type, size_t agreements, const EventDate& date) {
    return IsSigning(type) && agreements > 1 && date.date.granularity == Granularity::kInterval;
  }

  // Who does a joint act is party to the agreement.
  void AddJointParties(const ReadEvent& event, const PartyIds& actors, bool alone) {
    if (event.joint && event.type != treatywire::v1::EVENT_TYPE_NEGOTIATED)
      discourse_->AddParties(event.agreement, actors);
    if (event.type == treatywire::v1::EVENT_TYPE_SIGNED) {
      for (const std::string& id : actors) discourse_->NameFormer(event.agreement, id);
    }
    if (event.joint && event.type == treatywire::v1::EVENT_TYPE_NEGOTIATED && actors.size() >= 2) {
      discourse_->AddParties(event.agreement, actors);
    }
    AgreementEntity& entity = discourse_->entities()[event.agreement];
    if (event.type == treatywire::v1::EVENT_TYPE_SIGNED && actors.size() > 2 && alone &&
        !entity.fixed_parties) {
      entity.multilateral = true;
      discourse_->AddParties(event.agreement, actors);
    }
  }

  Modality ModalityOf(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index) const {
    TokenSpan words = trigger.tokens;
    // "The signing of the pact is planned for May": the predicate follows the noun.
    if (entry.frame == "noun" && IsSubjectNoun(words.begin, clause_index)) {
      const uint32_t end = view_.clauses[clause_index].tokens.end;
      uint32_t object_end = words.end;
      for (const AgreementPhrase& phrase : view_.phrases) {
        if (!phrase.pronoun && phrase.tokens.begin <= words.end + 1 && phrase.tokens.end > words.end)
          object_end = phrase.tokens.end;
      }
      words.begin = words.end = std::min(end, object_end + kPredicateTokens);
    }
    return ReadModality(a_, view_.clauses, clause_index, {words, trigger.form, entry.value});
  }

  // Whether no predicate stands before the noun in its clause.
  bool IsSubjectNoun(uint32_t noun, size_t clause_index) const {
    for (uint32_t t = view_.clauses[clause_index].tokens.begin; t < noun; ++t) {
      if (a_.IsAuxiliary(t) && a_.norm(t) != "'s") return false;
      const int32_t trigger = a_.at[t].trigger;
      if (trigger >= 0 && a_.triggers[trigger].form != VerbForm::kNone) return false;
      for (const Cue* cue : a_.CuesIn({t, t + 1})) {
        if (cue->form != VerbForm::kNone) return false;
      }
    }
    return true;
  }

  // "The Senate has ratified it": of the agreement's parties the one that the text named last; else the
  // guess.
  PartyIds StateOfOrgan(const Actors& organ, int agreement, uint32_t token) const {
    const AgreementEntity& entity = discourse_->entities()[agreement];
    if (entity.multilateral || entity.parties.size() < 2) return organ.ids;
    const bool fits = std::any_of(organ.ids.begin(), organ.ids.end(),
                                  [&](const std::string& id) { return discourse_->HasParty(agreement, id); });
    for (uint32_t t = token; !fits && t-- > 0;) {
      const int32_t p = a_.at[t].party;
      if (p < 0 || a_.parties[p].ids.size() != 1 ||
          !discourse_->HasParty(agreement, a_.parties[p].ids.front()))
        continue;
      return a_.parties[p].ids;
    }
    return organ.ids;
  }

  // "will not be renewed": the agreement then runs out.
  bool EndsByRefusal(const LexiconMatch& trigger, const ReadEvent& event) const {
    if (event.type != treatywire::v1::EVENT_TYPE_REJECTED || a_.norm(trigger.tokens.begin) != "will")
      return false;
    return IsOneOf(a_.norm(trigger.tokens.end - 1),
                   {"renew", "renewed", "extend", "extended", "prolong", "prolonged"});
  }

  static ReadEvent EndOf(const ReadEvent& refusal) {
    ReadEvent end = refusal;
    end.type = treatywire::v1::EVENT_TYPE_EXPIRED;
    end.modality = treatywire::v1::MODALITY_PLANNED;
    end.actors.clear();
    end.actor_mentions.clear();
    end.date = UncertainDate();
    end.date_surface.clear();
    end.confidence *= 0.8;
    return end;
  }

  // How far to trust what was read. The factors are set by hand, so that precision falls with confidence on
  // annotated news; they are no probabilities.
  double ConfidenceIn(const LexiconEntry& entry, const Actors& actors, const ReadEvent& event) const {
    double confidence = 0.9;
    if (HasFlag(entry, "weak")) confidence *= 0.8;
    if (entry.frame == "noun" || entry.frame == "notice") confidence *= 0.85;
    if (objects_.understood()) confidence *= 0.8;
    if (event.from_title) confidence *= 0.85;
    if (actors.empty() && entry.frame != "subject" && !event.joint) confidence *= 0.9;
    if (event.modality != treatywire::v1::MODALITY_ASSERTED) confidence *= 0.9;
    return confidence;
  }

  // Sets date and, for what is yet to come, the modality.
  static void SetDate(const EventDate& found, ReadEvent* event) {
    event->date = found.date;
    event->date_surface = found.surface;
    event->instrument = found.instrument;
    if (found.ahead && event->modality == treatywire::v1::MODALITY_ASSERTED)
      event->modality = treatywire::v1::MODALITY_PLANNED;
  }

  void SetSigned(const LexiconMatch& trigger, const ReadEvent& event) {
    if (!IsSigning(event.type) || event.modality != treatywire::v1::MODALITY_ASSERTED) return;
    AgreementEntity& entity = discourse_->entities()[event.agreement];
    if (entity.signed_date.empty() && !event.date.empty() && event.date.basis != DateBasis::kPublication) {
      entity.signed_date = event.date;
      entity.signed_surface = event.date_surface;
    }
    if (!entity.signed_place.empty()) return;
    for (uint32_t t = trigger.tokens.end; t + 1 < std::min(view_.sentence.tokens.end, trigger.tokens.end + 4);
         ++t) {
      if (a_.norm(t) != "in" && a_.norm(t) != "at") continue;
      uint32_t end = t + 1;
      while (end < view_.sentence.tokens.end && a_.token(end).is_word && a_.token(end).capitalized &&
             a_.at[end].date < 0)
        ++end;
      if (end > t + 1) entity.signed_place = a_.document.Text({t + 1, end});
      return;
    }
  }

  // "Ratified by:" and a list of parties: an item without words of its own repeats the act of the line before
  // the list.
  void ReadListItem() {
    const bool item = view_.block.kind == BlockKind::kListItem || view_.block.kind == BlockKind::kParagraph;
    if (!item || out_->empty()) return;
    const TokenSpan tokens = view_.sentence.tokens;
    const PartyList parties = ReadPartyList(a_, tokens.begin, tokens.end);
    if (parties.ids.empty()) return;
    for (uint32_t t = parties.next; t < tokens.end; ++t) {
      if (a_.token(t).is_word && a_.at[t].date < 0 && !a_.IsFunctionWord(t)) return;
    }
    const ReadEvent model = out_->back();
    const Sentence& told = a_.document.sentences[model.sentence];
    const BlockKind kind = a_.document.blocks[told.block].kind;
    const bool opens = kind == BlockKind::kHeading || a_.norm(told.tokens.end - 1) == ":";
    if (kind != BlockKind::kListItem && !opens) return;
    if (view_.block.kind == BlockKind::kParagraph &&
        (kind != BlockKind::kHeading || told.block + 1 != view_.sentence.block))
      return;
    if (kind == BlockKind::kListItem &&
        (told.block + 1 != view_.sentence.block || model.cue.begin >= told.tokens.begin))
      return;
    for (uint32_t b = told.block + 1; b < view_.sentence.block; ++b) {
      if (a_.document.blocks[b].kind != BlockKind::kListItem) return;
    }
    ReadEvent event = model;
    event.actors = parties.ids;
    event.actor_mentions = parties.mentions;
    event.sentence = view_.index;
    event.confidence = model.confidence * 0.9;
    SetDate(dater_
                .DatesOf({TokenSpan{tokens.begin, parties.next}, VerbForm::kNone, false, event.type,
                          event.modality})
                .front(),
            &event);
    out_->push_back(std::move(event));
  }

  // "The agreements with France date back to 1997, with Portugal from 1994": another partner and its date
  // repeat the act for the agreement with that one.
  void ReadGappedPartners(size_t before) {
    const size_t told = out_->size();
    for (size_t e = before; e < told; ++e) {
      const ReadEvent model = (*out_)[e];
      if (!model.from_phrase && !model.date.empty()) ReadGappedPartnersOf(model);
    }
  }

  // Up to the next verb.
  void ReadGappedPartnersOf(const ReadEvent& model) {
    for (uint32_t t = model.cue.end; t < view_.sentence.tokens.end; ++t) {
      if (a_.at[t].trigger >= 0 && !view_.InsideCore(t)) return;
      const bool with = a_.norm(t) == "with";
      if (!with && !ContinuesPartners(t, model)) continue;
      const PartyList partners = ReadPartyList(a_, with ? t + 1 : t, view_.sentence.tokens.end);
      const int date = partners.ids.empty() ? -1 : DateRightAfter(partners.next);
      if (date < 0) continue;
      for (const std::string& partner : partners.ids) {
        ReadEvent repeated = model;
        repeated.agreement = AgreementWith(partner, model, with ? model.cue.begin : t);
        if (repeated.agreement < 0) continue;
        SetDate(dater_.Read(date, {model.cue, VerbForm::kNone, false, model.type, model.modality}),
                &repeated);
        repeated.confidence = model.confidence * 0.9;
        LexiconMatch words;
        words.tokens = model.cue;
        SetSigned(words, repeated);
        out_->push_back(std::move(repeated));
      }
    }
  }

  // "signed treaties with Chile in 1998, Peru in 1999": another partner, of whom no "with" says so.
  bool ContinuesPartners(uint32_t t, const ReadEvent& model) const {
    const int32_t p = a_.at[t].party;
    if (p < 0 || a_.parties[p].tokens.begin != t || a_.parties[p].ids.size() != 1) return false;
    if (!model.joint || discourse_->entities()[model.agreement].multilateral) return false;
    const int phrase = view_.PhraseBefore(view_.sentence.tokens.begin, t, false);
    return phrase >= 0 && view_.phrases[phrase].plural && !view_.phrases[phrase].partners.empty() &&
           IsOneOf(a_.norm(t - 1), {",", "and", ";"}) &&
           !discourse_->HasParty(model.agreement, a_.parties[p].ids.front());
  }

  // The date a few words after `token`, if it says when something happened; -1 for none.
  int DateRightAfter(uint32_t token) const {
    for (uint32_t t = token; t < std::min(token + kMaxGapTokens, view_.sentence.tokens.end); ++t) {
      const int32_t date = a_.at[t].date;
      if (date >= 0) return dater_.IsEventDate(date) ? date : -1;
    }
    return -1;
  }

  // The agreement of the same kind that one party of `model`'s has with `partner`, as the last phrase before
  // `end` names it; -1 where it cannot be told.
  int AgreementWith(const std::string& partner, const ReadEvent& model, uint32_t end) {
    const PartyIds pair = discourse_->entities()[model.agreement].parties;
    const int p = view_.PhraseBefore(view_.sentence.tokens.begin, end, false);
    if (p < 0 || pair.empty()) return -1;
    AgreementPhrase phrase = view_.phrases[p];
    PartyIds owners;
    for (const std::string& id : pair) {
      if (std::find(phrase.partners.begin(), phrase.partners.end(), id) == phrase.partners.end())
        owners.push_back(id);
    }
    phrase.parties.clear();
    phrase.dates.clear();
    phrase.plural = false;
    phrase.partners = {partner};
    PhraseContext context;
    context.owners = {owners.empty() ? pair.front() : owners.front()};
    context.owners_named = true;
    const std::vector<int> found = discourse_->Resolve(phrase, context);
    return found.size() == 1 && found.front() != model.agreement ? found.front() : -1;
  }

  // An agreement that the sentence brought up without telling its parties: the two that the sentence names.
  void CompleteFromSentence(size_t known) {
    for (size_t e = known; e < discourse_->entities().size(); ++e) {
      const AgreementEntity& entity = discourse_->entities()[e];
      if (entity.multilateral && entity.title.empty() && entity.parties.empty() &&
          last_actors_->ids.size() > 2) {
        // "A tripartite agreement will be signed": by those of the sentence before.
        discourse_->AddParties(static_cast<int>(e), last_actors_->ids);
      }
      if (entity.multilateral || entity.parties.size() >= 2) continue;
      PartyIds named = entity.parties;
      for (uint32_t t = view_.sentence.tokens.begin; t < view_.sentence.tokens.end; ++t) {
        const int32_t p = a_.at[t].party;
        if (p >= 0 && !a_.parties[p].place) AddIds(a_.parties[p].ids, &named);
      }
      // "The two have drawn a line of their own, in an agreement of 2020": those of the sentence before.
      const bool pair = view_.PairSpokenOf(view_.sentence.tokens.begin, view_.sentence.tokens.end);
      if (named.size() < 2 && pair && last_actors_->ids.size() == 2) named = last_actors_->ids;
      if (named.size() == 2) discourse_->AddParties(static_cast<int>(e), named);
    }
  }

  const Annotation& a_;
  const SentenceView view_;
  const ActorFinder actors_;
  PhraseMeanings meanings_;
  ObjectFinder objects_;
  EventDater dater_;
  Discourse* discourse_;
  Actors* last_actors_;
  std::vector<ReadEvent>* out_;
  std::vector<size_t> noun_events_;  // indices in *out_ of acts told by a noun
};

}  // namespace

std::vector<ReadEvent> ReadEvents(const Annotation& annotation, std::optional<absl::CivilDay> publish_day,
                                  Discourse* discourse) {
  std::vector<ReadEvent> events;
  const NewsDay news = FindNewsDay(annotation, publish_day);
  Actors last_actors;
  TableReader tables(annotation, news.written, discourse, &events);
  auto read = [&](bool titles) {
    for (uint32_t s = 0; s < annotation.document.sentences.size() && events.size() < kMaxEvents; ++s) {
      tables.ReadBefore(annotation.document.sentences[s].tokens.begin);
      const Block& block = annotation.document.blocks[annotation.document.sentences[s].block];
      if (block.kind == BlockKind::kTableRow || (block.kind == BlockKind::kTitle) != titles) continue;
      SentenceReader(annotation, news, s, discourse, &last_actors, &events).Read();
    }
  };
  read(false);
  tables.ReadBefore(static_cast<uint32_t>(annotation.document.tokens.size()));
  // The title last: it speaks of what the text names, above all of what it names most.
  int main_agreement = -1;
  for (size_t e = 0; e < discourse->entities().size(); ++e) {
    if (main_agreement < 0 ||
        discourse->entities()[e].mentions > discourse->entities()[main_agreement].mentions) {
      main_agreement = static_cast<int>(e);
    }
  }
  if (main_agreement >= 0) discourse->Touch(main_agreement, 0);
  last_actors = Actors();
  read(true);
  return events;
}

}  // namespace treatywire::ingest
