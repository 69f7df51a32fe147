# SPDX-License-Identifier: MIT
# stagepp.mk: makes Dockerfiles from templates, with GNU make 4.0 or newer.
#
#   all: dockerfiles
#   include $(shell pkg-config --variable=makedir stagepp)/stagepp.mk
#
# makes Dockerfile from Dockerfile.in, Dockerfile.X from Dockerfile.X.in and
# X.dockerfile from X.dockerfile.in, and makes them again only if the template, a
# file that it read (-MD), or its options have changed. The goals are
#
#   make dockerfiles        writes all Dockerfiles
#   make check-dockerfiles  writes nothing; fails if one of them is not what its
#                           template gives now, whatever its time is (for CI)
#   make clean-dockerfiles  removes them and their .d files
#   make lock-dockerfiles   writes the lock for --locked: the libraries and other
#                           included files that they use
#
# If a default is not what you want, set the variable before the include:
#
#   STAGEPP            the command; default: stagepp. Outputs do not depend on
#                      it: after an upgrade, run make check-dockerfiles
#   STAGEPP_FLAGS      options for all templates: -I DIR, -D NAME=VALUE, -Werror
#   STAGEPP_FLAGS.X    further ones for the template or Dockerfile X
#   STAGEPP_LOCKED     --locked or --locked=FILE: a library that has changed is
#                      an error
#   STAGEPP_SRCDIR     where the templates are; default: the working directory.
#                      The Dockerfiles are always below the working directory
#   STAGEPP_TEMPLATES  templates that give one Dockerfile each; default:
#                      Dockerfile.in, Dockerfile.*.in and *.dockerfile.in of
#                      STAGEPP_SRCDIR
#   STAGEPP_SETS       templates whose @file blocks give all their Dockerfiles;
#                      X.dockerfile.in has the stamp X.dockerfile.stamp
#
# Several Dockerfiles from one template, by parameters; after the include:
#
#   $(eval $(call stagepp_variant,gunicorn.dockerfile,web.dockerfile.in,-D server=gunicorn))
#
# Names with blanks are refused, since make takes them for two names. So are
# names with other characters that make or the shell would obey, since they may
# come from strangers. Variables that begin with STAGEPP are for you, and one that
# nothing reads gives a warning; those that begin with stagepp are internal.

ifndef stagepp_is_here
stagepp_is_here := yes

ifeq (,$(filter output-sync,$(.FEATURES)))
$(error stagepp.mk: GNU make 4.0 or newer is needed; this is $(MAKE_VERSION))
endif

# The project's first rule is its default goal, not the first rule of this file.
stagepp_goal := $(.DEFAULT_GOAL)

STAGEPP ?= stagepp
STAGEPP_LOCKED ?=
STAGEPP_SETS ?=
STAGEPP_SRCDIR ?= .
ifneq (1,$(words $(STAGEPP_SRCDIR)))
$(error stagepp.mk: STAGEPP_SRCDIR is one folder without blanks in its path, not '$(STAGEPP_SRCDIR)')
endif
stagepp_src := $(filter-out ./,$(STAGEPP_SRCDIR:%/=%)/)

ifeq (undefined,$(origin STAGEPP_TEMPLATES))
STAGEPP_TEMPLATES := $(filter-out $(STAGEPP_SETS),$(patsubst $(stagepp_src)%,%,\
  $(wildcard $(stagepp_src)Dockerfile.in $(stagepp_src)Dockerfile.*.in $(stagepp_src)*.dockerfile.in)))
ifeq (,$(STAGEPP_TEMPLATES)$(STAGEPP_SETS))
$(warning stagepp.mk: $(STAGEPP_SRCDIR) has no Dockerfile.in, Dockerfile.*.in or *.dockerfile.in; other names go into STAGEPP_TEMPLATES)
endif
endif

# A name with a blank shows up as words that are not files.
stagepp_strange := $(strip $(foreach t,$(STAGEPP_TEMPLATES) $(STAGEPP_SETS),\
  $(if $(and $(filter %.in,$(t)),$(wildcard $(stagepp_src)$(t))),,'$(t)')))
ifneq (,$(stagepp_strange))
$(error stagepp.mk: no template $(stagepp_strange) in $(STAGEPP_SRCDIR); the name of a template ends in .in and has no blanks)
endif

# What was set for nothing: a variable that is not in the list above, and options
# for what is neither a template nor made from one. Those of variants follow.
stagepp_read := STAGEPP STAGEPP_FLAGS STAGEPP_LOCKED STAGEPP_SRCDIR STAGEPP_TEMPLATES STAGEPP_SETS STAGEPP_MAKEDIR
stagepp_is_set = $(filter-out environment default,$(firstword $(origin $(1))))
stagepp_has = $(filter $(1) $(1).in,$(STAGEPP_TEMPLATES) $(STAGEPP_SETS))$(wildcard $(stagepp_src)$(1) $(stagepp_src)$(1).in)
$(foreach v,$(filter-out $(stagepp_read) STAGEPP_FLAGS.%,$(filter STAGEPP_%,$(.VARIABLES))),$(if $(call \
  stagepp_is_set,$(v)),$(warning stagepp.mk: nothing reads $(v); there are $(filter STAGEPP_%,$(stagepp_read)))))
$(foreach v,$(patsubst STAGEPP_FLAGS.%,%,$(filter STAGEPP_FLAGS.%,$(.VARIABLES))),$(if $(call \
  stagepp_has,$(v)),,$(warning stagepp.mk: nothing reads STAGEPP_FLAGS.$(v): no template has that name, and none gives it)))

# $(call stagepp_odd,NAMES): those of the characters that occur in them.
stagepp_hash := \#
stagepp_odd_ones := ; = $$ : % | & ( ) { } < > [ ] * ? ~ ! ^ " ' ` \ $(stagepp_hash)
stagepp_odd = $(strip $(foreach c,$(stagepp_odd_ones),$(findstring $(c),$(1))))
ifneq (,$(call stagepp_odd,$(STAGEPP_TEMPLATES) $(STAGEPP_SETS)))
$(error stagepp.mk: the name of a template has what make or the shell would obey, $(call \
  stagepp_odd,$(STAGEPP_TEMPLATES) $(STAGEPP_SETS)), in $(STAGEPP_SRCDIR))
endif

.PHONY: dockerfiles check-dockerfiles clean-dockerfiles lock-dockerfiles stagepp-again
dockerfiles:
stagepp-again:

# --- Options: if they change, the Dockerfile is made again ---

# Joined by a blank, not by $(strip): a value may have two of them.
stagepp_blank := $(subst x,,x x)
stagepp_join = $(1)$(if $(1),$(if $(2),$(stagepp_blank)))$(2)
# $(call stagepp_options,TEMPLATE,OUTPUT), and the same after a blank
stagepp_options = $(call stagepp_join,$(STAGEPP_FLAGS),$(call stagepp_join,$(STAGEPP_FLAGS.$(1)),$(STAGEPP_FLAGS.$(2))))
stagepp_given = $(if $(stagepp_options),$(stagepp_blank)$(stagepp_options))
# With options that do not belong to a Dockerfile: another lock does not change it.
stagepp_command = $(STAGEPP)$(if $(STAGEPP_LOCKED),$(stagepp_blank)$(STAGEPP_LOCKED))
# $(call stagepp_remember,NAME,OPTIONS): a command that adds the options to
# NAME.d.
stagepp_remember = printf '%s\n' 'stagepp_was.$(1) := $(subst ','\'',$(subst \
  $(stagepp_hash),\$(stagepp_hash),$(subst $$,$$$$,$(2))))' >>$(1).d
# $(call stagepp_changed,NAME,OPTIONS): a prerequisite, if the options changed, or
# if there is no NAME.d: in a fresh clone nothing else says what NAME depends on.
stagepp_changed = $(if $(filter undefined,$(flavor stagepp_was.$(1))),stagepp-again,$(if $(subst \
  x$(2),,x$(stagepp_was.$(1)))$(subst x$(stagepp_was.$(1)),,x$(2)),stagepp-again))

# --- One template, one Dockerfile ---

# All of them: OUTPUT!TEMPLATE.
stagepp_pairs :=

# $(call stagepp_rule,OUTPUT,TEMPLATE)
define stagepp_rule
stagepp_pairs += $(1)!$(2)
-include $$(wildcard $(1).d)
dockerfiles: $(1)
$(1): $(stagepp_src)$(2) $$(call stagepp_changed,$(1),$$(call stagepp_options,$(2),$(1)))
	@mkdir -p $$(@D)
	$$(stagepp_command) -MD -MP$$(call stagepp_given,$(2),$(1)) -o $(1) $(stagepp_src)$(2)
	@$$(call stagepp_remember,$(1),$$(call stagepp_options,$(2),$(1)))
endef

# $(call stagepp_variant,OUTPUT,TEMPLATE,OPTIONS), with $(eval) around it or
# without.
stagepp_variant = $(eval $(call stagepp_variant_rules,$(1),$(2),$(3)))
define stagepp_variant_rules
$(if $(filter 1-1,$(words $(1))-$(words $(2))),,$(error stagepp.mk: stagepp_variant takes one output and one template, without blanks, not '$(1)' and '$(2)'))
$(if $(filter %.in,$(2)),,$(error stagepp.mk: stagepp_variant takes the output first and then the template, whose name ends in .in, not '$(strip $(1))' and '$(strip $(2))'))
STAGEPP_FLAGS.$(strip $(1)) := $(3)
$(call stagepp_rule,$(strip $(1)),$(strip $(2)))
endef

$(foreach t,$(STAGEPP_TEMPLATES),$(eval $(call stagepp_rule,$(t:.in=),$(t))))

# Dockerfiles that are not in a list, by name: `make service/web.dockerfile`.
%.dockerfile: $(stagepp_src)%.dockerfile.in
	@mkdir -p $(@D)
	$(stagepp_command) -MD -MP$(call stagepp_given,$*.dockerfile.in,$@) -o $@ $<
%/Dockerfile: $(stagepp_src)%/Dockerfile.in
	@mkdir -p $(@D)
	$(stagepp_command) -MD -MP$(call stagepp_given,$*/Dockerfile.in,$@) -o $@ $<
-include $(wildcard $(patsubst %,%.d,$(filter-out $(STAGEPP_TEMPLATES:.in=),$(filter %.dockerfile %/Dockerfile,$(MAKECMDGOALS)))))

# --- One template, a set of Dockerfiles ---

# The Dockerfiles, asked each time: some may have been added or removed. Mistakes
# in the template are reported when the stamp is made.
# $(call stagepp_list,TEMPLATE)
stagepp_list = $(STAGEPP) --list$(call stagepp_given,$(1)) $(stagepp_src)$(1)
stagepp_set_of = $(shell $(stagepp_list) 2>/dev/null | sed 's/[[:blank:]]/<blank>/g')

# $(call stagepp_set,TEMPLATE,NAME,OUTPUTS)
define stagepp_set
$(if $(findstring <blank>,$(3)),$(error stagepp.mk: an output of $(1) has a blank in its name: $(foreach o,$(3),$(if $(findstring <blank>,$(o)),'$(subst <blank>, ,$(o))'))))
$(if $(call stagepp_odd,$(3)),$(error stagepp.mk: the name of an output of $(1) has what make or the shell would obey: $(call stagepp_odd,$(3))))
-include $$(wildcard $(2).d)
dockerfiles: $(2).stamp
$(2).stamp: $(stagepp_src)$(1) $$(call stagepp_changed,$(2),$$(call stagepp_options,$(1)))
$(2).stamp: $(if $(filter-out $(wildcard $(3)),$(3)),stagepp-again)
	$$(stagepp_command) -MD -MP -MF $(2).d -MT $(2).stamp$$(call stagepp_given,$(1)) $(stagepp_src)$(1)
	@$$(call stagepp_remember,$(2),$$(call stagepp_options,$(1)))
	@touch $(2).stamp
$(if $(3),$(3): $(2).stamp ;)
endef

$(foreach t,$(STAGEPP_SETS),$(eval $(call stagepp_set,$(t),$(t:.in=),$(call stagepp_set_of,$(t)))))

# --- All of them ---

stagepp_output = $(firstword $(subst !, ,$(1)))
stagepp_template = $(lastword $(subst !, ,$(1)))

# Goes on after one that is stale or fails, so that all of them are listed.
check-dockerfiles:
	@status=0; \
	$(foreach p,$(stagepp_pairs),$(stagepp_command) --check$(call stagepp_given,$(call \
	  stagepp_template,$(p)),$(call stagepp_output,$(p))) -o $(call stagepp_output,$(p)) \
	  $(stagepp_src)$(call stagepp_template,$(p)) || status=1;) \
	$(foreach t,$(STAGEPP_SETS),$(stagepp_command) --check$(call stagepp_given,$(t)) \
	  $(stagepp_src)$(t) || status=1;) \
	exit $$status

stagepp_lock = $(STAGEPP) --lock$(patsubst --locked%,%,$(STAGEPP_LOCKED))
lock-dockerfiles:
	$(foreach p,$(stagepp_pairs),$(stagepp_lock)$(call stagepp_given,$(call \
	  stagepp_template,$(p)),$(call stagepp_output,$(p))) $(stagepp_src)$(call \
	  stagepp_template,$(p))$(stagepp_newline))
	$(foreach t,$(STAGEPP_SETS),$(stagepp_lock)$(call stagepp_given,$(t)) \
	  $(stagepp_src)$(t)$(stagepp_newline))

# The Dockerfiles of a set are only known if its template is right.
clean-dockerfiles:
	rm -f $(foreach p,$(stagepp_pairs),$(call stagepp_output,$(p)) $(call stagepp_output,$(p)).d) \
	  $(foreach t,$(STAGEPP_SETS),$(t:.in=.d) $(t:.in=.stamp))
	@status=0; \
	$(foreach t,$(STAGEPP_SETS),{ outputs=$$($(call stagepp_list,$(t))) && printf '%s\n' "$$outputs" | while IFS= read -r f; do \
	  rm -f -- "$$f"; done; } || { status=1; echo 'not removed: the set of $(t)'; };) \
	exit $$status

define stagepp_newline


endef

.DEFAULT_GOAL := $(stagepp_goal)

endif
