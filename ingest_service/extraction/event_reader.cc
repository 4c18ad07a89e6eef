#include "ingest_service/extraction/event_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest_service/extraction/act_manner.h"
#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/dated_act.h"
#include "ingest_service/extraction/doer_list.h"
#include "ingest_service/extraction/event_date.h"
#include "ingest_service/extraction/gapped_object.h"
#include "ingest_service/extraction/list_context.h"
#include "ingest_service/extraction/listed_act.h"
#include "ingest_service/extraction/modality.h"
#include "ingest_service/extraction/news_day.h"
#include "ingest_service/extraction/noun_predicate.h"
#include "ingest_service/extraction/object_finder.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/own_agreement.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/phrase_meanings.h"
#include "ingest_service/extraction/repeated_act.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/extraction/signed_date.h"
#include "ingest_service/extraction/spoken_pair.h"
#include "ingest_service/extraction/table_reader.h"
#include "ingest_service/extraction/told_act.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::EventType;
using treatywire::v1::Modality;

// An article that takes longer to name an agreement began with something else.
constexpr size_t kMaxEarlySentences = 2;

// Reads one sentence, trigger by trigger.
class SentenceReader {
 public:
  SentenceReader(const Annotation& annotation, const NewsDay& news, uint32_t index, Discourse* discourse,
                 Actors* last_actors, std::vector<ReadEvent>* out)
      : a_(annotation),
        view_(annotation, index),
        actors_(view_, *last_actors),
        meanings_(view_, actors_, discourse, out),
        objects_(view_, *discourse, &meanings_),
        dater_(view_, news, *out),
        discourse_(discourse),
        last_actors_(last_actors),
        out_(out) {}

  // Once more, now that an agreement is known that the sentence may be about: words that mean other things as
  // well do not count.
  void ReadAgain() {
    again_ = true;
    Read();
  }

  void Read() {
    const TokenSpan tokens = view_.sentence.tokens;
    const size_t before = out_->size();
    const size_t known = discourse_->entities().size();
    size_t read = 0;
    BringUpListed();
    for (auto trigger = FirstTrigger(); trigger != a_.triggers.end() && trigger->tokens.begin < tokens.end;
         ++trigger) {
      if (out_->size() >= kMaxEvents) break;
      meanings_.ResolveUpTo(trigger->tokens.begin);
      if (IsPartOfPhrase(*trigger)) continue;
      if (++read > kMaxSentenceTriggers) break;
      ReadTrigger(*trigger);
    }
    meanings_.ResolveUpTo(tokens.end);
    meanings_.TellApart();
    ReadListedActs(view_, before, &dater_, discourse_, out_);
    ReadGappedObjects(view_, before, &dater_, &meanings_, discourse_, out_);
    ReadRepeatedActs(view_, actors_, before, &dater_, discourse_, out_);
    CompleteFromSentence(known);
    ReturnToTopic(before);
    *last_actors_ = actors_.ActorsForNext();
  }

 private:
  // The first of the sentence, or of those behind it: they lie by first token and do not overlap.
  std::vector<LexiconMatch>::const_iterator FirstTrigger() const {
    return std::lower_bound(
        a_.triggers.begin(), a_.triggers.end(), view_.sentence.tokens.begin,
        [](const LexiconMatch& trigger, uint32_t begin) { return trigger.tokens.begin < begin; });
  }

  // "Chile: signed in 2001, ended in 2010", "Chile. Signed in 2001" in a list of "Peru's treaties": the item
  // is about the one with Chile.
  void BringUpListed() {
    const TokenSpan tokens = view_.sentence.tokens;
    if (tokens.empty() || a_.at[tokens.begin].party < 0) return;
    const PartyList partner = ReadPartyList(a_, tokens.begin, tokens.end);
    if (partner.ids.size() != 1) return;
    const bool alone =
        partner.next >= tokens.end || (partner.next + 1 == tokens.end && a_.norm(partner.next) == ".");
    if (!alone && !IsOneOf(a_.norm(partner.next), {":", "-", "("})) return;
    std::optional<AgreementPhrase> phrase = PluralOverList(view_);
    if (!phrase || phrase->parties == partner.ids) return;
    phrase->plural = false;
    phrase->count = 0;
    AddIds(partner.ids, &phrase->parties);
    const std::vector<int> found = discourse_->Resolve(*phrase, PhraseContext{});
    if (found.size() == 1) discourse_->Touch(found.front(), tokens.begin);
  }

  // "Oslo left the pact in 2007, complaining that others never ratified the Palma Protocol": the text goes on
  // about the pact. What only a clause that hangs on the main one names is said in passing.
  void ReturnToTopic(size_t before) {
    int topic = -1;
    for (size_t e = before; e < out_->size() && topic < 0; ++e) {
      const ReadEvent& event = (*out_)[e];
      if (event.sentence != view_.index || event.from_phrase) continue;
      if (view_.clauses[view_.ClauseOf(event.cue.begin)].opener != ClauseOpener::kStart) return;
      topic = event.agreement;
    }
    const int focus = discourse_->Focus({});
    if (topic < 0 || focus < 0 || focus == topic) return;
    for (size_t p = 0; p < view_.phrases.size(); ++p) {
      if (view_.phrases[p].pronoun || view_.phrases[p].tokens.begin < view_.sentence.tokens.begin) continue;
      const std::vector<int>& meant = meanings_.Of(p);
      if (std::find(meant.begin(), meant.end(), focus) == meant.end()) continue;
      if (!IsSubordinate(view_.clauses[view_.ClauseOf(view_.phrases[p].core.begin)].opener)) return;
    }
    discourse_->Touch(topic, view_.sentence.tokens.end - 1);
  }

  static bool IsSubordinate(ClauseOpener opener) {
    return opener == ClauseOpener::kRelative || opener == ClauseOpener::kReason ||
           opener == ClauseOpener::kTime || opener == ClauseOpener::kThat ||
           opener == ClauseOpener::kParenthesis || opener == ClauseOpener::kCondition;
  }

  void ReadTrigger(LexiconMatch trigger) {
    const size_t clause_index = view_.ClauseOf(trigger.tokens.begin);
    const bool nominal = IsNominal(trigger);
    if (nominal) trigger.form = VerbForm::kNone;
    const VerbGroup group = ReadVerbGroup(view_, trigger);
    if (TellsNoAct(view_, actors_, trigger, group, clause_index)) return;
    if (TakesEffect(trigger, clause_index) || EndsTalks(trigger, group, clause_index)) return;
    const bool passive = group.passive;
    for (const LexiconEntry* entry : trigger.entries) {
      if (nominal && entry->frame != TriggerFrame::kNoun) continue;
      if (again_ && entry->flags.Has(TriggerFlag::kWeak)) continue;
      // "nothing is left to sell", "troops were withdrawn": what is left or withdrawn is no party.
      const bool label = trigger.tokens.end < view_.sentence.tokens.end && a_.norm(trigger.tokens.end) == ":";
      if (group.passive && entry->frame == TriggerFrame::kActor && trigger.gap.empty() && !label) continue;
      // "pulled its troops out": nobody left.
      if (entry->flags.Has(TriggerFlag::kParty) && !HoldsParty(trigger.gap)) continue;
      Actors actors = actors_.ByFrame(trigger, *entry, group, clause_index);
      if (actors.many || (actors.ids.empty() && !actors.all_parties) || IsOfThose(view_, clause_index)) {
        const Actors listed = DoersListedAfter(view_, trigger);
        if (!listed.empty()) actors = listed;
        if (listed.empty() && entry->flags.Has(TriggerFlag::kListed)) continue;
      }
      const bool object_passive =
          passive && (entry->frame == TriggerFrame::kObject || entry->frame == TriggerFrame::kNotice);
      std::vector<int> agreements =
          entry->frame == TriggerFrame::kNotice
              ? objects_.Notified(trigger, *entry, clause_index)
              : objects_.ByFrame(trigger, *entry, clause_index, object_passive, actors);
      if (agreements.empty() || objects_.understood()) {
        const std::vector<int> own = OneOfTheSort(view_, trigger, *entry, actors.ids, discourse_);
        if (!own.empty()) agreements = own;
      }
      agreements = InBeing(*entry, agreements);
      if (IsTalkWithOthers(trigger, *entry, agreements)) continue;
      if (agreements.empty() || !IsForOrgan(trigger, *entry, actors)) continue;
      if (IsDepartureOfPerson(*entry, actors)) continue;
      // "What is left": somebody leaves, or nothing is said.
      if (entry->frame == TriggerFrame::kActor && entry->flags.Has(TriggerFlag::kWeak) && actors.empty())
        continue;
      Emit(trigger, *entry, clause_index, passive,
           DoersOf(trigger, *entry, passive, actors, agreements.front()), agreements);
      return;
    }
  }

  // "the withdrawal agreement": the words name an agreement; not "instruments were exchanged", which go on.
  bool IsPartOfPhrase(const LexiconMatch& trigger) const {
    return std::any_of(view_.phrases.begin(), view_.phrases.end(), [&](const AgreementPhrase& phrase) {
      return !phrase.pronoun && phrase.core.Contains(trigger.tokens.begin) &&
             phrase.core.end >= trigger.tokens.end;
    });
  }

  bool HoldsParty(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      if (a_.at[t].party >= 0 && !a_.parties[a_.at[t].party].ids.empty()) return true;
    }
    return false;
  }

  // "the minister quit in May": his office, where no agreement is named.
  bool IsDepartureOfPerson(const LexiconEntry& entry, const Actors& actors) const {
    if (entry.frame != TriggerFrame::kActor || !entry.flags.Has(TriggerFlag::kWeak) || !objects_.understood())
      return false;
    return !actors.mentions.empty() &&
           std::all_of(actors.mentions.begin(), actors.mentions.end(),
                       [this](int m) { return a_.parties[m].role == PartyRole::kPerson; });
  }

  // "goes to the Senate", "must still vote on it": said of an organ of state, or of something else than the
  // agreement.
  bool IsForOrgan(const LexiconMatch& trigger, const LexiconEntry& entry, const Actors& actors) const {
    if (!entry.flags.Has(TriggerFlag::kOrgan) && !entry.flags.Has(TriggerFlag::kOpen)) return true;
    const bool seat = a_.norm(trigger.tokens.end - 1) == "in";  // "is stuck in Rome"
    return actors.all_parties ||
           std::any_of(actors.mentions.begin(), actors.mentions.end(), [this, seat](int m) {
             return a_.parties[m].role == PartyRole::kBody || (seat && a_.parties[m].place);
           });
  }

  // "Talks between Oslo and Bern on a treaty collapsed": it is the talks that ended. Returns whether it was
  // so.
  bool EndsTalks(const LexiconMatch& trigger, const VerbGroup& group, size_t clause_index) {
    const EventType type = trigger.entries.front()->event_type;
    const bool ends = type == treatywire::v1::EVENT_TYPE_TERMINATED ||
                      type == treatywire::v1::EVENT_TYPE_WITHDRAWN ||
                      type == treatywire::v1::EVENT_TYPE_SUSPENDED;
    if (noun_events_.empty() || trigger.form == VerbForm::kNone) return false;
    ReadEvent& talks = (*out_)[noun_events_.back()];
    // "The signing of the pact was called off": so is the signing, not the pact.
    const bool signing = ends && talks.type == treatywire::v1::EVENT_TYPE_SIGNED &&
                         talks.modality == treatywire::v1::MODALITY_DENIED && talks.sentence == view_.index;
    if (signing && PredicateOf(view_, talks.cue, clause_index) == group.begin) return true;
    if (talks.type != treatywire::v1::EVENT_TYPE_NEGOTIATED || talks.sentence != view_.index) return false;
    if (!LeadsTo(PredicateOf(view_, talks.cue, clause_index), group.begin)) return false;
    // "The talks had begun in 2018 and broke down twice" tells both.
    if (HasOwnVerb(a_, talks.cue)) return ends;
    // "Talks with Oslo were concluded in May": the talks, not yet the treaty.
    if (type == treatywire::v1::EVENT_TYPE_SIGNED &&
        IsOneOf(a_.norm(trigger.tokens.begin), {"concluded", "wrapped"})) {
      SetDate(
          dater_.DatesOf({trigger.tokens, trigger.form, group.passive, talks.type, talks.modality}).front(),
          &talks);
      return true;
    }
    // "Talks on a treaty are due to start in March": not its application.
    const bool goes_on =
        type == treatywire::v1::EVENT_TYPE_RESUMED || type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE;
    if (!ends && !goes_on) return false;
    talks.modality = ReadModality(a_, view_.clauses, clause_index, {trigger.tokens, trigger.form, {}});
    SetDate(dater_.DatesOf({trigger.tokens, trigger.form, group.passive, talks.type, talks.modality}).front(),
            &talks);
    const uint32_t next = trigger.tokens.end;
    const bool in_vain =
        next < view_.sentence.tokens.end && IsOneOf(a_.norm(next), {"without", "inconclusively"});
    const bool failed = ends && (a_.norm(trigger.tokens.begin) != "ended" || in_vain);
    if (failed && talks.modality == treatywire::v1::MODALITY_ASSERTED)
      talks.modality = treatywire::v1::MODALITY_DENIED;
    return true;
  }

  // "are due to start": whether the verb at `verb` is what the predicate that begins at `predicate` says.
  bool LeadsTo(uint32_t predicate, uint32_t verb) const {
    while (predicate < verb && (a_.IsAuxiliary(predicate) || a_.IsAdverb(predicate) ||
                                IsOneOf(a_.norm(predicate), {"due", "set", "expected", "scheduled", "planned",
                                                             "likely", "about", "to"})))
      ++predicate;
    return predicate == verb;
  }

  // "Lithuania's withdrawal from the pact took effect on 6 March": says when the act told by the noun takes
  // place, not that the pact came into force. Returns whether it did.
  bool TakesEffect(const LexiconMatch& trigger, size_t clause_index) {
    const LexiconEntry& entry = *trigger.entries.front();
    const bool effect = entry.event_type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE;
    const bool halt = entry.event_type == treatywire::v1::EVENT_TYPE_SUSPENDED;
    if ((!effect && !halt) || entry.frame != TriggerFrame::kSubject) return false;
    if (effect && (NoticeTakesEffect(trigger, clause_index) || LeavingTakesEffect(trigger))) return true;
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
    act.modality = ReadModality(a_, view_.clauses, clause_index, {trigger.tokens, trigger.form, {}});
    SetDate(dater_.DatesOf({trigger.tokens, trigger.form, /*passive=*/false, act.type, act.modality}).front(),
            &act);
    for (size_t e = noun_events_.back() + 1; e < out_->size(); ++e) {
      (*out_)[e].date = act.date;
      (*out_)[e].date_surface = act.date_surface;
      (*out_)[e].modality = act.modality;
    }
    return true;
  }

  // "a withdrawal takes effect after a year": said of any.
  bool LeavingTakesEffect(const LexiconMatch& trigger) const {
    const uint32_t verb = ReadVerbGroup(view_, trigger).begin;
    if (verb < view_.sentence.tokens.begin + 2 || a_.at[verb - 1].trigger < 0) return false;
    const LexiconMatch& noun = a_.triggers[a_.at[verb - 1].trigger];
    if (noun.tokens.begin <= view_.sentence.tokens.begin) return false;
    return noun.entries.front()->frame == TriggerFrame::kNoun &&
           noun.entries.front()->flags.Has(TriggerFlag::kLeave) &&
           IsOneOf(a_.norm(noun.tokens.begin - 1), {"a", "an", "any", "each", "every", "such"});
  }

  // "The notice was handed over in June. It becomes effective a year later": the leaving does, not the
  // agreement that is left. Returns whether it was so.
  bool NoticeTakesEffect(const LexiconMatch& trigger, size_t clause_index) {
    const VerbGroup group = ReadVerbGroup(view_, trigger);
    const bool to_come = trigger.form == VerbForm::kThird || trigger.form == VerbForm::kBase;
    if (!IsOfNotice(group.begin, /*pronoun=*/to_come)) return false;
    const ReadEvent* told = nullptr;
    for (size_t e = out_->size(); e-- > 0 && told == nullptr;) {
      const ReadEvent& event = (*out_)[e];
      if (event.from_phrase) continue;
      if (event.sentence + 1 < view_.index) return false;
      told = &event;
    }
    if (told == nullptr || (!told->leave && told->type != treatywire::v1::EVENT_TYPE_NOTIFIED)) return false;
    ReadEvent leaving = *told;
    if (!leaving.leave) leaving.type = treatywire::v1::EVENT_TYPE_WITHDRAWN;
    leaving.leave = true;
    leaving.cue = trigger.tokens;
    leaving.sentence = view_.index;
    leaving.modality = ReadModality(a_, view_.clauses, clause_index, {trigger.tokens, trigger.form, {}});
    SetDate(dater_.DatesOf({trigger.tokens, trigger.form, /*passive=*/false, leaving.type, leaving.modality})
                .front(),
            &leaving);
    if (leaving.date.empty()) return true;
    out_->push_back(std::move(leaving));
    return true;
  }

  // Whether the subject before the verb that begins at `verb` is a notice, a decision or, with `pronoun`,
  // "it".
  bool IsOfNotice(uint32_t verb, bool pronoun) const {
    if (verb <= view_.sentence.tokens.begin) return false;
    const absl::string_view word = a_.norm(verb - 1);
    if (pronoun && IsOneOf(word, {"it", "this", "that", "which"})) return !view_.InsidePhrase(verb - 1);
    return IsOneOf(word, {"notice", "decision", "move", "step", "letter", "measure", "notification", "note"});
  }

  // "Russia's exit", "the end of the pact": a noun that is spelt like the verb.
  bool IsNominal(const LexiconMatch& trigger) const {
    const uint32_t t = trigger.tokens.begin;
    if (trigger.tokens.size() > 2 || t <= view_.sentence.tokens.begin) return false;
    // "on the sidelines"
    if (trigger.form == VerbForm::kThird && trigger.tokens.size() == 1)
      return IsOneOf(a_.norm(t - 1), {"the", "its", "their", "his"});
    if (trigger.form != VerbForm::kBase) return false;
    return IsOneOf(a_.norm(t - 1), {"'s", "'", "the", "a", "an", "its", "their", "his", "her", "this", "any",
                                    "no", "every", "some", "another"});
  }

  // "Pyongyang will be informed", "Spain had its notice in June": the subject gets it.
  bool GetNotice(const LexiconMatch& trigger, const LexiconEntry& entry, bool passive) const {
    if (entry.frame != TriggerFrame::kNotice) return false;
    return passive || a_.norm(trigger.tokens.begin) == "be" ||
           IsOneOf(a_.norm(trigger.tokens.begin), {"was", "were", "is", "are", "been", "being", "had", "has",
                                                   "have", "got", "received", "receives"});
  }

  // Where those who were read are the ones whom it is done to, the other party: "Pyongyang will be informed",
  // "Warsaw says that the pact has been breached".
  Actors DoersOf(const LexiconMatch& trigger, const LexiconEntry& entry, bool passive, const Actors& actors,
                 int agreement) const {
    if (GetNotice(trigger, entry, passive)) return OtherThan(actors, agreement);
    if (entry.event_type != treatywire::v1::EVENT_TYPE_BREACH_ALLEGED) return actors;
    if (entry.frame != TriggerFrame::kNoun && !passive && !IsAccusation(trigger)) return actors;
    const Actors accuser = actors_.AccuserBefore(trigger.tokens.begin);
    const bool of_another = !accuser.ids.empty() && (actors.ids.empty() || actors.ids == accuser.ids);
    return of_another ? OtherThan(accuser, agreement) : actors;
  }

  // "Sofia accused its neighbour of breaking it": who stands before is not who breaks it.
  bool IsAccusation(const LexiconMatch& trigger) const {
    const CueRange cues = a_.CuesIn({view_.sentence.tokens.begin, trigger.tokens.begin});
    return trigger.form == VerbForm::kIng && std::any_of(cues.begin(), cues.end(), [](const Cue* cue) {
             return cue->cue_class == CueClass::kAccuse && cue->form != VerbForm::kNone;
           });
  }

  // The one party to the agreement besides these; nobody where there are more.
  Actors OtherThan(const Actors& actors, int agreement) const {
    Actors others;
    for (PartyId id : discourse_->entities()[agreement].parties) {
      if (!actors.ids.Contains(id)) others.ids.push_back(id);
    }
    return others.ids.size() == 1 ? others : Actors{};
  }

  void Emit(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index, bool passive,
            Actors actors, const std::vector<int>& agreements) {
    if (entry.flags.Has(TriggerFlag::kJoint)) {
      actors_.AddPartners(trigger, clause_index, &actors);
      AddOther(trigger, &actors);
    }
    ReadEvent event;
    const bool many = discourse_->entities()[agreements.front()].multilateral;
    const ActManner manner = MannerOf(view_, trigger, entry, clause_index, actors, many);
    if (!manner.told) return;
    event.type = manner.type;
    event.modality = manner.modality;
    if (event.type == treatywire::v1::EVENT_TYPE_NOTIFIED && IsOfRatification(trigger, agreements.front()))
      event.type = treatywire::v1::EVENT_TYPE_DEPOSITED;
    if (IsOfSuccessor(trigger, entry, passive, agreements)) {
      event.type = treatywire::v1::EVENT_TYPE_SUPERSEDED;
      actors = Actors{};
    }
    event.actors = actors.ids;
    event.actor_mentions = actors.mentions;
    event.all_parties = actors.all_parties;
    const bool joins = event.type == treatywire::v1::EVENT_TYPE_RATIFIED ||
                       event.type == treatywire::v1::EVENT_TYPE_SIGNED ||
                       event.type == treatywire::v1::EVENT_TYPE_ACCEDED ||
                       event.type == treatywire::v1::EVENT_TYPE_DEPOSITED;
    const Actors excepted = joins && event.modality == treatywire::v1::MODALITY_ASSERTED && actors.ids.empty()
                                ? actors_.ExceptedIn(clause_index, trigger.tokens.begin)
                                : Actors{};
    event.many_actors = actors.many || !excepted.ids.empty();
    if (event.type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE && entry.frame == TriggerFrame::kObject)
      event.actors.clear();
    event.cue = trigger.tokens;
    event.sentence = view_.index;
    event.joint = entry.flags.Has(TriggerFlag::kJoint);
    event.leave = entry.flags.Has(TriggerFlag::kLeave);
    event.back = entry.flags.Has(TriggerFlag::kBack);
    event.from_title = view_.block.kind == BlockKind::kTitle;
    event.understood = objects_.understood();
    event.confidence = ConfidenceIn(entry, actors, event);
    std::vector<EventDate> dates =
        dater_.DatesOf({trigger.tokens, trigger.form, passive, event.type, event.modality});
    if (const int day = DateOfMeans(trigger, event); day >= 0)
      dates = {dater_.Read(day, {trigger.tokens, trigger.form, passive, event.type, event.modality})};
    if (manner.undated) dates = {EventDate()};
    if (IsConditional(trigger, event, dates.front(), clause_index)) {
      event.modality = treatywire::v1::MODALITY_POSSIBLE;
      dates = {EventDate()};
    }
    // "Either side can cancel it": what the text of the agreement allows, no event.
    const TokenSpan clause = view_.clauses[clause_index].tokens;
    if (event.modality == treatywire::v1::MODALITY_POSSIBLE && event.leave &&
        view_.PairSpokenOf(clause.begin, trigger.tokens.begin))
      return;
    if (IsRangeOverSeveral(event.type, agreements.size(), dates.front())) return;
    for (size_t i = 0; i < agreements.size(); ++i) {
      event.agreement = agreements[i];
      if (event.joint && entry.frame == TriggerFrame::kObject && !passive && !event.actors.empty())
        AddPartnersOfObject(trigger.tokens.end, clause_index, &event);
      if (actors.unnamed)
        event.actors = actors.ids = StateOfOrgan(actors, event.agreement, trigger.tokens.begin);
      // "the three left": of a convention it is those three, not all its parties.
      const AgreementEntity& entity = discourse_->entities()[event.agreement];
      PartyIds group;
      if (actors.all_parties && (entity.multilateral || entity.parties.size() < 2))
        group = actors_.GroupOf(actors);
      if (!group.empty()) event.actors = group;
      // "Oslo welcomed the signing": who does so is no party.
      if (entry.frame != TriggerFrame::kNoun || !event.understood) {
        AddJointParties(event, group.size() > 2 ? group : actors.ids, agreements.size() == 1);
      }
      // Who is only asked to join is no party.
      if (event.type != treatywire::v1::EVENT_TYPE_ACCEDED ||
          event.modality == treatywire::v1::MODALITY_ASSERTED)
        discourse_->AddDoers(event.agreement, event.actors);
      if (entry.frame == TriggerFrame::kNoun) noun_events_.push_back(out_->size());
      AddDated(trigger, event, dates, i, agreements.size());
      if (EndsByRefusal(trigger, event)) out_->push_back(EndOf(out_->back()));
      if (!excepted.ids.empty()) out_->push_back(DeniedOf(out_->back(), excepted));
    }
    if (agreements.size() > 1) {
      discourse_->TouchGroup(agreements, trigger.tokens.begin);
    } else {
      discourse_->Touch(agreements.front(), trigger.tokens.begin);
    }
  }

  // "The new treaty scraps that of 1998": an agreement that ends another replaces it.
  bool IsOfSuccessor(const LexiconMatch& trigger, const LexiconEntry& entry, bool passive,
                     const std::vector<int>& agreements) {
    if (entry.event_type != treatywire::v1::EVENT_TYPE_TERMINATED || passive || agreements.size() != 1 ||
        entry.frame != TriggerFrame::kObject)
      return false;
    const VerbGroup group = ReadVerbGroup(view_, trigger);
    if (group.shape != VerbShape::kFinite) return false;
    for (size_t p = 0; p < view_.phrases.size(); ++p) {
      const AgreementPhrase& phrase = view_.phrases[p];
      if (phrase.tokens.end != group.begin && phrase.core.end != group.begin) continue;
      // "It" may be the state that acted last.
      if (phrase.pronoun && last_actors_->ids.size() == 1) return false;
      const std::vector<int>& subject = meanings_.Of(p);
      return subject.size() == 1 && subject.front() != agreements.front();
    }
    return false;
  }

  // "was replaced by a treaty of 1963": the date of what did it; -1 where that has none.
  int DateOfMeans(const LexiconMatch& trigger, const ReadEvent& event) const {
    if (event.type != treatywire::v1::EVENT_TYPE_SUPERSEDED &&
        event.type != treatywire::v1::EVENT_TYPE_AMENDED)
      return -1;
    const uint32_t end = trigger.tokens.end;
    const uint32_t by = a_.norm(end - 1) == "by" ? end - 1 : end;
    if (by >= view_.sentence.tokens.end || a_.norm(by) != "by") return -1;
    const int p = view_.PhraseAfter(by, by + 3, false);
    if (p < 0 || view_.phrases[p].dates.size() != 1 || view_.phrases[p].core.begin > by + 2) return -1;
    return view_.phrases[p].dates.front();
  }

  // "Botswana signed a memorandum with the two": of what more than two make together all are actors.
  void AddPartnersOfObject(uint32_t verb_end, size_t clause_index, ReadEvent* event) {
    const AgreementEntity& entity = discourse_->entities()[event->agreement];
    constexpr size_t kMostTogether = 5;
    if (!entity.multilateral || entity.parties.size() < 3 || entity.parties.size() > kMostTogether) return;
    const int p = view_.PhraseAfter(verb_end, view_.clauses[clause_index].tokens.end, false);
    if (p < 0 || (view_.phrases[p].partners.empty() && view_.phrases[p].with_group == 0)) return;
    AddIds(entity.parties, &event->actors);
  }

  // "Lavrov received his Chilean colleague. They signed …": they are two.
  void AddOther(const LexiconMatch& trigger, Actors* actors) const {
    const uint32_t verb = ReadVerbGroup(view_, trigger).begin;
    if (actors->ids.size() != 1 || verb == view_.sentence.tokens.begin || a_.norm(verb - 1) != "they") return;
    PartyIds pair = PairBroughtTogether(a_, verb);
    if (pair.Contains(actors->ids.front())) actors->ids = std::move(pair);
  }

  // "Chile ratified it in May; Peru had handed in its papers": papers of the act that the text speaks of.
  bool IsOfRatification(const LexiconMatch& trigger, int agreement) const {
    if (a_.norm(trigger.tokens.end - 1) != "papers") return false;
    for (size_t e = out_->size(); e-- > 0;) {
      const ReadEvent& event = (*out_)[e];
      if (event.agreement != agreement || event.from_phrase) continue;
      return event.type == treatywire::v1::EVENT_TYPE_RATIFIED ||
             event.type == treatywire::v1::EVENT_TYPE_APPROVED ||
             event.type == treatywire::v1::EVENT_TYPE_DEPOSITED;
    }
    return false;
  }

  // "will take effect when both have ratified it", "30 days after the 40th ratification": who knows when.
  bool IsConditional(const LexiconMatch& trigger, const ReadEvent& event, const EventDate& date,
                     size_t clause_index) const {
    if (event.type != treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE) return false;
    if (!date.date.empty() && date.date.basis != DateBasis::kPublication) return false;
    const bool present = trigger.form == VerbForm::kBase || trigger.form == VerbForm::kThird;
    if (event.modality == treatywire::v1::MODALITY_ASSERTED && !present) return false;
    return WaitsForStep(view_, trigger, ReadVerbGroup(view_, trigger), clause_index);
  }

  // The event of the agreement number `index` of `count`, once for each of its dates. "signed on the 22nd and
  // the 23rd": each agreement on its day; "Oslo and Bern left on 3 and 9 July": each party; "amended in 1995
  // and in 2001": one agreement twice.
  void AddDated(const LexiconMatch& trigger, const ReadEvent& event, const std::vector<EventDate>& dates,
                size_t index, size_t count) {
    if (AddWithBrackets(trigger, event)) return;
    const PartyIds listed = dates.size() > 1 ? IdsInOrder(a_, event.actor_mentions) : PartyIds{};
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

  // "Austria (2019) and Belgium (2020) have ratified it": each with the date in brackets behind it. Returns
  // whether it is so.
  bool AddWithBrackets(const LexiconMatch& trigger, const ReadEvent& event) {
    MentionIndices mentions = event.actor_mentions;
    std::sort(mentions.begin(), mentions.end());
    const auto date_of = [this](int mention) {
      const uint32_t t = a_.parties[mention].tokens.end;
      return t + 1 < view_.sentence.tokens.end && a_.norm(t) == "(" ? a_.at[t + 1].date : -1;
    };
    const bool dated = mentions.size() > 1 &&
                       std::all_of(mentions.begin(), mentions.end(), [&](int m) { return date_of(m) >= 0; });
    if (!dated || IsJointAct(event)) return false;
    for (const int m : mentions) {
      const ActWords words{trigger.tokens, trigger.form, /*passive=*/false, event.type, event.modality};
      AddOn(trigger, event, dater_.Read(date_of(m), words), a_.parties[m].ids);
    }
    return true;
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
    // "will not renew the pact, which lapses in May": the refusal is of today.
    const bool later = date.ahead && event.type == treatywire::v1::EVENT_TYPE_REJECTED;
    SetDate(later ? EventDate() : date, &event);
    SetDateOfPartner(&event);
    SetSigned(view_, trigger.tokens, event, discourse_);
    if (event.modality == treatywire::v1::MODALITY_ASSERTED && IsEnd(event.type))
      discourse_->entities()[event.agreement].ended = true;
    out_->push_back(std::move(event));
  }

  // "struck a deal after talks with Iceland broke down": of talks with others than the two who have it.
  bool IsTalkWithOthers(const LexiconMatch& trigger, const LexiconEntry& entry,
                        const std::vector<int>& agreements) const {
    if (entry.event_type != treatywire::v1::EVENT_TYPE_NEGOTIATED || agreements.size() != 1) return false;
    if (entry.frame != TriggerFrame::kNoun && entry.frame != TriggerFrame::kSubject) return false;
    const AgreementEntity& entity = discourse_->entities()[agreements.front()];
    if (entity.multilateral || entity.parties.size() != 2) return false;
    for (uint32_t t = trigger.tokens.begin;
         t + 1 < std::min(trigger.tokens.end + 2, view_.sentence.tokens.end); ++t) {
      if (a_.norm(t) != "with" || view_.InsidePhrase(t)) continue;
      const PartyList others = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
      return !others.ids.empty() && std::none_of(others.ids.begin(), others.ids.end(), [&](PartyId id) {
        return discourse_->HasParty(agreements.front(), id);
      });
    }
    return false;
  }

  static bool IsEnd(EventType type) {
    return type == treatywire::v1::EVENT_TYPE_TERMINATED || type == treatywire::v1::EVENT_TYPE_EXPIRED ||
           type == treatywire::v1::EVENT_TYPE_SUPERSEDED;
  }

  // "It replaces a pact that ran out in 2020. Parliament has yet to give its consent": of what is understood,
  // the one that has not ended comes into being.
  std::vector<int> InBeing(const LexiconEntry& entry, const std::vector<int>& agreements) {
    const EventType type = entry.event_type;
    const bool begins =
        type == treatywire::v1::EVENT_TYPE_RATIFIED || type == treatywire::v1::EVENT_TYPE_APPROVED ||
        type == treatywire::v1::EVENT_TYPE_DEPOSITED || type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE;
    if (!begins || agreements.size() != 1 || !discourse_->entities()[agreements.front()].ended)
      return agreements;
    for (size_t p = 0; p < view_.phrases.size(); ++p) {
      if (view_.phrases[p].pronoun) continue;
      const std::vector<int>& meant = meanings_.Of(p);
      if (std::find(meant.begin(), meant.end(), agreements.front()) != meant.end()) return agreements;
    }
    const int other = discourse_->FocusInBeing(agreements.front());
    return other < 0 ? agreements : std::vector<int>{other};
  }

  // "signed treaties with Chile (2001) and Peru (2003)": each on the date that stands with its partner.
  void SetDateOfPartner(ReadEvent* event) const {
    const AgreementEntity& entity = discourse_->entities()[event->agreement];
    if (!IsSigning(event->type) || entity.signed_date.empty()) return;
    for (const AgreementPhrase& phrase : view_.phrases) {
      for (const int date : phrase.partner_dates) {
        if (date < 0 || !(a_.dates[date].date == entity.signed_date)) continue;
        event->date = entity.signed_date;
        event->date_surface = entity.signed_surface;
      }
    }
  }

  // Whether the parties of a bilateral agreement do it together.
  bool IsJointAct(const ReadEvent& event) const {
    return event.joint && !discourse_->entities()[event.agreement].multilateral;
  }

  // "three agreements signed between 1989 and 2000": says when none of them was.
  static bool IsRangeOverSeveral(EventType type, size_t agreements, const EventDate& date) {
    return IsSigning(type) && agreements > 1 && date.date.granularity == Granularity::kInterval;
  }

  // Who does a joint act is party to the agreement.
  void AddJointParties(const ReadEvent& event, const PartyIds& actors, bool alone) {
    AgreementEntity& entity = discourse_->entities()[event.agreement];
    const bool makes = event.type == treatywire::v1::EVENT_TYPE_SIGNED ||
                       event.type == treatywire::v1::EVENT_TYPE_INITIALLED ||
                       event.type == treatywire::v1::EVENT_TYPE_ADOPTED;
    // "Chile, Peru, Bolivia and Ecuador signed both"
    if (makes && actors.size() > 2 && !entity.fixed_parties && entity.parties.size() < 2)
      entity.multilateral = true;
    if (event.joint && event.type != treatywire::v1::EVENT_TYPE_NEGOTIATED)
      discourse_->AddParties(event.agreement, actors);
    if (event.type == treatywire::v1::EVENT_TYPE_SIGNED) {
      for (PartyId id : actors) discourse_->NameFormer(event.agreement, id);
    }
    if (event.joint && event.type == treatywire::v1::EVENT_TYPE_NEGOTIATED && actors.size() >= 2) {
      discourse_->AddParties(event.agreement, actors);
    }
    const bool for_many = event.type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE &&
                          (actors.size() > 2 || event.many_actors);
    if (for_many && alone && !entity.fixed_parties) {
      entity.multilateral = true;
      discourse_->AddParties(event.agreement, actors);
    }
    // "Sixty states have signed it", "was opened for signature": no pair's.
    const bool open = a_.norm(event.cue.end - 1) == "signature" && a_.norm(event.cue.end - 2) == "for" &&
                      event.modality == treatywire::v1::MODALITY_ASSERTED;
    if (alone && !entity.fixed_parties && (event.many_actors || open)) entity.multilateral = true;
    if (alone && open) entity.strong = true;
    // What a conference adopts is open to many.
    if (event.type == treatywire::v1::EVENT_TYPE_ADOPTED && entity.strong && entity.parties.size() < 2)
      entity.multilateral = true;
    if (makes && actors.size() > 2 && alone && !entity.fixed_parties) {
      entity.multilateral = true;
      discourse_->AddParties(event.agreement, actors);
    }
  }

  // "The Senate has ratified it": of the agreement's parties the one that the text named last; else the
  // guess.
  PartyIds StateOfOrgan(const Actors& organ, int agreement, uint32_t token) const {
    const AgreementEntity& entity = discourse_->entities()[agreement];
    if (entity.multilateral || entity.parties.size() < 2) return organ.ids;
    const bool fits = std::any_of(organ.ids.begin(), organ.ids.end(),
                                  [&](PartyId id) { return discourse_->HasParty(agreement, id); });
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

  // "All but Chile have ratified it": Chile has not.
  static ReadEvent DeniedOf(const ReadEvent& done, const Actors& excepted) {
    ReadEvent denied = done;
    denied.modality = treatywire::v1::MODALITY_DENIED;
    denied.actors = excepted.ids;
    denied.actor_mentions = excepted.mentions;
    denied.many_actors = false;
    denied.date = UncertainDate();
    denied.date_surface = {};
    denied.confidence *= 0.9;
    return denied;
  }

  static ReadEvent EndOf(const ReadEvent& refusal) {
    ReadEvent end = refusal;
    end.type = treatywire::v1::EVENT_TYPE_EXPIRED;
    end.modality = treatywire::v1::MODALITY_PLANNED;
    end.actors.clear();
    end.actor_mentions.clear();
    end.date = UncertainDate();
    end.date_surface = {};
    end.confidence *= 0.8;
    return end;
  }

  // How far to trust what was read. The factors are set by hand, so that precision falls with confidence on
  // annotated news; they are no probabilities.
  double ConfidenceIn(const LexiconEntry& entry, const Actors& actors, const ReadEvent& event) const {
    double confidence = 0.9;
    if (entry.flags.Has(TriggerFlag::kWeak)) confidence *= 0.8;
    if (entry.frame == TriggerFrame::kNoun || entry.frame == TriggerFrame::kNotice) confidence *= 0.85;
    if (objects_.understood()) confidence *= 0.8;
    if (event.from_title) confidence *= 0.85;
    if (actors.empty() && entry.frame != TriggerFrame::kSubject && !event.joint) confidence *= 0.9;
    if (event.modality != treatywire::v1::MODALITY_ASSERTED) confidence *= 0.9;
    // What may be is read from the most cues, and talks have the loosest words.
    if (event.modality == treatywire::v1::MODALITY_POSSIBLE) confidence *= 0.85;
    if (event.type == treatywire::v1::EVENT_TYPE_NEGOTIATED) confidence *= 0.85;
    return confidence;
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
        // "They signed the treaty; Washington looked on": what follows tells of others.
        if (a_.norm(t) == ";" && t > entity.first_token && !named.empty()) break;
        const int32_t p = a_.at[t].party;
        // "… may end it if Moscow does": who is only in a condition is no party.
        const bool condition = p >= 0 && view_.clauses[view_.ClauseOf(t)].opener == ClauseOpener::kCondition;
        if (p >= 0 && !a_.parties[p].place && !condition) AddIds(a_.parties[p].ids, &named);
      }
      // "The two have drawn a line of their own, in an agreement of 2020": those of the sentence before.
      const bool pair = view_.PairSpokenOf(view_.sentence.tokens.begin, view_.sentence.tokens.end);
      if (named.size() < 2 && pair && last_actors_->ids.size() == 2) named = last_actors_->ids;
      // "The Portuguese frigate comes under an accord that dates back to 1978": with the one who has the
      // others.
      const PartyIds& around = entity.context_pair;
      if (named.size() == 1 && around.size() == 2 && entity.title.empty() && !entity.presupposed &&
          NamedBefore(named.front(), entity.first_token) &&
          std::find(around.begin(), around.end(), named.front()) == around.end()) {
        const PartyId hub = discourse_->SharedParty(named);
        if (!hub.empty()) named.push_back(hub);
      }
      if (named.size() == 2) discourse_->AddParties(static_cast<int>(e), named);
    }
  }

  // Whether the sentence names the party before the token.
  bool NamedBefore(PartyId id, uint32_t token) const {
    for (uint32_t t = view_.sentence.tokens.begin; t < token; ++t) {
      const int32_t p = a_.at[t].party;
      if (p >= 0 && a_.parties[p].ids.size() == 1 && a_.parties[p].ids.front() == id) return true;
    }
    return false;
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
  bool again_ = false;
  std::vector<size_t> noun_events_;  // indices in *out_ of acts told by a noun
};

// "Oslo tears up troop pact": of several agreements the one of which the text tells the title's act; -1 where
// it tells it of none, or of several.
int AgreementOfTitle(const Annotation& a, const std::vector<ReadEvent>& events) {
  int found = -1;
  for (const Sentence& sentence : a.document.sentences) {
    if (a.document.blocks[sentence.block].kind != BlockKind::kTitle) break;
    for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      const int32_t trigger = a.at[t].trigger;
      if (trigger < 0 || a.triggers[trigger].tokens.begin != t) continue;
      const LexiconEntry& act = *a.triggers[trigger].entries.front();
      if (!act.flags.Has(TriggerFlag::kLeave)) continue;
      for (const ReadEvent& event : events) {
        if (!event.leave || event.from_phrase || event.modality == treatywire::v1::MODALITY_DENIED) continue;
        if (found >= 0 && found != event.agreement) return -1;
        found = event.agreement;
      }
    }
  }
  return found;
}

}  // namespace

std::vector<ReadEvent> ReadEvents(const Annotation& annotation, const NewsDay& news, Discourse* discourse) {
  std::vector<ReadEvent> events;
  Actors last_actors;
  TableReader tables(annotation, news.written, discourse, &events);
  // "Chile and Peru handed in their papers on Friday. The Treaty of Palma will thus …": what a text begins
  // with is about the agreement that it names next.
  std::vector<uint32_t> early;
  auto read_early = [&](uint32_t sentence) {
    if (discourse->entities().empty()) {
      if (early.size() < kMaxEarlySentences) early.push_back(sentence);
      return;
    }
    const int focus = discourse->Focus({});
    for (const uint32_t s : early) {
      Actors actors;
      SentenceReader(annotation, news, s, discourse, &actors, &events).ReadAgain();
    }
    if (!early.empty() && focus >= 0)
      discourse->Touch(focus, annotation.document.sentences[sentence].tokens.begin);
    early.clear();
  };
  auto read = [&](bool titles) {
    for (uint32_t s = 0; s < annotation.document.sentences.size() && events.size() < kMaxEvents; ++s) {
      tables.ReadBefore(annotation.document.sentences[s].tokens.begin);
      const Block& block = annotation.document.blocks[annotation.document.sentences[s].block];
      if (block.kind == BlockKind::kTableRow || (block.kind == BlockKind::kTitle) != titles) continue;
      SentenceReader(annotation, news, s, discourse, &last_actors, &events).Read();
      if (!titles) read_early(s);
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
  if (const int told = AgreementOfTitle(annotation, events); told >= 0) discourse->Touch(told, 0);
  last_actors = Actors();
  read(true);
  return events;
}

}  // namespace treatywire::ingest
