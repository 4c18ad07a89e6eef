#include "ingest_service/extraction/repeated_act.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/dated_act.h"
#include "ingest_service/extraction/modality.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/other_doers.h"
#include "ingest_service/extraction/own_agreement.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

// "El Salvador (on the day after)", "Samoa the second, on 3 May": words between a party and its date.
constexpr uint32_t kMaxWordsBeforeDate = 5;
// "Tonga, after a long and bitter debate, on 12 June": an aside between them may be so long.
constexpr uint32_t kMaxAsideBeforeDate = 12;

// "Slovenia followed in April": what it followed stands this many sentences before at most.
constexpr uint32_t kMaxSentencesBetween = 2;

// What repeats an act of longer ago is no news.
constexpr int kFreshDays = 30;

class RepeatReader {
 public:
  RepeatReader(const SentenceView& view, const ActorFinder& actors, EventDater* dater, Discourse* discourse,
               std::vector<ReadEvent>* events)
      : view_(view),
        a_(view.annotation),
        actors_(actors),
        dater_(dater),
        discourse_(discourse),
        events_(events) {}

  void ReadGaps(size_t first) {
    SplitDatedSubjects(first);
    const size_t end = events_->size();
    told_end_ = end;
    for (size_t e = first; e < end; ++e) {
      const ReadEvent& event = (*events_)[e];
      if (!event.from_phrase && !IsRepeat(e, first)) ReadGapsOf(e);
    }
  }

  void ReadRepeats() {
    for (const Cue* cue : a_.CuesIn(view_.sentence.tokens)) {
      const bool repeats = cue->cue_class == CueClass::kRepeat || cue->cue_class == CueClass::kRepeatBy;
      if (repeats && !view_.InsidePhrase(cue->tokens.begin)) ReadRepeat(*cue);
    }
    ReadEllipses();
    DenyWhatWasPlanned();
    DateWhatWasTold();
  }

 private:
  // Parties with a date each.
  struct DatedParties {
    PartyList parties;
    int date = -1;  // index in Annotation::dates
  };

  // Whether an event before it has the same words: its gaps have been read.
  bool IsRepeat(size_t index, size_t first) const {
    for (size_t e = first; e < index; ++e) {
      if ((*events_)[e].cue.begin == (*events_)[index].cue.begin &&
          (*events_)[e].agreement == (*events_)[index].agreement)
        return true;
    }
    return false;
  }

  // "…, Peru in 2003 and Ecuador (2004)", "…, in 2010 by Cyprus": after the act's own date, parties and dates
  // without a verb between them.
  void ReadGapsOf(size_t model) {
    const uint32_t end = view_.sentence.tokens.end;
    const uint32_t begin = view_.Behind((*events_)[model].cue);
    if (!HasDate(begin, end)) return;
    bool told = false;  // the act's own date, or a colon, has come
    last_date_ = UncertainDate();
    DatedParties pending;
    for (uint32_t t = begin; t < end; ++t) {
      if (EndsList(t)) return;
      told = told || a_.norm(t) == ":";
      const int32_t d = a_.at[t].date;
      if (d >= 0 && a_.dates[d].tokens.begin == t && dater_->IsEventDate(d)) {
        const uint32_t after = a_.dates[d].tokens.end;
        if (told && after < end && a_.norm(after) == "by")
          pending.parties = ReadPartyList(a_, after + 1, end);
        if (const uint32_t list = LedBy((*events_)[model], d); list > 0) {
          const PartyList led = ReadPartyList(a_, list, end);
          AddGap(model, {led, d});
          pending = DatedParties();
          t = std::max(t, led.next - 1);
          continue;
        }
        pending.date = d;
        if (!pending.parties.ids.empty() && IsDateOf(pending.parties, t)) AddGap(model, pending);
        pending = DatedParties();
        told = true;
      }
      const int32_t p = a_.at[t].party;
      if (p < 0 || a_.parties[p].tokens.begin != t || view_.InsidePhrase(t)) continue;
      pending = DatedParties();
      const bool earlier = a_.norm(t - 1) == "after";  // "…, after Spain in 2015"
      if ((!told && !earlier) || !StandsInList(a_.parties[p])) continue;
      pending.parties = ReadPartyList(a_, t, end);
      t = std::max(t, pending.parties.next - 1);
    }
  }

  bool HasDate(uint32_t begin, uint32_t end) const {
    for (uint32_t t = begin; t < end; ++t) {
      if (a_.at[t].date >= 0) return true;
    }
    return false;
  }

  // "Chile (2004), Peru (2005) and Bolivia (2006) have ratified it": the subject tells who did it when. The
  // act has been read of the last date at most.
  void SplitDatedSubjects(size_t first) {
    for (size_t e = first; e < events_->size(); ++e) {
      if ((*events_)[e].from_phrase || IsRepeat(e, first)) continue;
      std::vector<DatedParties> subjects = DatedSubjects((*events_)[e].cue.begin);
      if (subjects.size() < 2) continue;
      const ReadEvent act = (*events_)[e];
      for (size_t s = 0; s < subjects.size(); ++s) {
        ReadEvent own = act;
        own.actors = subjects[s].parties.ids;
        own.actor_mentions = subjects[s].parties.mentions;
        own.many_actors = false;
        const EventDate found = dater_->Read(
            subjects[s].date, {act.cue, VerbForm::kNone, /*passive=*/false, act.type, act.modality});
        own.date = found.date;
        own.date_surface = found.surface;
        if (s == 0) {
          (*events_)[e] = std::move(own);
        } else {
          events_->push_back(std::move(own));
        }
      }
      return;
    }
  }

  // The parties with a date in brackets each that stand one after the other right before the verb at `verb`.
  std::vector<DatedParties> DatedSubjects(uint32_t verb) const {
    std::vector<DatedParties> found;
    if (!HasBracketedDate(verb)) return found;
    for (uint32_t t = view_.sentence.tokens.begin; t < verb;) {
      const PartyList parties = ReadPartyList(a_, t, verb);
      uint32_t open = parties.next;
      // "Fiji, in 2017, and Peru, in 2019, have left"
      if (open + 2 < verb && a_.norm(open) == "," && IsOneOf(a_.norm(open + 1), {"in", "on"})) ++open;
      const int date = parties.ids.empty() ? -1 : DateInAside(open, verb);
      if (date < 0) {
        const bool between =
            IsOneOf(a_.norm(t), {",", "and", ";", "the", "only"}) || a_.IsAuxiliary(t) || a_.IsAdverb(t);
        if (!between) found.clear();
        ++t;
        continue;
      }
      found.push_back({parties, date});
      t = a_.dates[date].tokens.end;
      if (t < verb && IsOneOf(a_.norm(t), {")", ","})) ++t;
    }
    return found;
  }

  // "(2017)", ", in 2017,"
  bool OpensAside(uint32_t t) const {
    return a_.norm(t) == "(" ||
           (t > view_.sentence.tokens.begin && a_.norm(t - 1) == "," && IsOneOf(a_.norm(t), {"in", "on"}));
  }

  bool HasBracketedDate(uint32_t verb) const {
    for (uint32_t t = view_.sentence.tokens.begin; t + 1 < verb; ++t) {
      if (DateInAside(t, verb) >= 0) return true;
    }
    return false;
  }

  // The date that the aside opened at `open` begins with: "(2017)", "(both in 2017)"; -1 for none.
  int DateInAside(uint32_t open, uint32_t end) const {
    if (open >= end || !OpensAside(open)) return -1;
    uint32_t t = open + 1;
    while (t < end && a_.norm(open) == "(" && a_.at[t].date < 0 &&
           IsOneOf(a_.norm(t), {"both", "all", "in", "on", "since"}))
      ++t;
    return t < end ? a_.at[t].date : -1;
  }

  // "Tonga, after long debate, on 12 June": whether the date at `t` stands near the parties, or right behind
  // an aside between commas.
  bool IsDateOf(const PartyList& parties, uint32_t t) const {
    if (t < parties.next + kMaxWordsBeforeDate || parties.next > t) return true;
    if (t >= parties.next + kMaxAsideBeforeDate || a_.norm(parties.next) != ",") return false;
    for (uint32_t comma = parties.next + 1; comma < t; ++comma) {
      if (a_.norm(comma) == ",") return t <= comma + 2;
    }
    return false;
  }

  // "In 2004 Fiji ratified it, in 2005 Samoa": where the act's own date stands before it, that of others does
  // too; "Fiji came next and, in 2005, Samoa". The token of the parties whom the date leads to; 0 for none.
  uint32_t LedBy(const ReadEvent& model, int date) const {
    const TokenSpan tokens = a_.dates[date].tokens;
    const uint32_t end = view_.sentence.tokens.end;
    if (tokens.begin < 2 || !IsOneOf(a_.norm(tokens.begin - 2), {",", ";", "and"})) return 0;
    if (!IsOneOf(a_.norm(tokens.begin - 1), {"in", "on"})) return 0;
    const bool aside = tokens.begin > 2 && a_.norm(tokens.begin - 2) == "," &&
                       IsOneOf(a_.norm(tokens.begin - 3), {"and", "then"}) && tokens.end < end &&
                       a_.norm(tokens.end) == ",";
    const uint32_t list = aside ? tokens.end + 1 : tokens.end;
    if (list >= end || a_.at[list].party < 0) return 0;
    bool before = aside;
    for (uint32_t t = view_.sentence.tokens.begin; t < model.cue.begin; ++t) {
      before = before || (a_.at[t].date >= 0 && a_.dates[a_.at[t].date].surface == model.date_surface);
    }
    const PartyMention& mention = a_.parties[a_.at[list].party];
    const bool doer = !mention.place && !mention.possessive && mention.role != PartyRole::kAdjective;
    return before && doer ? list : 0;
  }

  bool EndsList(uint32_t t) const {
    if (a_.at[t].date >= 0) return false;  // "in May", "3 May"
    for (const Cue* cue : a_.CuesIn({t, t + 1})) {
      if (cue->cue_class == CueClass::kReport) return true;
      // "London went first; Berlin followed in May"
      if (cue->cue_class == CueClass::kRepeat && cue->form != VerbForm::kNone) return true;
    }
    if (a_.IsAuxiliary(t) && a_.norm(t) != "'s") return true;
    const int32_t trigger = a_.at[t].trigger;
    return trigger >= 0 && a_.triggers[trigger].tokens.begin == t &&
           a_.triggers[trigger].form != VerbForm::kNone && !view_.InsideCore(t);
  }

  // "Uganda's in February": its own, of what was named before.
  bool IsOwnOfKind(const PartyMention& mention) const {
    uint32_t next = mention.tokens.end;
    if (next < view_.sentence.tokens.end && a_.norm(next) == "'s") ++next;
    return mention.possessive && next + 1 < view_.sentence.tokens.end &&
           (a_.at[next].date >= 0 || (IsOneOf(a_.norm(next), {"in", "on"}) && a_.at[next + 1].date >= 0));
  }

  bool StandsInList(const PartyMention& mention) const {
    if (mention.place || mention.role == PartyRole::kAdjective || mention.ids.empty()) return false;
    if (mention.possessive && !IsOwnOfKind(mention)) return false;
    uint32_t t = mention.tokens.begin;
    if (t > view_.sentence.tokens.begin && a_.norm(t - 1) == "the") --t;
    return t > view_.sentence.tokens.begin &&
           IsOneOf(a_.norm(t - 1), {",", "and", ";", ":", "by", "then", "-", "after"});
  }

  // "signed treaties with Chile in 1998, Peru in 1999": the date has been read of the treaty with that party.
  bool IsOfAnotherAgreement(const ReadEvent& act, const EventDate& date) const {
    return std::any_of(events_->begin(), events_->end(), [&](const ReadEvent& event) {
      return event.sentence == act.sentence && event.cue.begin == act.cue.begin &&
             event.agreement != act.agreement && event.date_surface == date.surface;
    });
  }

  // The act by these parties, on their date: a new event, or whose it is where the date has been read
  // already.
  void AddGap(size_t model, const DatedParties& gap) {
    const ReadEvent act = (*events_)[model];
    EventDate found =
        dater_->Read(gap.date, {act.cue, VerbForm::kNone, /*passive=*/false, act.type, act.modality});
    found.date = GoingOn(gap.date, found.date, last_date_.empty() ? act.date : last_date_);
    last_date_ = found.date;
    if (gap.parties.ids == act.actors) {
      // "Ratifications: Chile, 3 May 2001; …": the first of a list dates the act itself.
      if (act.date.empty() || act.date.basis == DateBasis::kPublication) {
        (*events_)[model].date = found.date;
        (*events_)[model].date_surface = found.surface;
      }
      return;
    }
    if (act.joint && IsOfAnotherAgreement(act, found)) return;
    ReadEvent repeated = act;
    repeated.agreement = AgreementOf(act, gap.parties.ids, act.cue);
    repeated.actors = gap.parties.ids;
    repeated.actor_mentions = gap.parties.mentions;
    repeated.date = found.date;
    repeated.date_surface = found.surface;
    repeated.understood = true;
    repeated.confidence *= 0.9;
    for (size_t e = 0; e < told_end_; ++e) {
      ReadEvent& event = (*events_)[e];
      if (event.sentence != act.sentence || event.cue.begin != act.cue.begin ||
          event.agreement != act.agreement)
        continue;
      if (event.date_surface != repeated.date_surface) continue;
      // The act itself took the date of another's; it has none of its own then.
      const bool only = &event == &(*events_)[model];
      event = std::move(repeated);
      if (!only) return;
      ReadEvent undated = act;
      undated.date = UncertainDate();
      undated.date_surface = {};
      events_->push_back(std::move(undated));
      return;
    }
    events_->push_back(std::move(repeated));
  }

  void ReadRepeat(const Cue& cue) {
    LexiconMatch words;
    words.tokens = cue.tokens;
    words.form = cue.form;
    const size_t clause = view_.ClauseOf(cue.tokens.begin);
    const bool weighed = view_.clauses[clause].opener == ClauseOpener::kCondition;
    if (weighed && a_.norm(view_.clauses[clause].tokens.begin) != "should") return;
    Actors actors;
    if (cue.cue_class == CueClass::kRepeatBy) {
      // "was followed by those of Peru and Fiji"
      uint32_t from = cue.tokens.end;
      if (from + 1 < view_.sentence.tokens.end && IsOneOf(a_.norm(from), {"that", "those"}) &&
          a_.norm(from + 1) == "of")
        from += 2;
      const PartyList list = ReadPartyList(a_, from, view_.sentence.tokens.end);
      actors = {list.ids, list.mentions, false};
    } else {
      const VerbGroup group = ReadVerbGroup(view_, words);
      // "urged China to follow": whoever shall do it; else only a subject of its own tells who did.
      actors = group.shape == VerbShape::kInfinitive ? actors_.SubjectOf(group, clause)
                                                     : actors_.SubjectIn(clause, group.begin);
      if (actors.empty()) actors = actors_.SubjectAround(clause);
      const Actors with = PartiesWith(group.begin);
      if (!with.empty()) actors = with;
      if (IsOnlySpeaker(actors, cue.tokens.begin)) return;
    }
    const ReadEvent* model =
        IsSimilarBill(cue) ? LastDecided(cue.tokens.begin) : LastAct(cue.tokens.begin, IsParliament(actors));
    if (model == nullptr || !MayRepeat(cue, *model)) return;
    ReadEvent act = *model;
    // "Spain sent its letter in April. Hungary has no such plans": it is the leaving that it does not plan.
    if (act.type == treatywire::v1::EVENT_TYPE_NOTIFIED && IsDeniedRepeat(cue, clause)) {
      act.type = treatywire::v1::EVENT_TYPE_WITHDRAWN;
      act.leave = true;
    }
    if (IsOfAll(cue)) {
      if (const ReadEvent* other = ActBeside(*model); other != nullptr) {
        const ReadEvent beside = *other;
        AddRepeat(beside, actors, cue, clause);
      }
    }
    AddRepeat(act, actors, cue, clause);
  }

  // "So has Peru": all that was said of whom it is likened to.
  bool IsOfAll(const Cue& cue) const {
    return cue.cue_class == CueClass::kRepeatBy && IsOneOf(a_.norm(cue.tokens.begin), {"so", "as"});
  }

  // "China has signed but not ratified it": the other act that the sentence told of the same doers right
  // before; nullptr for none.
  const ReadEvent* ActBeside(const ReadEvent& act) const {
    for (size_t e = events_->size(); e-- > 0;) {
      const ReadEvent& event = (*events_)[e];
      if (&event == &act || event.from_phrase || event.cue.begin >= act.cue.begin) continue;
      const bool beside = event.sentence == act.sentence && event.agreement == act.agreement &&
                          event.actors == act.actors && event.type != act.type;
      return beside ? &event : nullptr;
    }
    return nullptr;
  }

  // "France handed it over in May, with Malta and Fiji expected to follow": who stands between "with" and the
  // words.
  Actors PartiesWith(uint32_t words) const {
    const uint32_t begin = view_.sentence.tokens.begin;
    uint32_t t = words;
    while (t > begin && (a_.IsAdverb(t - 1) || IsOneOf(a_.norm(t - 1), {"expected", "due", "set", "to"})))
      --t;
    if (t == begin || a_.at[t - 1].party < 0) return {};
    t = BeginOfPartyList(a_, begin, t);
    if (t == begin || a_.norm(t - 1) != "with") return {};
    const PartyList list = ReadPartyList(a_, t, words);
    return {list.ids, list.mentions, false};
  }

  // "Paris said only others could do that": who stands before a verb of saying does not do it.
  bool IsOnlySpeaker(const Actors& actors, uint32_t words) const {
    for (const int m : actors.mentions) {
      const uint32_t end = a_.parties[m].tokens.end;
      if (end >= words || view_.ClauseOf(end) != view_.ClauseOf(words)) continue;
      for (const Cue* cue : a_.CuesIn({end, words})) {
        if (cue->cue_class != CueClass::kReport || cue->form == VerbForm::kNone) continue;
        // "Paris said it would not do that" speaks of itself.
        if (!HasPronoun(cue->tokens.end, words)) return true;
      }
    }
    return false;
  }

  bool HasPronoun(uint32_t begin, uint32_t end) const {
    for (uint32_t t = begin; t < end; ++t) {
      if (IsOneOf(a_.norm(t), {"it", "he", "she", "they", "we"})) return true;
    }
    return false;
  }

  // "passed a similar bill": what such a bill decides.
  bool IsSimilarBill(const Cue& cue) const {
    return cue.tokens.size() > 2 && a_.norm(cue.tokens.end - 2) == "similar" &&
           IsOneOf(a_.norm(cue.tokens.end - 1), {"bill", "law", "motion", "resolution", "decision"});
  }

  const ReadEvent* LastDecided(uint32_t token) const {
    for (size_t e = events_->size(); e-- > 0;) {
      const ReadEvent& event = (*events_)[e];
      if (event.sentence + kMaxSentencesBetween < view_.index) return nullptr;
      const bool decided = event.leave || event.type == treatywire::v1::EVENT_TYPE_SUSPENDED ||
                           event.type == treatywire::v1::EVENT_TYPE_RATIFIED ||
                           event.type == treatywire::v1::EVENT_TYPE_APPROVED;
      if (decided && !event.from_phrase && event.cue.begin < token) return &event;
    }
    return nullptr;
  }

  // "Luxembourg went in June" repeats a departure, "Fiji was the first" needs nothing that it is the first
  // of.
  bool MayRepeat(const Cue& cue, const ReadEvent& model) const {
    const absl::string_view word = a_.norm(cue.tokens.begin);
    if (IsOneOf(word, {"went", "goes", "go", "gone"}) && a_.norm(cue.tokens.end - 1) == "in")
      return model.leave && cue.tokens.end < view_.sentence.tokens.end && a_.at[cue.tokens.end].date >= 0;
    // Nobody "does so" where a treaty takes effect.
    const bool happens = model.type == treatywire::v1::EVENT_TYPE_ENTERED_INTO_FORCE ||
                         model.type == treatywire::v1::EVENT_TYPE_EXPIRED ||
                         model.type == treatywire::v1::EVENT_TYPE_SUPERSEDED;
    if (happens && IsOneOf(word, {"do", "does", "did", "done", "doing"})) return false;
    const absl::string_view last = a_.norm(cue.tokens.end - 1);
    if (!IsOneOf(last, {"first", "last", "second", "third", "latest"})) return true;
    const uint32_t next = cue.tokens.end;
    return next >= view_.sentence.tokens.end || !a_.token(next).is_word ||
           IsOneOf(a_.norm(next), {"in", "on", "and"}) || a_.at[next].date >= 0;
  }

  bool IsParliament(const Actors& actors) const {
    return std::any_of(actors.mentions.begin(), actors.mentions.end(), [this](int m) {
      const PartyMention& mention = a_.parties[m];
      return mention.role == PartyRole::kBody &&
             IsOneOf(a_.norm(mention.tokens.end - 1),
                     {"parliament", "parliaments", "senate", "congress", "assembly", "lawmakers", "deputies",
                      "legislature", "senators"});
    });
  }

  // "Finland has.", "Italy has not.", "Malta never did": an auxiliary that ends its clause.
  void ReadEllipses() {
    const TokenSpan tokens = view_.sentence.tokens;
    for (uint32_t t = tokens.begin + 1; t + 1 < tokens.end; ++t) {
      // A party stands before it, or "never".
      if (a_.at[t - 1].party < 0 && !a_.IsAdverb(t - 1)) continue;
      if (!IsOneOf(a_.norm(t),
                   {"has", "have", "did", "does", "do", "will", "would", "may", "might", "followed"}))
        continue;
      uint32_t end = t + 1;
      while (end < tokens.end &&
             IsOneOf(a_.norm(end), {"not", "n't", "too", "yet", "also", "either", "already"}))
        ++end;
      // "and Belgium did in June"
      const bool dated = end + 1 < tokens.end && IsOneOf(a_.norm(t), {"did", "does", "will"}) &&
                         IsOneOf(a_.norm(end), {"in", "on"}) && a_.at[end + 1].date >= 0;
      const bool ends = end < tokens.end && IsOneOf(a_.norm(end), {".", ",", ";", "!"});
      if ((!ends && !dated) || a_.at[t].date >= 0) continue;
      const int32_t p = a_.at[t - 1].party;
      const bool never = IsOneOf(a_.norm(t - 1), {"never", "ever"}) && t >= 2 && a_.at[t - 2].party >= 0;
      if ((p < 0 && !never) || view_.InsidePhrase(t - 1)) continue;
      const ReadEvent* model = LastAct(t, /*parliament=*/false);
      if (model == nullptr) continue;
      const size_t clause = view_.ClauseOf(t);
      // The negation stands behind the auxiliary.
      const Cue cue{{t, end}, CueClass::kRepeat, VerbForm::kBase};
      AddRepeat(ReadEvent(*model), actors_.SubjectIn(clause, t), cue, clause);
    }
  }

  // "Washington has ratified it. That was in 1995.": the day of what was told.
  void DateWhatWasTold() {
    const TokenSpan tokens = view_.sentence.tokens;
    if (tokens.size() < 4 || tokens.size() > 8 || !IsOneOf(a_.norm(tokens.begin), {"that", "this"})) return;
    if (a_.norm(tokens.begin + 1) != "was") return;
    for (uint32_t t = tokens.begin + 2; t < tokens.begin + 5 && t < tokens.end; ++t) {
      const int32_t date = a_.at[t].date;
      if (date < 0) {
        if (!IsOneOf(a_.norm(t), {"in", "on", "back", "only"})) return;
        continue;
      }
      if (events_->empty() || a_.dates[date].date.empty()) return;
      ReadEvent& told = events_->back();
      const bool open = told.date.empty() || told.date.basis == DateBasis::kPublication;
      if (told.from_phrase || told.sentence + 1 != view_.index || !open) return;
      told.date = a_.dates[date].date;
      told.date_surface = a_.dates[date].surface;
      return;
    }
  }

  // "It should have been signed by June. It was not.": what was to be did not come.
  void DenyWhatWasPlanned() {
    const TokenSpan tokens = view_.sentence.tokens;
    if (tokens.size() < 3 || tokens.size() > 5 ||
        !IsOneOf(a_.norm(tokens.begin), {"it", "they", "that", "this"}))
      return;
    if (!a_.IsAuxiliary(tokens.begin + 1)) return;
    const absl::string_view word = a_.norm(tokens.begin + 2);
    const uint32_t next = tokens.begin + 3;
    if (!IsOneOf(word, {"not", "n't", "never"}) || (next < tokens.end && a_.token(next).is_word)) return;
    for (size_t e = events_->size(); e-- > 0;) {
      ReadEvent& event = (*events_)[e];
      if (event.from_phrase) continue;
      const bool to_come = event.modality == treatywire::v1::MODALITY_PLANNED ||
                           event.modality == treatywire::v1::MODALITY_POSSIBLE;
      if (event.sentence + 1 != view_.index || !to_come) return;
      event.modality = treatywire::v1::MODALITY_DENIED;
      // "by March": the one that has passed.
      for (const DateMention& mention : a_.dates) {
        const bool same = a_.document.sentences[event.sentence].tokens.Contains(mention.tokens.begin) &&
                          mention.surface == event.date_surface;
        if (same && !mention.date.empty()) event.date = mention.date;
      }
      return;
    }
  }

  // "Fiji refused to ratify it; Tonga did so in May": what is repeated is the act that was refused.
  // "as did Tonga" repeats the refusal.
  treatywire::v1::EventType RepeatedType(const ReadEvent& model, const Cue& cue) const {
    if (model.type != treatywire::v1::EVENT_TYPE_REJECTED || cue.cue_class == CueClass::kRepeatBy)
      return model.type;
    for (uint32_t t = model.cue.begin; t < model.cue.end; ++t) {
      const absl::string_view word = a_.norm(t);
      if (IsOneOf(word, {"ratify", "ratified", "approve", "accept"}))
        return treatywire::v1::EVENT_TYPE_RATIFIED;
      if (IsOneOf(word, {"sign", "signed"})) return treatywire::v1::EVENT_TYPE_SIGNED;
      if (IsOneOf(word, {"renew", "renewed", "extend", "extended", "prolong", "prolonged"}))
        return treatywire::v1::EVENT_TYPE_EXTENDED;
      if (word == "join") return treatywire::v1::EVENT_TYPE_ACCEDED;
    }
    return model.type;
  }

  // To which agreement a repeated act is done: the same, or the actor's own with the other side of a pair's.
  int AgreementOf(const ReadEvent& model, const PartyIds& actors, TokenSpan cue) {
    const AgreementEntity& told = discourse_->entities()[model.agreement];
    const bool open = IsNamed(told) && !told.told_parties;  // whose it is, nobody has said
    const bool own = !told.multilateral && !open && told.parties.size() == 2 && actors.size() == 1 &&
                     model.actors.size() == 1 && !discourse_->HasParty(model.agreement, actors.front()) &&
                     discourse_->HasParty(model.agreement, model.actors.front());
    if (!own) return model.agreement;
    PartyId partner = discourse_->SharedSideOf(model.agreement);
    if (partner.empty()) partner = told.parties[told.parties.front() == model.actors.front() ? 1 : 0];
    if (!a_.IsProminent(partner)) return model.agreement;
    discourse_->Touch(model.agreement, cue.begin);
    const int found = OwnAgreement(actors.front(), partner, cue, discourse_);
    return found < 0 ? model.agreement : found;
  }

  bool EachHasItsOwn(const ReadEvent& model, const Actors& actors) const {
    const AgreementEntity& told = discourse_->entities()[model.agreement];
    const bool open = IsNamed(told) && !told.told_parties;
    const bool pair = !told.multilateral && !open && told.parties.size() == 2 && model.actors.size() == 1 &&
                      discourse_->HasParty(model.agreement, model.actors.front());
    return pair && std::none_of(actors.ids.begin(), actors.ids.end(),
                                [&](PartyId id) { return discourse_->HasParty(model.agreement, id); });
  }

  bool IsDeniedRepeat(const Cue& cue, size_t clause) const {
    if (cue.cue_class == CueClass::kRepeatBy) return false;
    for (uint32_t t = cue.tokens.begin; t < cue.tokens.end; ++t) {
      if (IsOneOf(a_.norm(t), {"not", "n't", "never", "yet", "no"})) return true;
    }
    return ReadModality(a_, view_.clauses, clause, {cue.tokens, cue.form, {}}) ==
           treatywire::v1::MODALITY_DENIED;
  }

  // "followed by Tonga (2005) and Samoa (2006)": those have been read, each with a date.
  bool IsToldWithDates(const ReadEvent& model, const Actors& actors) const {
    return std::any_of(events_->begin(), events_->end(), [&](const ReadEvent& event) {
      return event.sentence == view_.index && event.agreement == model.agreement &&
             event.type == model.type && event.actors == actors.ids;
    });
  }

  void AddRepeat(const ReadEvent& model, const Actors& actors, const Cue& cue, size_t clause) {
    const bool carried_out =
        RepeatedType(model, cue) != model.type;  // "would not ratify it; it did so in the end"
    // "was asked to end it; there are no plans to do so"
    const bool denies = IsDeniedRepeat(cue, clause) && model.modality != treatywire::v1::MODALITY_DENIED;
    if (actors.ids.empty() || (actors.ids == model.actors && !carried_out && !denies)) return;
    if (cue.cue_class == CueClass::kRepeatBy && IsToldWithDates(model, actors)) return;
    // "London signed one first; Berlin and Paris followed": each has its own.
    if (actors.ids.size() > 1 && EachHasItsOwn(model, actors)) {
      for (PartyId id : actors.ids) AddRepeat(model, {{id}, actors.mentions, false}, cue, clause);
      return;
    }
    ReadEvent event = model;
    event.agreement = AgreementOf(model, actors.ids, cue.tokens);
    event.type = RepeatedType(model, cue);
    event.actors = actors.ids;
    event.actor_mentions = actors.mentions;
    event.all_parties = false;
    event.cue = cue.tokens;
    event.sentence = view_.index;
    event.understood = true;
    event.confidence = model.confidence * 0.85;
    event.modality = cue.cue_class == CueClass::kRepeatBy
                         ? model.modality
                         : ReadModality(a_, view_.clauses, clause, {cue.tokens, cue.form, {}});
    const bool by = cue.cue_class == CueClass::kRepeatBy;
    // A parliament's vote to leave: the leaving is yet to come.
    bool would = IsSimilarBill(cue) && event.leave;
    if (would) event.modality = treatywire::v1::MODALITY_PLANNED;
    for (uint32_t t = cue.tokens.begin; t < cue.tokens.end; ++t) {
      const absl::string_view word = a_.norm(t);
      if (IsOneOf(word, {"not", "n't", "never", "yet", "no", "nor", "neither"}))
        event.modality = treatywire::v1::MODALITY_DENIED;
      if (IsOneOf(word,
                  {"may", "might", "could", "should", "thinking", "considering", "weighing", "mulling"}))
        event.modality = treatywire::v1::MODALITY_POSSIBLE;
      // "announced in May that it would follow": a plan, of no day that is told before it.
      if (word == "would") {
        const bool told = view_.clauses[clause].opener == ClauseOpener::kThat;
        event.modality = told ? treatywire::v1::MODALITY_PLANNED : treatywire::v1::MODALITY_POSSIBLE;
        would = true;
      }
      if (!by && IsOneOf(word, {"expected", "due", "set"}) && t + 1 < cue.tokens.end)
        event.modality = treatywire::v1::MODALITY_PLANNED;
      if (IsOneOf(word, {"missing"})) event.modality = treatywire::v1::MODALITY_DENIED;
      const bool next = word == "next" && IsOneOf(a_.norm(cue.tokens.begin), {"is", "are", "be"});
      if ((!by && next) || IsOneOf(word, {"will", "must"})) event.modality = treatywire::v1::MODALITY_PLANNED;
    }
    const std::vector<EventDate> all =
        dater_->DatesOf({cue.tokens, cue.form, /*passive=*/false, event.type, event.modality});
    EventDate found = all.front();
    const int mention = MentionAfter(found.surface, cue.tokens.end);
    // "Oslo was the first, in 2013, followed by Bern": the day of whom it followed.
    const bool leads = by && mention < 0 && a_.norm(cue.tokens.end - 1) == "by";
    // After "left in 2016" a June is this year's.
    const bool near = model.date.granularity == Granularity::kDay ||
                      model.date.granularity == Granularity::kMonth ||
                      (mention >= 0 && a_.dates[mention].anchor == DateAnchor::kPrevious);
    if (mention >= 0 && near) found.date = GoingOn(mention, found.date, model.date);
    // "Oslo ratified it in 2004. Bern was last": not today.
    const bool guessed = found.date.basis == DateBasis::kPublication && found.date.earliest;
    const bool told = model.date.latest && model.date.basis != DateBasis::kPublication;
    const bool of_old =
        guessed && (model.date.empty() || (told && *found.date.earliest - *model.date.latest > kFreshDays));
    if (of_old) found = EventDate();
    SetDate(would || leads ? EventDate() : found, &event);
    // "Nigeria and Cameroon came next, in March and October 2023"
    if (all.size() > 1 && all.size() == event.actors.size() && mention >= 0 && !event.joint) {
      const PartyIds each = IdsInOrder(a_, event.actor_mentions);
      for (size_t i = 0; i < all.size() && each.size() == all.size(); ++i) {
        ReadEvent own = event;
        own.actors = {each[i]};
        SetDate(all[i], &own);
        events_->push_back(std::move(own));
      }
      if (each.size() == all.size()) return;
    }
    events_->push_back(std::move(event));
  }

  // The date with these words at or after the token in the sentence; -1 for none.
  int MentionAfter(absl::string_view surface, uint32_t token) const {
    for (uint32_t t = token; !surface.empty() && t < view_.sentence.tokens.end; ++t) {
      const int32_t d = a_.at[t].date;
      if (d >= 0 && a_.dates[d].tokens.begin == t && a_.dates[d].surface == surface) return d;
    }
    return -1;
  }

  // "Signed in November 2020 by ten; Korea followed on 1 February, Fiji a year later": a day without a year,
  // or one that counts from another, goes on from the act that is repeated. `read` where it tells its own
  // year.
  static UncertainDate GoingOn(const DateMention& mention, const UncertainDate& read,
                               const UncertainDate& before) {
    if (!before.earliest || before.basis == DateBasis::kPublication) return read;
    if (mention.anchor == DateAnchor::kPrevious) {
      const UncertainDate resolved = ResolveAgainst(mention, before);
      return resolved.empty() ? read : resolved;
    }
    const bool yearless = mention.anchor == DateAnchor::kPublication && !mention.date.empty() &&
                          mention.expression.kind == DateExpression::Kind::kYearPart &&
                          mention.expression.part.year_reference == Reference::kNone &&
                          mention.expression.part.reference == Reference::kNone;
    if (!yearless || !read.earliest || read.earliest->year() <= before.earliest->year() + 1) return read;
    const auto in_year = [&read](absl::civil_year_t year) {
      const absl::CivilDay day(year, read.earliest->month(), read.earliest->day());
      return read.granularity == Granularity::kDay     ? DayDate(day)
             : read.granularity == Granularity::kMonth ? MonthDate(absl::CivilMonth(day))
                                                       : UncertainDate();
    };
    UncertainDate same = in_year(before.earliest->year());
    const bool earlier =
        !same.empty() && before.granularity != Granularity::kYear && *same.latest < *before.earliest;
    if (earlier) same = in_year(before.earliest->year() + 1);
    if (same.empty()) return read;
    same.basis = DateBasis::kRelative;
    return same;
  }
  UncertainDate GoingOn(int mention, const UncertainDate& read, const UncertainDate& before) const {
    return GoingOn(a_.dates[mention], read, before);
  }

  // The act of one party told last before `token`: not one said in passing.
  // What a parliament repeats is a consent, if one was told.
  const ReadEvent* LastAct(uint32_t token, bool parliament) const {
    for (size_t e = events_->size(); parliament && e-- > 0;) {
      const ReadEvent& event = (*events_)[e];
      if (event.sentence + kMaxSentencesBetween < view_.index) break;
      const bool consent = event.type == treatywire::v1::EVENT_TYPE_RATIFIED ||
                           event.type == treatywire::v1::EVENT_TYPE_APPROVED;
      if (consent && event.cue.begin < token) return &event;
    }
    for (size_t e = events_->size(); e-- > 0;) {
      const ReadEvent& event = (*events_)[e];
      if (event.from_phrase || event.cue.begin >= token) continue;
      // "Oslo ended it over violations; Bern followed": it is the end that Bern repeats.
      if (event.type == treatywire::v1::EVENT_TYPE_BREACH_ALLEGED) continue;
      if (event.sentence + kMaxSentencesBetween < view_.index) return nullptr;
      const ReadEvent* main = IsBackground(event) ? MainActBefore(e) : nullptr;
      return main != nullptr ? main : &event;
    }
    return nullptr;
  }

  // "ratified it in 2021, five years after Ankara had signed it": what lies further back.
  bool IsBackground(const ReadEvent& event) const {
    for (uint32_t t = event.cue.begin, steps = 0; t-- > 0 && steps < 2; ++steps) {
      if (a_.norm(t) == "had") return true;
      if (!a_.IsAdverb(t)) return false;
    }
    return false;
  }

  // An act of the same sentence before the event number `index` that is told as its news; nullptr for none.
  const ReadEvent* MainActBefore(size_t index) const {
    const ReadEvent& background = (*events_)[index];
    for (size_t e = index; e-- > 0;) {
      const ReadEvent& event = (*events_)[e];
      if (event.sentence != background.sentence) return nullptr;
      if (event.from_phrase || IsBackground(event) || event.agreement != background.agreement) continue;
      return event.type != background.type ? &event : nullptr;
    }
    return nullptr;
  }

  const SentenceView& view_;
  const Annotation& a_;
  const ActorFinder& actors_;
  EventDater* dater_;
  Discourse* discourse_;
  std::vector<ReadEvent>* events_;
  UncertainDate last_date_;  // of the gap read last
  size_t told_end_ = 0;      // behind the events that verbs tell
};

}  // namespace

void ReadRepeatedActs(const SentenceView& view, const ActorFinder& actors, size_t first, EventDater* dater,
                      Discourse* discourse, std::vector<ReadEvent>* events) {
  RepeatReader reader(view, actors, dater, discourse, events);
  reader.ReadGaps(first);
  ReadOtherDoers(view, first, *discourse, dater, events);
  const size_t told = events->size();
  reader.ReadRepeats();
  // "Malta followed in May, Cyprus in June", "Malta came next, then Cyprus"
  reader.ReadGaps(told);
  ReadOtherDoers(view, told, *discourse, dater, events);
}

}  // namespace treatywire::ingest
