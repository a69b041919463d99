// libdeflate packs the pixels of PNG files.
#pragma once

#if __has_include(<libdeflate.h>)
#include <libdeflate.h>
#else
#error "libdeflate.h not found. Debian: sudo apt-get install libdeflate-dev. macOS: brew install libdeflate."
#endif
