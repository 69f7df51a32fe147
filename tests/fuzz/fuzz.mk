# SPDX-License-Identifier: MIT
# Builds the fuzz targets with GNU make; fuzz.sh runs it in the folder where
# everything goes. In: srcdir, builddir (for generated files), FUZZ_CC,
# FUZZ_CFLAGS, the flags and libraries of PCRE2, libmd and libyaml. Objects
# depend on the headers they were made from, so only what has changed is compiled
# again.

sanitizers = -fsanitize=address,undefined -fno-sanitize-recover=all
flags = -std=c11 -g -O2 -fno-omit-frame-pointer -D_GNU_SOURCE \
	-DSTAGEPP_BUILDING -I$(builddir)/src -I$(srcdir)/src \
	-I$(srcdir)/include $(PCRE2_CFLAGS) $(LIBMD_CFLAGS) $(YAML_CFLAGS) \
	$(sanitizers) $(FUZZ_CFLAGS)
# To report each comparison to libFuzzer takes as much time as everything else,
# and the dictionaries have the words that it would learn.
coverage = -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp

layers = base source lang library eval docker driver
core = $(patsubst $(srcdir)/%.c,obj/%.o, \
	$(foreach layer,$(layers),$(wildcard $(srcdir)/src/$(layer)/*.c)))
shared = obj/tests/fuzz/fuzz.o obj/tests/fuzz/world.o
grammar = obj/tests/fuzz/grammar.o obj/tests/fuzz/grammar_change.o \
	obj/tests/fuzz/grammar_type.o

targets = depfile docker expression json options parser session yaml
all: $(targets)

# Further objects of a target.
expression parser session: $(grammar)
json yaml: obj/tests/fuzz/places.o
options: $(patsubst $(srcdir)/%.c,obj/%.o,$(filter-out %/main.c %/io.c, \
	$(wildcard $(srcdir)/src/cli/*.c)))
session: obj/tests/positions/check.o obj/tests/positions/check_map.o

$(targets): %: obj/tests/fuzz/fuzz_%.o $(shared) libcore.a
	@echo "  FUZZ     $@"
	@$(FUZZ_CC) $(sanitizers) -fsanitize=fuzzer -o $@ \
	  $(filter %.o,$^) libcore.a $(PCRE2_LIBS) $(LIBMD_LIBS) $(YAML_LIBS)

libcore.a: $(core)
	@rm -f $@
	@ar rc $@ $(core)

# With another compiler or other flags, everything is made again.
command = $(FUZZ_CC) $(flags) $(coverage)
ifneq ($(command),$(file <command))
$(shell rm -rf obj)
$(file >command,$(command))
endif

obj/%.o: $(srcdir)/%.c
	@mkdir -p $(@D)
	@echo "  CC       $*.o"
	@$(FUZZ_CC) $(flags) $(coverage) -MMD -MP -c -o $@ $<

-include $(core:.o=.d) $(wildcard obj/tests/*/*.d obj/src/cli/*.d)

.SUFFIXES:
.PHONY: all
