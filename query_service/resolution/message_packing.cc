#include "query_service/resolution/message_packing.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace treatywire::query {
namespace {

// The fastest level that looks for repetitions well; the next is twice as slow for a twentieth of the bytes.
constexpr int kLevel = 1;
// What is repeated lies in the last messages as well as in more of them.
constexpr size_t kMaxDictionaryBytes = 32 << 10;
// Of a long message, its beginning tells the rest.
constexpr size_t kMaxSampleBytes = 16 << 10;
constexpr uint64_t kGrowth = 16;

template <auto free>
struct Freed {
  template <typename T>
  void operator()(T* owned) const {
    free(owned);
  }
};
using CompressionContext = std::unique_ptr<ZSTD_CCtx, Freed<ZSTD_freeCCtx>>;
using DecompressionContext = std::unique_ptr<ZSTD_DCtx, Freed<ZSTD_freeDCtx>>;
using CompressionDictionary = std::unique_ptr<ZSTD_CDict, Freed<ZSTD_freeCDict>>;
using DecompressionDictionary = std::unique_ptr<ZSTD_DDict, Freed<ZSTD_freeDDict>>;

// The end of the samples, with how often each byte and length is in them; the bare end of them where they are
// too few or too alike to tell.
std::string DictionaryFrom(const std::string& samples, const std::vector<size_t>& sizes) {
  std::string content = samples.substr(samples.size() - std::min(samples.size(), kMaxDictionaryBytes));
  constexpr size_t kStatisticsBytes = 4 << 10;
  std::string dictionary(content.size() + kStatisticsBytes, '\0');
  ZDICT_params_t parameters = {};
  parameters.compressionLevel = kLevel;
  const size_t size =
      ZDICT_finalizeDictionary(dictionary.data(), dictionary.size(), content.data(), content.size(),
                               samples.data(), sizes.data(), static_cast<unsigned>(sizes.size()), parameters);
  if (ZDICT_isError(size) != 0) return content;
  dictionary.resize(size);
  return dictionary;
}

ZSTD_CCtx* CompressionContextOfThread() {
  static thread_local const CompressionContext context = [] {
    CompressionContext made(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_dictIDFlag, 0);  // the number tells
    return made;
  }();
  return context.get();
}

ZSTD_DCtx* DecompressionContextOfThread() {
  static thread_local const DecompressionContext context(ZSTD_createDCtx());
  return context.get();
}

}  // namespace

struct MessagePacker::Dictionary {
  explicit Dictionary(std::string from)
      : bytes(std::move(from)),
        to_pack(ZSTD_createCDict(bytes.data(), bytes.size(), kLevel)),
        to_unpack(ZSTD_createDDict(bytes.data(), bytes.size())) {}

  const std::string bytes;
  const CompressionDictionary to_pack;
  const DecompressionDictionary to_unpack;
};

MessagePacker::~MessagePacker() {
  for (const auto& dictionary : dictionaries_) delete dictionary.load();
}

std::string MessagePacker::Pack(absl::string_view message) {
  static thread_local std::string buffer;
  const uint8_t number = newest_.load(std::memory_order_acquire);
  const Dictionary* dictionary = dictionaries_[number].load(std::memory_order_acquire);
  buffer.resize(1 + ZSTD_compressBound(message.size()));
  buffer[0] = static_cast<char>(number);
  ZSTD_CCtx* const context = CompressionContextOfThread();
  ZSTD_CCtx_refCDict(context, dictionary != nullptr ? dictionary->to_pack.get() : nullptr);
  // With room for the worst there is nothing that can fail but to get memory, which ends the process anyway.
  const size_t size = ZSTD_compress2(context, &buffer[1], buffer.size() - 1, message.data(), message.size());
  TakeSample(message);
  std::string packed(buffer.data(), 1 + size);
  constexpr size_t kMaxKeptBuffer = 1 << 20;
  if (buffer.size() > kMaxKeptBuffer) std::string().swap(buffer);
  return packed;
}

const MessagePacker::Dictionary* MessagePacker::DictionaryOf(absl::string_view packed) const {
  const auto number = static_cast<uint8_t>(packed[0]);
  return number <= kMaxDictionaries ? dictionaries_[number].load(std::memory_order_acquire) : nullptr;
}

std::string MessagePacker::Unpack(absl::string_view packed) const {
  if (packed.empty()) return "";
  const Dictionary* dictionary = DictionaryOf(packed);
  const absl::string_view frame = packed.substr(1);
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size > kMaxMessageBytes) return "";  // errors are the largest numbers
  std::string message(size, '\0');
  const size_t unpacked =
      ZSTD_decompress_usingDDict(DecompressionContextOfThread(), message.data(), message.size(), frame.data(),
                                 frame.size(), dictionary != nullptr ? dictionary->to_unpack.get() : nullptr);
  if (ZSTD_isError(unpacked) != 0) return "";
  return message;
}

std::vector<std::string> MessagePacker::dictionaries() const {
  absl::MutexLock lock(&mutex_);
  std::vector<std::string> dictionaries;
  for (uint8_t number = 1; number <= newest_.load(); ++number) {
    dictionaries.push_back(dictionaries_[number].load()->bytes);
  }
  return dictionaries;
}

uint8_t MessagePacker::Adopt(const std::string& dictionary) {
  absl::MutexLock lock(&mutex_);
  const uint8_t newest = newest_.load();
  for (uint8_t number = 1; number <= newest; ++number) {
    if (dictionaries_[number].load()->bytes == dictionary) return number;
  }
  if (newest == kMaxDictionaries) return 0;
  auto adopted = std::make_unique<const Dictionary>(dictionary);
  if (adopted->to_pack == nullptr || adopted->to_unpack == nullptr) return 0;
  dictionaries_[newest + 1].store(adopted.release());
  newest_.store(newest + 1, std::memory_order_release);
  return newest + 1;
}

void MessagePacker::CountAdopted(uint64_t count) {
  absl::MutexLock lock(&mutex_);
  packed_ += count;
  while (next_dictionary_.load() < packed_.load()) next_dictionary_.store(next_dictionary_.load() * kGrowth);
}

void MessagePacker::TakeSample(absl::string_view message) {
  if (packed_.fetch_add(1) + 1 + kSamples <= next_dictionary_.load()) return;
  absl::MutexLock lock(&mutex_);
  const uint8_t newest = newest_.load();
  if (newest == kMaxDictionaries) return;
  const absl::string_view sample = message.substr(0, kMaxSampleBytes);
  samples_.append(sample.data(), sample.size());
  sample_sizes_.push_back(sample.size());
  if (sample_sizes_.size() < kSamples) return;
  dictionaries_[newest + 1].store(new Dictionary(DictionaryFrom(samples_, sample_sizes_)));
  newest_.store(newest + 1, std::memory_order_release);
  next_dictionary_.store(next_dictionary_.load() * kGrowth);
  // Assigned an empty one, a string would keep its memory.
  std::string().swap(samples_);
  std::vector<size_t>().swap(sample_sizes_);
}

}  // namespace treatywire::query
