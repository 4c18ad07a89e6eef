#include "ingest_service/extraction/cell_act.h"

#include <utility>

#include "ingest_service/extraction/act_word.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Most acts of one cell.
constexpr size_t kMaxActs = 16;

// Acts that say something without a date: the agreement is no longer what it was.
bool ChangesStatus(v1::EventType type) {
  return IsLeaving(type) || type == v1::EVENT_TYPE_SUSPENDED || type == v1::EVENT_TYPE_EXPIRED ||
         type == v1::EVENT_TYPE_SUPERSEDED || type == v1::EVENT_TYPE_REJECTED;
}

// Acts that may befall one agreement several times: "amended 1995, 2001".
bool MayRecur(v1::EventType type) {
  return type == v1::EVENT_TYPE_AMENDED || type == v1::EVENT_TYPE_EXTENDED ||
         type == v1::EVENT_TYPE_SUSPENDED || type == v1::EVENT_TYPE_RESUMED ||
         type == v1::EVENT_TYPE_NEGOTIATED;
}

bool IsYes(const Annotation& a, TokenSpan words) {
  return words.size() == 1 && IsOneOf(a.norm(words.begin), {"yes", "✓", "✔", "✅", "done"});
}

class CellReader {
 public:
  // `standing`: what is told in words is told, whatever it is.
  CellReader(const Annotation& a, const std::optional<absl::CivilDay>& written, bool standing)
      : a_(a), written_(written), standing_(standing) {}

  std::vector<CellAct> Read(TokenSpan cell, v1::EventType act) {
    TokenSpan part = {cell.begin, cell.begin};
    bool first = true;
    for (uint32_t t = cell.begin; t <= cell.end && found_.size() < kMaxActs; ++t) {
      if (t < cell.end && !Separates(t)) continue;
      part.end = t;
      ReadPart(part, act, first);
      // "Paris, 4 May 1998": a place tells nothing.
      first = first && found_.empty();
      part.begin = t + 1;
    }
    return std::move(found_);
  }

 private:
  bool Separates(uint32_t t) const {
    if (a_.at[t].date >= 0) return false;  // "May 4, 1998"
    return IsOneOf(a_.norm(t), {",", ";", "and", "/", "(", ")", "|", "but"});
  }

  void ReadPart(TokenSpan words, v1::EventType act, bool first) {
    if (words.empty()) return;
    const v1::EventType own = ActOf(words);
    if (own != v1::EVENT_TYPE_UNSPECIFIED) {
      Add(words, own, /*in_words=*/true);
    } else if (act != v1::EVENT_TYPE_UNSPECIFIED && (first || MayRecur(act))) {
      Add(words, act, /*in_words=*/false);
    }
  }

  v1::EventType ActOf(TokenSpan words) const {
    const v1::EventType act = ActOfLabel(a_, words);
    for (uint32_t t = words.begin; t < words.end; ++t) {
      // "in force until 2010": then it ended.
      const bool until = IsOneOf(a_.norm(t), {"until", "till"});
      if (act == v1::EVENT_TYPE_ENTERED_INTO_FORCE && until) return v1::EVENT_TYPE_EXPIRED;
      // "replaced the treaty of 1993": another one than that of the row.
      const bool other = t + 1 < words.end &&
                         (IsOneOf(a_.norm(t + 1), {"the", "a", "an", "its"}) || a_.at[t + 1].instrument >= 0);
      if (act == v1::EVENT_TYPE_SUPERSEDED && other &&
          IsOneOf(a_.norm(t), {"replaced", "replaces", "superseded"}))
        return v1::EVENT_TYPE_UNSPECIFIED;
    }
    return act;
  }

  void Add(TokenSpan words, v1::EventType type, bool in_words) {
    CellAct act;
    act.type = type;
    act.words = words;
    bool told = (in_words && (standing_ || ChangesStatus(type))) || IsYes(a_, words);
    for (uint32_t t = words.begin; t < words.end; ++t) {
      if (IsOneOf(a_.norm(t), {"never", "not", "no"})) act.modality = v1::MODALITY_DENIED;
      if (IsOneOf(a_.norm(t),
                  {"pending", "awaited", "planned", "due", "expected", "outstanding", "scheduled"}))
        act.modality = v1::MODALITY_PLANNED;
      told = told || act.modality != v1::MODALITY_ASSERTED;
      if (a_.at[t].date < 0 || a_.dates[a_.at[t].date].date.empty()) continue;
      SetDate(a_.at[t].date, &act);
      told = true;
      break;
    }
    if (!told) return;
    act.actors = ActorsIn(words);
    found_.push_back(std::move(act));
  }

  void SetDate(int index, CellAct* act) const {
    const DateMention& mention = a_.dates[index];
    act->date = IntervalStart(mention.date);  // "in force since 1994": it began then
    if (act->date.empty() || !act->date.latest || mention.role != DateRole::kSince) act->date = mention.date;
    act->date_surface = mention.surface;
    const bool ahead = written_ && act->date.earliest && *act->date.earliest > *written_;
    if (ahead && act->modality == v1::MODALITY_ASSERTED) act->modality = v1::MODALITY_PLANNED;
  }

  // "Chile, 2004", "ratified by Chile", "pending in Lima".
  PartyList ActorsIn(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      PartyList named = ReadPartyList(a_, t, words.end);
      if (!named.ids.empty() && (t == words.begin || a_.norm(t - 1) == "by")) return named;
      const int32_t p = a_.at[t].party;
      if (p < 0 || !a_.parties[p].place || t == words.begin || a_.norm(t - 1) != "in") continue;
      PartyList place;
      place.ids = a_.parties[p].ids;
      place.mentions = {p};
      return place;
    }
    return {};
  }

  const Annotation& a_;
  const std::optional<absl::CivilDay>& written_;
  const bool standing_;
  std::vector<CellAct> found_;
};

}  // namespace

std::vector<CellAct> ReadCellActs(const Annotation& a, TokenSpan cell, v1::EventType act,
                                  const std::optional<absl::CivilDay>& written) {
  return CellReader(a, written, /*standing=*/false).Read(cell, act);
}

std::vector<CellAct> ReadStanding(const Annotation& a, TokenSpan label,
                                  const std::optional<absl::CivilDay>& written) {
  return CellReader(a, written, /*standing=*/true).Read(label, v1::EVENT_TYPE_UNSPECIFIED);
}

}  // namespace treatywire::ingest
