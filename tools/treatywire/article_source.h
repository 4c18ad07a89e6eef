// The articles of the files that somebody named, one after the other, never more than one in memory.
//
//   ArticleSource source({"examples/articles", "more.jsonl"}, {});
//   while (auto item = source.Next()) {
//     if (!item->article.ok()) std::cerr << item->origin << ": " << item->article.status().message();
//
// A path is a file (.jsonl and .ndjson: an Article as proto3 JSON a line; .json: one; all others as
// article_file.h has it), a folder (the files in it and in its folders that are named so, by name; symbolic
// links are passed over), or "-": standard input, as JSON lines.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_ARTICLE_SOURCE_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_ARTICLE_SOURCE_H_

#include <deque>
#include <fstream>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "treatywire/v1/article.pb.h"

namespace treatywire::tools {

// A longer line of JSON lines is refused: 4 MiB of body may take six bytes a character.
inline constexpr size_t kMaxJsonLineBytes = 32 << 20;

class ArticleSource {
 public:
  struct Options {
    treatywire::v1::Article defaults;        // what files leave open: publisher, publish_time, uri, language
    std::string mime_type;                   // of files that are no JSON lines; "": told by name and content
    std::istream* standard_input = nullptr;  // what "-" reads; not owned
  };
  struct Item {
    std::string origin;  // "notes/a.txt", "more.jsonl:17": for messages
    // NOT_FOUND and PERMISSION_DENIED for what cannot be opened, INVALID_ARGUMENT for what is no article.
    absl::StatusOr<treatywire::v1::Article> article;
  };

  ArticleSource(std::vector<std::string> paths, Options options);

  // The next article, or what is the matter with a file or line; nullopt after the last. After an error it
  // goes on with the next line or file.
  std::optional<Item> Next();

  // Paths that are not opened yet (a folder counts as one until then): for progress.
  size_t paths_left() const { return paths_.size(); }

 private:
  std::optional<Item> NextLine();
  std::optional<Item> OpenNextPath();
  std::optional<Item> ReadFile(const std::string& path);
  std::optional<Item> OpenFolder(const std::string& path);

  const Options options_;
  std::deque<std::string> paths_;
  // JSON lines being read; null between files.
  std::istream* lines_ = nullptr;
  std::unique_ptr<std::ifstream> lines_file_;
  std::string lines_path_;
  size_t line_number_ = 0;
};

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_ARTICLE_SOURCE_H_
