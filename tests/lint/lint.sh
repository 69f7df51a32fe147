# SPDX-License-Identifier: MIT
# What the lints share; they source it. Each lint is one test, and the working
# directory becomes the top of the source.
# shellcheck shell=sh
. "$(dirname "$0")/../tap.sh"
cd "$top" || exit 99

# lint_run COMMAND...: whatever it prints is an objection.
lint_run()
{
    silent "$(basename "$0" .sh)" "$@"
    done_testing
}

# The functions that the public header declares, one per line.
header_functions()
{
    tr '\n' ' ' <include/stagepp.h | sed 's/STAGEPP_API/\
&/g' | sed -n 's/^STAGEPP_API [^(;]*[ *]\(stagepp_[a-z0-9_]*\)(.*/\1/p'
}
