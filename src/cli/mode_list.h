/* SPDX-License-Identifier: MIT */
/* Every mode but the main one, which has no option: X(ID, FUNCTION, WITH).
 * OPTION_ID chooses it, its function is in the file of that name, and WITH says
 * what goes with it (see mode.h). */
X(CHECK, mode_check, TEMPLATE | EXPANDS | BAKES)
X(CHECK_ONLY, mode_check_only, TEMPLATE)
X(INSTRUCTIONS, mode_instructions, TEMPLATE)
X(LIST, mode_list, TEMPLATE | EXPANDS | BAKES)
X(LOCK, mode_lock, TEMPLATE | EXPANDS)
X(EXPLAIN, mode_explain, TEMPLATE | EXPANDS)
X(GRAPH, mode_graph, TEMPLATE | EXPANDS)
X(TARGETS, mode_targets, TEMPLATE | EXPANDS | ANSWERS)
X(PARAMS, mode_params, TEMPLATE | ANSWERS)
X(MACROS, mode_macros, ANSWERS)
X(WHY, mode_why, 0)
X(HELP, mode_help, ABOUT_US)
X(VERSION, mode_version, ABOUT_US)
