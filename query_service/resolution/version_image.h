// Versions of articles as values (value_bytes.h), with all that reading them took: what is made of the values
// is what ArticleReader made of the extraction, in a fraction of the time.
//
//   VersionImageWriter writer;
//   writer.Write(*version, to);
//
//   VersionImageReader reader;
//   reader.AddDictionary(dictionary);                                // each of ExtractionPacker's, in order
//   std::shared_ptr<const ArticleVersion> version = reader.Read(from);   // of each version, in order
//
// What many mentions share is written once, where the first of them is. Extractions stay packed.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_VERSION_IMAGE_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_VERSION_IMAGE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query_service/resolution/article_version.h"
#include "query_service/resolution/mention_reading.h"
#include "query_service/resolution/value_bytes.h"

namespace treatywire::query {

// The versions must outlive it.
class VersionImageWriter {
 public:
  void Write(const ArticleVersion& version, ValueWriter& to);

 private:
  void WriteReading(const MentionReading& reading, ValueWriter& to);

  absl::flat_hash_map<const MentionReading*, uint64_t> readings_;  // by when they were written
  // By a piece of memory that readings share which differ but in their dates, as they do all that they have
  // in common.
  absl::flat_hash_map<const void*, uint64_t> undated_;
  uint64_t undated_count_ = 0;
};

// Takes any values: what cannot be is told by ValueReader::ok.
class VersionImageReader {
 public:
  // False where it is none, or ExtractionPacker has no room for more.
  bool AddDictionary(const std::string& dictionary);
  // Never nullptr; whatever the values, a version that can be asked for everything.
  std::shared_ptr<const ArticleVersion> Read(ValueReader& from);

 private:
  std::string ReadPacked(ValueReader& from) const;
  std::shared_ptr<const MentionReading> ReadReading(ValueReader& from);

  std::vector<uint8_t> dictionaries_ = {0};  // ExtractionPacker's number, by the image's
  std::vector<std::shared_ptr<const MentionReading>> readings_;
  std::vector<MentionTraits> undated_;
  TextBlocks texts_;  // of the versions
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_VERSION_IMAGE_H_
