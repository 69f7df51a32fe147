/* SPDX-License-Identifier: MIT */
/* From a byte of an output to the place in a template that gave it. Positions
 * are wanted rarely (for a report about an output, --explain, --map), so most
 * runs do not record them; the first question has the template expanded once
 * more. To report a mistake in bytes [at, at + n) of output i:
 *
 *     const struct linemap *m = linemap_get(s, i);
 *     struct origin o;
 *     if (m && linemap_at(m, at, &o))
 *         diag_report(…, linemap_span(&o, n), o.chain, …);
 *
 * (else at the output itself). The chain becomes the notes of the report. */
#ifndef STAGEPP_DRIVER_LINEMAP_H
#define STAGEPP_DRIVER_LINEMAP_H

#include "driver/session.h"

/* The map of one output. */
struct linemap;

/* The map of output i, counted as stagepp_get_output does, of a session whose
 * last expansion was good. It lives as long as the results. NULL when positions
 * are unknown: the second expansion reached a limit, or gave other bytes,
 * because a loader or the file system did. Nothing is reported, and the results
 * of the first expansion stay as they are. */
const struct linemap *linemap_get(stagepp_session *s, size_t i);

/* Reports that positions are unknown; returns false. */
bool linemap_unknown(stagepp_session *s);

/* Where the byte at `offset` came from; false if the output has no such byte.
 * ORIGIN_TEXT: the byte is the first of out->span, and those that follow in the
 * output follow in the span, to its end. ORIGIN_VALUE: out->span is the
 * "@{…}" or the "@name(…)" that gave it. ORIGIN_MADE: out->span is the line
 * that added it. out->chain: through which calls and includes, innermost first;
 * NULL in the root template itself. */
bool linemap_at(const struct linemap *m, size_t offset, struct origin *out);

/* The offset after the last byte that came from the same place as the byte at
 * `offset`, which exists. linemap_at gives nothing new before it. */
size_t linemap_end(const struct linemap *m, size_t offset);

/* The place of a report about n bytes, the first of which came from o. In
 * literal text it is n bytes long at most. */
struct span linemap_span(const struct origin *o, size_t n);

#endif
