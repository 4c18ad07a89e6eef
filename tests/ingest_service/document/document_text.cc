#include "tests/ingest_service/document/document_text.h"

#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ingest_service/document/document_reader.h"
#include "tests/ingest_service/document/document_promises.h"

namespace treatywire::ingest {
namespace {

std::string Label(const Block& block) {
  switch (block.kind) {
    case BlockKind::kTitle:
      return "T";
    case BlockKind::kHeading:
      return absl::StrCat("H", block.level);
    case BlockKind::kParagraph:
      return "P";
    case BlockKind::kListItem:
      return absl::StrCat("L", block.level);
    case BlockKind::kTableRow:
      return absl::StrCat("R", block.table, block.is_header_row ? "*" : "");
  }
  return "?";
}

}  // namespace

std::vector<std::string> Show(const Document& document) {
  std::vector<std::string> shown;
  for (const Block& block : document.blocks) {
    std::vector<std::string> parts;
    for (const TokenSpan& cell : block.cells) parts.push_back(document.Text(cell));
    if (block.kind != BlockKind::kTableRow) {
      for (uint32_t i = block.first_sentence; i < block.last_sentence; ++i) {
        parts.push_back(document.Text(document.sentences[i].tokens));
      }
    }
    const absl::string_view between = block.kind == BlockKind::kTableRow ? " ; " : " | ";
    shown.push_back(absl::StrCat(Label(block), ": ", absl::StrJoin(parts, between)));
  }
  return shown;
}

std::vector<std::string> Texts(const Document& document, TokenSpan span) {
  std::vector<std::string> texts;
  for (uint32_t i = span.begin; i < span.end; ++i) texts.emplace_back(document.tokens[i].text);
  return texts;
}

Document MustRead(absl::string_view body, MimeType mime_type, absl::string_view title) {
  absl::StatusOr<Document> document = ReadDocument(title, body, mime_type);
  EXPECT_TRUE(document.ok()) << document.status();
  if (!document.ok()) return {};
  EXPECT_EQ(FindBrokenPromise(title, body, mime_type, *document), "");
  return *std::move(document);
}

}  // namespace treatywire::ingest
