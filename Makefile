# make run       build the release and run the first experiment
# make test      all tests
# make check     formatting, warnings, imports: what CI runs beside the tests
# make figures   regenerate of output/ what is not up to date, from every spec in experiments/; FORCE=--force all
# make output/squished the same for one spec
# make verify    the same into a temporary folder: exit 1 if anything differs from output/
# make check-layout draws every figure of experiments/ and looks for texts that meet or are cut off
# make page-check looks at pages in headless Chromium: their numbers beside the traces; skips without it
# make reference regenerate docs/reference.md from the program's own tables
# make record    write the pictures and commands that figures are compared with anew, to be read as a diff
# make fuzz      mutated specs, formulas and tables against the parsers: COUNT of them from SEED on
# make libfuzzer the same checks under libFuzzer and the address sanitizer, for DURATION seconds
# make bench     our work beside hand-written C, polars and matplotlib: Benchmarks/README.md
# make install   put runexp into PREFIX/bin (default /usr/local)
#
# Each does its own set-up: what is missing of the system's packages is installed first.

PREFIX ?= /usr/local
SCRATCH ?= .build
SWIFT_BUILD = swift build --scratch-path $(SCRATCH)
RUNEXP = $(SCRATCH)/release/runexp
COUNT ?= 1000000
SEED ?= 1
DURATION ?= 300
LIBFUZZER = $(SCRATCH)-libfuzzer
SPECS = $(wildcard experiments/*.txt)
RESULTS = $(SPECS:experiments/%.txt=output/%)
FORCE ?=

.PHONY: $(RESULTS) run test check figures verify check-layout page-check reference record fuzz libfuzzer fuzz-seeds bench install packages release format clean

run: output/squished
	@:

packages:
	@scripts/install-packages

release: packages
	@$(SWIFT_BUILD) -c release --product runexp

test: packages
	swift test --scratch-path $(SCRATCH) --parallel

check: packages
	scripts/check $(SCRATCH)

figures: $(RESULTS)

# What is up to date is the program's to know: it keeps a stamp of each spec in .runexp. One recipe for each folder, so
# that no two processes write one under make -j.
$(RESULTS): output/%: experiments/%.txt release
	$(RUNEXP) $(FORCE) $<

verify: release
	$(RUNEXP) verify $(SPECS)

check-layout: release
	scripts/check-layout $(RUNEXP) $(SPECS)

page-check: release
	scripts/check-page $(RUNEXP)

reference: release
	$(RUNEXP) list all --format markdown > docs/reference.md

record: packages
	RECORD=1 swift test --scratch-path $(SCRATCH) --filter 'CairoCanvasTests.PictureTests|TranscriptTests'

fuzz: packages
	@$(SWIFT_BUILD) -c release --product fuzz
	$(SCRATCH)/release/fuzz $(COUNT) $(SEED)

libfuzzer: fuzz-seeds
	@swift build --scratch-path $(LIBFUZZER) -c release --sanitize fuzzer --sanitize address \
	  -Xswiftc -DLIBFUZZER --product fuzz
	$(LIBFUZZER)/release/fuzz -max_total_time=$(DURATION) -seed=$(SEED) -timeout=10 \
	  -rss_limit_mb=3000 -max_len=2000 -artifact_prefix=fuzz- \
	  $(LIBFUZZER)/corpus $(LIBFUZZER)/seeds

fuzz-seeds: packages
	@$(SWIFT_BUILD) -c release --product fuzz
	@mkdir -p $(LIBFUZZER)/corpus
	@$(SCRATCH)/release/fuzz seeds $(LIBFUZZER)/seeds

bench: packages
	@$(SWIFT_BUILD) -c release --product runexp
	@$(SWIFT_BUILD) -c release --product benchmarks
	@$(SCRATCH)/release/benchmarks

install: release
	install -d $(DESTDIR)$(PREFIX)/bin
	install $(RUNEXP) $(DESTDIR)$(PREFIX)/bin/runexp

format:
	swift format --in-place --recursive Sources Tests Benchmarks Fuzz Package.swift

clean:
	rm -rf $(SCRATCH) $(LIBFUZZER)
