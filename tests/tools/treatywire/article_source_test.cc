#include "tools/treatywire/article_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/treatywire/article_file.h"

namespace treatywire::tools {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

class ArticleSourceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/article_source_XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    dir_ = pattern;
  }
  void TearDown() override { fs::remove_all(dir_); }

  std::string Write(const std::string& name, const std::string& content) {
    fs::create_directories(fs::path(Path(name)).parent_path());
    std::ofstream(Path(name), std::ios::binary) << content;
    return Path(name);
  }
  std::string Path(const std::string& name) const { return absl::StrCat(dir_, "/", name); }

  // "name: body" or "name: message", names without the folder.
  std::vector<std::string> Read(const std::vector<std::string>& paths,
                                const ArticleSource::Options& options = {}) {
    ArticleSource source(paths, options);
    std::vector<std::string> read;
    while (auto item = source.Next()) {
      std::string origin = item->origin;
      if (origin.rfind(dir_ + "/", 0) == 0) origin.erase(0, dir_.size() + 1);
      read.push_back(absl::StrCat(
          origin, ": ", item->article.ok() ? item->article->body() : item->article.status().message()));
    }
    return read;
  }

  std::string dir_;
};

TEST_F(ArticleSourceTest, ReadsFilesInTheOrderGiven) {
  EXPECT_THAT(Read({Write("b.txt", "B"), Write("a.md", "A")}), ElementsAre("b.txt: B", "a.md: A"));
}

TEST_F(ArticleSourceTest, ReadsTheArticlesOfAFolderByName) {
  Write("in/z.txt", "Z");
  Write("in/b/c.html", "C");
  Write("in/a.jsonl", "{\"body\": \"1\"}\n");
  Write("in/picture.png", "P");
  fs::create_symlink(Path("in/z.txt"), Path("in/link.txt"));
  EXPECT_THAT(Read({Path("in")}), ElementsAre("in/a.jsonl:1: 1", "in/b/c.html: C", "in/z.txt: Z"));
}

TEST_F(ArticleSourceTest, ReadsJsonLinesAndGoesOnAfterABadOne) {
  const auto read = Read({Write("a.jsonl", "{\"body\": \"1\"}\n\n{bad\n{\"body\": \"2\"}")});
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0], "a.jsonl:1: 1");
  EXPECT_THAT(read[1], ::testing::StartsWith("a.jsonl:3: is no Article as JSON: "));
  EXPECT_EQ(read[2], "a.jsonl:4: 2");
}

TEST_F(ArticleSourceTest, ReadsStandardInputAsJsonLines) {
  std::istringstream in("{\"body\": \"1\"}\n");
  ArticleSource::Options options;
  options.standard_input = &in;
  EXPECT_THAT(Read({"-"}, options), ElementsAre("standard input:1: 1"));
}

TEST_F(ArticleSourceTest, RefusesALineThatIsTooLongAndReadsTheNext) {
  const auto read = Read(
      {Write("a.jsonl", absl::StrCat(std::string(kMaxJsonLineBytes + 1, 'x'), "\n{\"body\": \"2\"}\n"))});
  EXPECT_THAT(read, ElementsAre(absl::StrCat("a.jsonl:1: is longer than ", kMaxJsonLineBytes, " bytes"),
                                "a.jsonl:2: 2"));
}

TEST_F(ArticleSourceTest, SaysWhatCannotBeReadAndGoesOn) {
  fs::create_directory(Path("empty"));
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(Read({Path("none.txt"), Path("empty"), Path("pipe"), "/dev/null", Write("a.txt", "A")}),
              ElementsAre("none.txt: cannot be read: No such file or directory",
                          "empty: is a folder without articles", "pipe: is no file and no folder",
                          "/dev/null: is no file and no folder", "a.txt: A"));
}

TEST_F(ArticleSourceTest, RefusesAFileThatIsTooLarge) {
  EXPECT_THAT(Read({Write("a.txt", std::string(kMaxArticleFileBytes + 1, 'x'))}),
              ElementsAre(absl::StrCat("a.txt: is larger than ", kMaxArticleFileBytes, " bytes")));
}

TEST_F(ArticleSourceTest, GivesDefaultsToWhatFilesLeaveOpen) {
  ArticleSource::Options options;
  options.defaults.set_publisher("Default");
  options.mime_type = "text/markdown";
  ArticleSource source({Write("a.txt", "A"), Write("b.jsonl", "{\"body\": \"B\", \"publisher\": \"Own\"}")},
                       options);
  const auto first = source.Next();
  EXPECT_EQ(first->article->publisher(), "Default");
  EXPECT_EQ(first->article->mime_type(), "text/markdown");
  EXPECT_EQ(source.Next()->article->publisher(), "Own");
}

TEST_F(ArticleSourceTest, ReadsTheExamplesOfTheRepository) {
  ArticleSource source({absl::StrCat(TREATYWIRE_SOURCE_DIR, "/examples/articles")}, {});
  int count = 0;
  while (auto item = source.Next()) {
    ASSERT_TRUE(item->article.ok()) << item->origin << ": " << item->article.status();
    EXPECT_NE(item->article->publisher(), "") << item->origin;
    EXPECT_NE(item->article->title(), "") << item->origin;
    EXPECT_TRUE(item->article->has_publish_time()) << item->origin;
    ++count;
  }
  EXPECT_GE(count, 6);
}

}  // namespace
}  // namespace treatywire::tools
