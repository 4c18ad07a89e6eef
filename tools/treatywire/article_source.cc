#include "tools/treatywire/article_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/treatywire/article_file.h"

namespace treatywire::tools {
namespace {

namespace fs = std::filesystem;
using treatywire::v1::Article;

bool IsJsonLines(absl::string_view path) {
  const std::string name = absl::AsciiStrToLower(path);
  return absl::EndsWith(name, ".jsonl") || absl::EndsWith(name, ".ndjson");
}

absl::Status OpenError(int error) {
  const std::string why = absl::StrCat("cannot be read: ", std::strerror(error));
  if (error == ENOENT || error == ENOTDIR) return absl::NotFoundError(why);
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(why);
  return absl::UnknownError(why);
}

// Reads a line of at most kMaxJsonLineBytes; what a longer one has more is passed over, and `too_long` says
// so. False at the end.
bool ReadLine(std::istream& in, std::string* line, bool* too_long) {
  line->clear();
  *too_long = false;
  std::streambuf* buffer = in.rdbuf();
  int c = buffer->sbumpc();
  if (c == std::streambuf::traits_type::eof()) return false;
  for (; c != std::streambuf::traits_type::eof() && c != '\n'; c = buffer->sbumpc()) {
    if (line->size() < kMaxJsonLineBytes) {
      line->push_back(static_cast<char>(c));
    } else {
      *too_long = true;
    }
  }
  return true;
}

}  // namespace

ArticleSource::ArticleSource(std::vector<std::string> paths, Options options)
    : options_(std::move(options)),
      paths_(std::make_move_iterator(paths.begin()), std::make_move_iterator(paths.end())) {}

std::optional<ArticleSource::Item> ArticleSource::Next() {
  while (true) {
    if (lines_ != nullptr) {
      if (auto item = NextLine()) return item;
      continue;
    }
    if (paths_.empty()) return std::nullopt;
    if (auto item = OpenNextPath()) return item;
  }
}

std::optional<ArticleSource::Item> ArticleSource::NextLine() {
  std::string line;
  bool too_long = false;
  while (ReadLine(*lines_, &line, &too_long)) {
    ++line_number_;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const std::string origin = absl::StrCat(lines_path_, ":", line_number_);
    if (too_long) {
      return Item{origin,
                  absl::InvalidArgumentError(absl::StrCat("is longer than ", kMaxJsonLineBytes, " bytes"))};
    }
    absl::StatusOr<Article> article = ReadArticleJson(line);
    if (article.ok()) FillFrom(options_.defaults, &*article);
    return Item{origin, std::move(article)};
  }
  lines_ = nullptr;
  lines_file_.reset();
  return std::nullopt;
}

std::optional<ArticleSource::Item> ArticleSource::OpenNextPath() {
  const std::string path = std::move(paths_.front());
  paths_.pop_front();
  if (path == "-" && options_.standard_input != nullptr) {
    lines_ = options_.standard_input;
    lines_path_ = "standard input";
    line_number_ = 0;
    return std::nullopt;
  }
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return Item{path, OpenError(ENOENT)};
  if (error) return Item{path, OpenError(error.value())};
  if (fs::is_directory(status)) return OpenFolder(path);
  // A pipe could keep the program waiting for ever, a device never end.
  if (!fs::is_regular_file(status)) return Item{path, absl::InvalidArgumentError("is no file and no folder")};
  return ReadFile(path);
}

std::optional<ArticleSource::Item> ArticleSource::ReadFile(const std::string& path) {
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) return Item{path, OpenError(errno)};
  if (IsJsonLines(path)) {
    lines_file_ = std::move(file);
    lines_ = lines_file_.get();
    lines_path_ = path;
    line_number_ = 0;
    return std::nullopt;
  }
  std::string content(kMaxArticleFileBytes + 1, '\0');
  file->read(content.data(), static_cast<std::streamsize>(content.size()));
  if (file->bad()) return Item{path, OpenError(EIO)};
  content.resize(static_cast<size_t>(file->gcount()));
  absl::StatusOr<Article> article = ReadArticleFile(path, content, options_.mime_type);
  if (article.ok()) FillFrom(options_.defaults, &*article);
  return Item{path, std::move(article)};
}

std::optional<ArticleSource::Item> ArticleSource::OpenFolder(const std::string& path) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error), end;
       !error && at != end; at.increment(error)) {
    std::error_code unreadable;
    const std::string name = at->path().string();
    if (fs::is_regular_file(at->symlink_status(unreadable)) &&
        (IsJsonLines(name) || absl::EndsWithIgnoreCase(name, ".json") || !MimeTypeOfFileName(name).empty())) {
      found.push_back(name);
    }
  }
  if (error) return Item{path, OpenError(error.value())};
  if (found.empty()) return Item{path, absl::NotFoundError("is a folder without articles")};
  std::sort(found.begin(), found.end());
  paths_.insert(paths_.begin(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  return std::nullopt;
}

}  // namespace treatywire::tools
