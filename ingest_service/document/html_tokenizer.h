// Cuts HTML into tags and text, each with its place in the source.
//
// Why not a tree builder (gumbo is packaged, and the tests compare with it): building the tree as the HTML
// standard has it takes time quadratic in the depth of nesting and in the number of unclosed formatting
// elements (256 KiB of
// "<div>" took gumbo 11 seconds), and the text nodes of the tree don't say where each of their characters
// stood. To find the blocks of an article no tree is needed.
//
//   HtmlTokenizer tokenizer(source);
//   for (HtmlToken token; tokenizer.Next(token);) { ... }
#ifndef TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_TOKENIZER_H_
#define TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_TOKENIZER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "ingest_service/document/document.h"

namespace treatywire::ingest {

// The elements that the reader treats in their own ways; every other one is kInline.
enum class HtmlTag : uint8_t {
  kInline,    // <span>, <a>, <em> and every unknown element: no effect on blocks
  kBold,      // <b>, <strong>
  kBlock,     // <p>, <div>, <section>, <blockquote>: begins and ends a block
  kMain,      // <article>, <main>
  kHeader,    // <header>
  kHeading,   // <h1> to <h6>; HtmlToken::heading_level says which
  kList,      // <ul>, <ol>
  kListItem,  // <li>, <dt>, <dd>
  kTable,
  kRow,           // <tr>
  kCell,          // <td>
  kHeaderCell,    // <th>
  kTableSection,  // <thead>, <tbody>, <tfoot>, <colgroup>, <caption>
  kBreak,         // <br>
  kRule,          // <hr>
  kOmitted,       // navigation, forms, footers, asides: their text is not the article's
  kHidden,   // <template>, <svg>, <select>, <del>, ...: their text is not shown as running text, or not meant
  kRawText,  // <script>, <style>, <title>, ...: what they hold is not HTML
  kVoid,     // <img>, <input>, ...: never has content
};

struct HtmlToken {
  enum class Kind : uint8_t { kText, kStartTag, kEndTag };
  Kind kind = Kind::kText;
  HtmlTag tag = HtmlTag::kInline;
  uint8_t heading_level = 0;
  bool self_closing = false;  // "<br/>"
  bool hidden = false;        // has the attribute "hidden"
  uint16_t colspan = 1;       // 1 to kMaxSpan
  uint16_t rowspan = 1;
  ByteSpan source;
  absl::string_view name;         // as written
  absl::string_view class_names;  // value of class; empty where there is none
};

// Cells that span more columns or rows count as spanning this many.
inline constexpr uint16_t kMaxSpan = 20;

// The tag that `name` (in any letter case) names.
HtmlTag FindHtmlTag(absl::string_view name);

class HtmlTokenizer {
 public:
  // `source` must outlive the tokenizer.
  explicit HtmlTokenizer(absl::string_view source) : source_(source) {}

  // Finds the next tag or stretch of text. Comments, declarations and processing instructions are passed
  // over, as is what stands between the tags of kRawText elements. Returns false at the end of the source. A
  // tag, comment or raw text that is not closed reaches to the end, as the standard has it. All calls
  // together are linear in the source.
  bool Next(HtmlToken& token);

  // Goes (back) to offset `at`, which must be the end of a token.
  void Seek(uint32_t at) { at_ = at; }

 private:
  bool IsMarkup(size_t at) const;
  void SkipMarkupDeclaration();
  void ReadTag(HtmlToken& token);
  void ReadAttribute(HtmlToken& token);
  absl::string_view ReadAttributeValue();
  void SkipRawText(absl::string_view name);
  char Byte(size_t at) const { return at < source_.size() ? source_[at] : '\0'; }
  void SkipSpace();

  absl::string_view source_;
  size_t at_ = 0;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DOCUMENT_HTML_TOKENIZER_H_
