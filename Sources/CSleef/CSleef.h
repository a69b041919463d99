#ifndef CSLEEF_H
#define CSLEEF_H

#if !__has_include(<sleef.h>)
#error "sleef.h is missing; install SLEEF: apt-get install libsleef-dev (Debian), brew install sleef (macOS)"
#endif

#include <sleef.h>

#endif
