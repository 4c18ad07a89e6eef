#include "ingest_service/extraction/list_context.h"

#include <algorithm>
#include <cstdint>

#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// Longest line that leads to a list.
constexpr uint32_t kMaxLineTokens = 40;
// Items after so many others are not told apart by the line far above.
constexpr uint32_t kMaxItems = 256;
// Paragraphs that a heading is above of.
constexpr uint32_t kMaxParagraphs = 4;
// Longest question that only asks about a party: "And what about the Netherlands?"
constexpr uint32_t kMaxQuestionTokens = 8;
// Sentences after a question that are still its answer.
constexpr uint32_t kMaxAnswer = 32;

// The agreements of one party that a line names.
std::optional<AgreementPhrase> PluralOfOne(const Annotation& a, const Sentence& line) {
  if (line.tokens.size() > kMaxLineTokens) return std::nullopt;
  for (const AgreementPhrase& phrase : FindAgreementPhrases(a, line)) {
    if (phrase.plural && !phrase.pronoun && phrase.parties.size() == 1 && phrase.partners.empty())
      return phrase;
  }
  return std::nullopt;
}

// The party, or the two ("Lima–Suva:"), with whose names `tokens` begin, if nothing but the end of a label
// follows them.
PartyIds PartyAlone(const Annotation& a, TokenSpan tokens, bool towns) {
  if (tokens.empty() || a.at[tokens.begin].party < 0) return {};
  PartyIds ids;
  uint32_t end = tokens.begin;
  for (const bool second : {false, true}) {
    uint32_t t = end;
    if (second && t < tokens.end && IsOneOf(a.norm(t), {"-", "and", "/", "&"})) ++t;
    if (t >= tokens.end || (second && t == end) || a.at[t].party < 0) break;
    const PartyMention& mention = a.parties[a.at[t].party];
    const bool town = mention.role == PartyRole::kCapital && (towns || second || !ids.empty());
    if ((mention.role != PartyRole::kName && !town) || mention.ids.size() != 1) return {};
    ids.push_back(mention.ids.front());
    end = mention.tokens.end;
  }
  const bool whole = end >= tokens.end || (end + 1 == tokens.end && !a.token(end).is_word);
  if (ids.empty() || (!whole && a.norm(end) != ":") || (ids.size() == 2 && ids[0] == ids[1])) return {};
  return ids;
}

// "And Germany?", "What about Italy?": the one party that the sentence asks about.
PartyIds AskedAbout(const Annotation& a, TokenSpan tokens) {
  if (tokens.size() < 2 || tokens.size() > kMaxQuestionTokens || a.norm(tokens.end - 1) != "?") return {};
  if (!IsOneOf(a.norm(tokens.begin), {"and", "what", "how"})) return {};
  const PartyMention* asked = nullptr;
  for (uint32_t t = tokens.begin; t < tokens.end; ++t) {
    const int32_t p = a.at[t].party;
    if (a.at[t].trigger >= 0 || (p >= 0 && asked != nullptr && asked != &a.parties[p])) return {};
    if (p >= 0) asked = &a.parties[p];
  }
  return asked != nullptr && asked->ids.size() == 1 ? asked->ids : PartyIds{};
}

// "With [France] things are moving", "As for [Italy], …".
PartyIds PartyAtHead(const Annotation& a, TokenSpan tokens) {
  uint32_t t = tokens.begin;
  if (tokens.size() > 2 && a.norm(t) == "as" && a.norm(t + 1) == "for") {
    t += 2;
  } else if (!tokens.empty() && a.norm(t) == "with") {
    ++t;
  } else {
    return {};
  }
  const PartyList list = ReadPartyList(a, t, tokens.end);
  return list.ids.size() == 1 ? list.ids : PartyIds{};
}

// What the heading above the paragraph names alone.
PartyIds PartyOfHeading(const Annotation& a, uint32_t block) {
  const std::vector<Block>& blocks = a.document.blocks;
  for (uint32_t steps = 0; block-- > 0 && steps < kMaxParagraphs; ++steps) {
    const Block& above = blocks[block];
    if (above.kind == BlockKind::kParagraph) continue;
    if (above.kind != BlockKind::kHeading || above.last_sentence != above.first_sentence + 1) return {};
    const TokenSpan heading = a.document.sentences[above.first_sentence].tokens;
    const PartyIds asked = AskedAbout(a, heading);
    return asked.empty() ? PartyAlone(a, heading, /*towns=*/false) : asked;
  }
  return {};
}

}  // namespace

std::optional<AgreementPhrase> PluralAboveList(const SentenceView& view) {
  if (view.block.kind != BlockKind::kListItem) return std::nullopt;
  const Document& document = view.annotation.document;
  uint32_t b = view.sentence.block;
  for (uint32_t steps = 0; b > 0 && steps < kMaxItems && document.blocks[b].kind == BlockKind::kListItem;
       ++steps)
    --b;
  const Block& above = document.blocks[b];
  if (above.kind == BlockKind::kListItem || above.first_sentence >= above.last_sentence) return std::nullopt;
  return PluralOfOne(view.annotation, document.sentences[above.last_sentence - 1]);
}

std::optional<AgreementPhrase> PluralOverList(const SentenceView& view) {
  if (view.block.kind != BlockKind::kListItem) return std::nullopt;
  if (std::optional<AgreementPhrase> above = PluralAboveList(view)) return above;
  const Document& document = view.annotation.document;
  if (document.blocks.front().kind != BlockKind::kTitle || document.sentences.empty()) return std::nullopt;
  return PluralOfOne(view.annotation, document.sentences.front());
}

std::optional<AgreementPhrase> PluralAboveLine(const Annotation& annotation, uint32_t block) {
  const Document& document = annotation.document;
  for (uint32_t steps = 0; block-- > 0 && steps < kMaxItems; ++steps) {
    const Block& above = document.blocks[block];
    const bool heads = above.kind == BlockKind::kHeading || above.kind == BlockKind::kTitle;
    if (!heads || above.first_sentence >= above.last_sentence) continue;
    const Sentence& words = document.sentences[above.first_sentence];
    if (std::optional<AgreementPhrase> found = PluralOfOne(annotation, words)) return found;
  }
  return std::nullopt;
}

PartyIds LabelOf(const SentenceView& view) {
  const Annotation& a = view.annotation;
  const std::vector<Sentence>& sentences = a.document.sentences;
  PartyIds label = PartyAtHead(a, view.sentence.tokens);
  uint32_t s = view.index;
  for (uint32_t steps = 0; label.empty() && s-- > view.block.first_sentence && steps < kMaxAnswer; ++steps)
    label = AskedAbout(a, sentences[s].tokens);
  const bool item = view.block.kind == BlockKind::kListItem;
  if (label.empty() && (item || view.block.kind == BlockKind::kParagraph))
    label = PartyAlone(a, sentences[view.block.first_sentence].tokens, /*towns=*/item);
  if (label.empty() && view.block.kind == BlockKind::kParagraph)
    label = PartyOfHeading(a, view.sentence.block);
  return label;
}

}  // namespace treatywire::ingest
