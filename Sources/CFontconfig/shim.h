// Fontconfig says which font Cairo will take for a name.
#pragma once

#if __has_include(<fontconfig/fontconfig.h>)
#include <fontconfig/fontconfig.h>
#else
#error "fontconfig.h not found. Debian: sudo apt-get install libfontconfig-dev. macOS: brew install fontconfig."
#endif
