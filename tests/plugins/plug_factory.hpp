// SPDX-License-Identifier: MIT
// What a module of test plug-ins tells of the classes in it, and makes of them.
#pragma once

#include <array>

#include "vst3_interfaces.hpp"

template <typename Plug>
class PlugFactory final : public Factory {
 public:
  /// One class, or two where the second has a name. Their ids end with `number`.
  PlugFactory(std::uint8_t number, const char* name, const char* second)
      : number_(number), names_{name, second} {}

  v3_result query_interface(const v3_tuid id, void** object) override {
    const bool is_known = v3_tuid_match(id, v3_funknown_iid) ||
                          v3_tuid_match(id, v3_plugin_factory_iid) ||
                          v3_tuid_match(id, v3_plugin_factory_2_iid);
    *object = is_known ? this : nullptr;
    return is_known ? V3_OK : V3_NO_INTERFACE;
  }
  std::uint32_t ref() override { return 1; }
  std::uint32_t unref() override { return 1; }
  v3_result get_factory_info(v3_factory_info* info) override {
    *info = {};
    std::strcpy(info->vendor, "Toccata tests");
    info->flags = 0x10;
    return V3_OK;
  }
  std::int32_t num_classes() override { return names_[1] == nullptr ? 1 : 2; }
  v3_result get_class_info(std::int32_t index, v3_class_info* info) override {
    return describe(index, info);
  }
  v3_result get_class_info_2(std::int32_t index, v3_class_info_2* info) override {
    describe(index, info);
    std::strcpy(info->sub_categories, "Instrument|Synth");
    std::strcpy(info->vendor, "Toccata tests");
    std::strcpy(info->version, "1.0");
    std::strcpy(info->sdk_version, "VST 3.7");
    return V3_OK;
  }
  v3_result create_instance(const v3_tuid class_id, const v3_tuid id, void** object) override {
    const bool is_known = std::memcmp(class_id, class_id_of(0).data(), sizeof(v3_tuid)) == 0 ||
                          std::memcmp(class_id, class_id_of(1).data(), sizeof(v3_tuid)) == 0;
    if (!is_known) return V3_NO_INTERFACE;
    Plug* plug = new Plug;
    const v3_result result = plug->query_interface(id, object);
    plug->unref();
    return result;
  }

 private:
  std::array<std::uint8_t, 16> class_id_of(std::int32_t index) const {
    const v3_tuid id = V3_ID(0x546F6363, 0x61746154, 0x65737431, 0);
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), id, bytes.size());
    bytes[11] = static_cast<std::uint8_t>(bytes[11] + index);
    bytes[15] = number_;
    return bytes;
  }
  template <typename Info>
  v3_result describe(std::int32_t index, Info* info) const {
    *info = {};
    std::memcpy(info->class_id, class_id_of(index).data(), sizeof(v3_tuid));
    info->cardinality = 0x7FFFFFFF;
    std::strcpy(info->category, "Audio Module Class");
    std::strcpy(info->name, names_[static_cast<std::size_t>(index)]);
    return V3_OK;
  }

  std::uint8_t number_;
  std::array<const char*, 2> names_;
};
