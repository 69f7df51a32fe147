/* SPDX-License-Identifier: MIT */
/* Threads take the next stretch of numbers until there are none left. */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    STRETCH = 16, /* less does not pay for a thread */
    MOST_THREADS = 64
};

struct pool {
    size_t n;
    atomic_size_t next;
    void (*work)(void *ctx, size_t i);
    void *ctx;
};

static void *run(void *ctx)
{
    struct pool *p = ctx;
    for (;;) {
        size_t from = atomic_fetch_add(&p->next, STRETCH);
        if (from >= p->n)
            return NULL;
        size_t end = p->n - from < STRETCH ? p->n : from + STRETCH;
        for (size_t i = from; i < end; i++)
            p->work(p->ctx, i);
    }
}

void parallel_run(size_t n, unsigned jobs, void (*work)(void *ctx, size_t i),
                  void *ctx)
{
    struct pool p = {.n = n, .work = work, .ctx = ctx};
    pthread_t threads[MOST_THREADS];
    unsigned others = 0;
    atomic_init(&p.next, 0);
    if (jobs > MOST_THREADS)
        jobs = MOST_THREADS;
    while (others + 1 < jobs && (others + 1) * STRETCH < n &&
           pthread_create(&threads[others], NULL, run, &p) == 0)
        others++;
    run(&p);
    while (others)
        pthread_join(threads[--others], NULL);
}
