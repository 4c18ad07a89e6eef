#include "ingest_service/document/document_reader.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingest_service/document/block_list.h"
#include "ingest_service/document/character_class.h"
#include "ingest_service/document/html_reader.h"
#include "ingest_service/document/markdown_reader.h"
#include "ingest_service/document/plain_text_reader.h"
#include "ingest_service/document/sentence_splitter.h"
#include "ingest_service/document/text_arena.h"
#include "ingest_service/document/tokenizer.h"
#include "ingest_service/document/utf8.h"

namespace treatywire::ingest {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

absl::Status CheckText(absl::string_view field, absl::string_view text, size_t max_bytes) {
  if (text.size() > max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": has ", text.size(), " bytes; the maximum is ", max_bytes));
  }
  const size_t invalid = FindInvalidUtf8(text);
  if (invalid != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat(field, ": is not UTF-8 at byte ", invalid));
  }
  return absl::OkStatus();
}

BlockList ReadBlocks(absl::string_view body, MimeType mime_type) {
  switch (mime_type) {
    case MimeType::kHtml:
      return ReadHtml(body);
    case MimeType::kMarkdown:
      return ReadMarkdown(body);
    case MimeType::kPlain:
      break;
  }
  return ReadPlainText(body);
}

// Puts the blocks of a title and a body together, cuts them into sentences and tokens, and links them to
// headings.
class Assembler {
 public:
  Assembler() { headings_.fill(kNoHeading); }

  void AddTitle(absl::string_view title);
  // Adds the blocks of a body that begins `offset` bytes into the article as sent. Returns whether any has
  // text.
  bool AddBody(const BlockList& list, uint32_t offset);
  Document Take() {
    document_.storage = arena_.Release();
    return std::move(document_);
  }
  TextArena& arena() { return arena_; }

 private:
  static constexpr uint32_t kNoHeading = UINT32_MAX;

  TokenSpan AddText(const BlockList& list, IndexRange text, uint32_t block);
  void AddBlock(const BlockList& list, const DraftBlock& draft);
  uint32_t HeadingAbove(const Block& block) const;
  void NoteHeading(const Block& block, uint32_t index);
  bool RepeatsTitle(const Block& block) const;
  void RemoveLast();
  void Shift(size_t first_token, size_t first_sentence, uint32_t offset);

  Document document_;
  TextArena arena_;
  // The last heading of each level, title as level 0; deeper ones are forgotten when a higher one comes.
  std::array<uint32_t, 7> headings_{};
};

uint32_t Assembler::HeadingAbove(const Block& block) const {
  size_t level = block.kind == BlockKind::kHeading ? block.level : headings_.size();
  while (level > 0) {
    if (headings_[--level] != kNoHeading) return headings_[level];
  }
  return kNoHeading;
}

void Assembler::NoteHeading(const Block& block, uint32_t index) {
  if (block.kind != BlockKind::kHeading && block.kind != BlockKind::kTitle) return;
  const size_t level = block.kind == BlockKind::kTitle ? 0 : block.level;
  headings_[level] = index;
  std::fill(headings_.begin() + static_cast<ptrdiff_t>(level) + 1, headings_.end(), kNoHeading);
}

TokenSpan Assembler::AddText(const BlockList& list, IndexRange text, uint32_t block) {
  const auto begin = static_cast<uint32_t>(document_.tokens.size());
  AppendTokens(list.Flatten(text, arena_), arena_, document_.tokens);
  list.MapToSource(text, document_.tokens, begin);
  AppendSentences(document_.tokens, begin, block, document_.sentences);
  return {begin, static_cast<uint32_t>(document_.tokens.size())};
}

void Assembler::AddBlock(const BlockList& list, const DraftBlock& draft) {
  const auto index = static_cast<uint32_t>(document_.blocks.size());
  const auto first_token = document_.tokens.size();
  Block block;
  block.kind = draft.kind;
  block.level = draft.level;
  block.table = draft.table;
  block.is_header_row = draft.is_header_row;
  block.first_sentence = static_cast<uint32_t>(document_.sentences.size());
  for (uint32_t i = draft.texts.begin; i < draft.texts.end; ++i) {
    const TokenSpan tokens = AddText(list, list.texts()[i], index);
    if (draft.kind == BlockKind::kTableRow) block.cells.push_back(tokens);
  }
  block.last_sentence = static_cast<uint32_t>(document_.sentences.size());
  if (document_.tokens.size() == first_token) return;  // nothing but invisible characters
  const uint32_t heading = HeadingAbove(block);
  block.heading = heading == kNoHeading ? index : heading;
  NoteHeading(block, index);
  document_.blocks.push_back(std::move(block));
}

void Assembler::AddTitle(absl::string_view title) {
  BlockList list(title);
  list.AddSource(0, static_cast<uint32_t>(title.size()));
  DraftBlock block;
  block.kind = BlockKind::kTitle;
  list.EndBlock(block);
  for (const DraftBlock& draft : list.blocks()) AddBlock(list, draft);
}

// Whether `block` has the words of the title, marks aside.
bool Assembler::RepeatsTitle(const Block& block) const {
  const Block& title = document_.blocks[0];
  const auto words = [this](const Block& of) {
    std::vector<absl::string_view> norms;
    const uint32_t first = document_.sentences[of.first_sentence].tokens.begin;
    const uint32_t last = document_.sentences[of.last_sentence - 1].tokens.end;
    for (uint32_t i = first; i < last; ++i) {
      const Token& token = document_.tokens[i];
      if (token.is_word || token.is_number) norms.push_back(token.norm);
    }
    return norms;
  };
  const std::vector<absl::string_view> title_words = words(title);
  return !title_words.empty() && title_words == words(block);
}

void Assembler::RemoveLast() {
  const Block& block = document_.blocks.back();
  document_.tokens.resize(document_.sentences[block.first_sentence].tokens.begin);
  document_.sentences.resize(block.first_sentence);
  document_.blocks.pop_back();
}

bool Assembler::AddBody(const BlockList& list, uint32_t offset) {
  // How far down a headline may stand, below a logo, a section name or a date.
  constexpr size_t kMaxBlocksAboveHeadline = 8;
  constexpr size_t kBytesPerToken = 5;
  document_.tokens.reserve(document_.tokens.size() + list.text_bytes() / kBytesPerToken);
  bool may_repeat = !document_.blocks.empty();
  const size_t first = document_.blocks.size();
  const size_t first_token = document_.tokens.size();
  const size_t first_sentence = document_.sentences.size();
  bool has_text = false;
  for (const DraftBlock& draft : list.blocks()) {
    const size_t before = document_.blocks.size();
    const std::array<uint32_t, 7> headings = headings_;
    AddBlock(list, draft);
    has_text = has_text || document_.blocks.size() > before;
    if (!may_repeat || document_.blocks.size() == before) continue;
    const Block& block = document_.blocks.back();
    if ((before == first || block.kind == BlockKind::kHeading) && RepeatsTitle(block)) {
      RemoveLast();
      headings_ = headings;
      may_repeat = false;
    }
    may_repeat = may_repeat && document_.blocks.size() < first + kMaxBlocksAboveHeadline;
  }
  if (offset > 0) Shift(first_token, first_sentence, offset);
  return has_text;
}

void Assembler::Shift(size_t first_token, size_t first_sentence, uint32_t offset) {
  const auto shift = [offset](ByteSpan& span) { span = {span.begin + offset, span.end + offset}; };
  for (size_t i = first_token; i < document_.tokens.size(); ++i) shift(document_.tokens[i].source);
  for (size_t i = first_sentence; i < document_.sentences.size(); ++i) shift(document_.sentences[i].source);
}

}  // namespace

absl::Status CheckArticleText(absl::string_view title, absl::string_view body) {
  const absl::Status checked = CheckText("title", title, kMaxTitleBytes);
  return checked.ok() ? CheckText("body", body, kMaxBodyBytes) : checked;
}

absl::StatusOr<Document> ReadDocument(absl::string_view title, absl::string_view body, MimeType mime_type) {
  if (absl::Status checked = CheckArticleText(title, body); !checked.ok()) return checked;
  Assembler assembler;
  const absl::string_view owned_title = assembler.arena().Copy(title);
  // A byte order mark would hide what the first line begins with.
  const size_t mark_bytes = absl::StartsWith(body, kByteOrderMark) ? kByteOrderMark.size() : 0;
  const absl::string_view owned_body = assembler.arena().Copy(body.substr(mark_bytes));
  const BlockList list = ReadBlocks(owned_body, mime_type);
  assembler.AddTitle(owned_title);
  if (!assembler.AddBody(list, static_cast<uint32_t>(mark_bytes))) {
    return absl::InvalidArgumentError("body: has no text");
  }
  return assembler.Take();
}

}  // namespace treatywire::ingest
