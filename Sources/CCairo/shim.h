// Cairo draws the figures, and zlib, which Cairo's own PNG support brings along, packs them.
#pragma once

#if __has_include(<cairo.h>)
#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#else
#error "cairo.h not found. Debian: sudo apt-get install libcairo2-dev. macOS: brew install cairo."
#endif

#if __has_include(<zlib.h>)
#include <zlib.h>
#else
#error "zlib.h not found. Debian: sudo apt-get install zlib1g-dev. macOS: xcode-select --install."
#endif
