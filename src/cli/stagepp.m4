# SPDX-License-Identifier: MIT
# stagepp.m4: for the configure.ac of a project whose Dockerfiles are made from
# templates.
#
#   STAGEPP_PROG([MINIMUM-VERSION], [ACTION-IF-FOUND], [ACTION-IF-NOT-FOUND])
#
# looks for the command stagepp, in this version or a newer one. Sets and
# substitutes STAGEPP (the command; a user may set it) and STAGEPP_MAKEDIR (the
# folder of stagepp.mk, empty if pkg-config does not know it). If the command is
# missing, configure fails unless ACTION-IF-NOT-FOUND is given. In Makefile.in:
#
#   STAGEPP = @STAGEPP@
#   include @STAGEPP_MAKEDIR@/stagepp.mk

AC_DEFUN([STAGEPP_PROG], [dnl
AC_REQUIRE([AC_PROG_SED])dnl
AC_ARG_VAR([STAGEPP], [the command stagepp, which makes Dockerfiles from templates])dnl
AC_ARG_VAR([STAGEPP_MAKEDIR], [the folder of stagepp.mk])dnl
stagepp_problem=
AC_CHECK_PROGS([STAGEPP], [stagepp])
AS_IF([test -z "$STAGEPP"],
  [stagepp_problem="stagepp is not in PATH"],
  [m4_ifval([$1],
    [AC_MSG_CHECKING([whether $STAGEPP is version $1 or newer])
    stagepp_version=`$STAGEPP --version 2>/dev/null | $SED -n '1s/^stagepp //p'`
    AS_VERSION_COMPARE([$stagepp_version], [$1],
      [stagepp_problem="$STAGEPP is version ${stagepp_version:-unknown}, older than $1"])
    AS_IF([test -z "$stagepp_version"],
      [stagepp_problem="'$STAGEPP --version' names no version of stagepp"])
    AC_MSG_RESULT([${stagepp_version:-unknown}])])])
AS_IF([test -z "$STAGEPP_MAKEDIR"],
  [STAGEPP_MAKEDIR=`${PKG_CONFIG:-pkg-config} --variable=makedir stagepp 2>/dev/null`])
AS_IF([test -z "$stagepp_problem"],
  [m4_default([$2], [:])],
  [m4_default([$3],
    [AC_MSG_ERROR([$stagepp_problem. Install stagepp[]m4_ifval([$1], [ $1 or newer]), or say where it is:
    ./configure STAGEPP=/path/of/stagepp])])])
])
