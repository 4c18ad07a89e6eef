#include "ingest_service/extraction/party_list.h"

#include <algorithm>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {

void AddIds(const PartyIds& ids, PartyIds* to) {
  for (PartyId id : ids) {
    if (std::find(to->begin(), to->end(), id) == to->end()) to->push_back(id);
  }
}

PartyIds IdsInOrder(const Annotation& a, MentionIndices mentions) {
  std::sort(mentions.begin(), mentions.end());
  PartyIds ordered;
  for (const int m : mentions) AddIds(a.parties[m].ids, &ordered);
  return ordered;
}

PartyList ReadPartyList(const Annotation& a, uint32_t begin, uint32_t end) {
  PartyList list;
  list.next = begin;
  uint32_t t = begin;
  uint32_t skipped = 0;
  while (t < end) {
    const int32_t p = a.at[t].party;
    if (p >= 0) {
      const PartyMention& mention = a.parties[p];
      if (mention.ids.empty() || mention.place) break;
      if (mention.role == PartyRole::kAdjective && mention.tokens.end < end &&
          a.token(mention.tokens.end).is_word &&
          !IsOneOf(a.norm(mention.tokens.end), {"and", "on", "in", "to"})) {
        break;
      }
      AddIds(mention.ids, &list.ids);
      list.mentions.push_back(p);
      t = mention.tokens.end;
      list.next = t;
      skipped = 0;
      continue;
    }
    const absl::string_view word = a.norm(t);
    const bool joins = IsOneOf(word, {",", "and", "the", "government", "of", "both", "or", "&", "as", "well",
                                      "governments", "its", "neighbouring", "-"});
    if (!joins || ++skipped > 4) break;
    ++t;
  }
  return list;
}

uint32_t BeginOfPartyList(const Annotation& a, uint32_t begin, uint32_t end) {
  while (end > begin && (a.at[end - 1].party >= 0 || IsOneOf(a.norm(end - 1), {",", "and", "the"}))) --end;
  return end;
}

bool IsListOfFollowed(const Annotation& a, uint32_t begin, uint32_t list) {
  return list > begin &&
         IsOneOf(a.norm(list - 1), {"followed", "follows", "following", "joined", "joins", "joining"});
}

}  // namespace treatywire::ingest
