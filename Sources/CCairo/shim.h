// Cairo draws the figures.
#pragma once

#if __has_include(<cairo.h>)
#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#else
#error "cairo.h not found. Debian: sudo apt-get install libcairo2-dev. macOS: brew install cairo."
#endif
