// SPDX-License-Identifier: MIT
#include "png.hpp"

#include <new>

#include <png.h>

namespace toccata::report {

Bytes encode_png(const Picture& picture) {
  static_assert(sizeof(Colour) == 3);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB;
  Bytes bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
  png_alloc_size_t size = bytes.size();
  // In memory only memory can be missing.
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0,
                                nullptr) == 0)
    throw std::bad_alloc();
  bytes.resize(size);
  return bytes;
}

}  // namespace toccata::report
