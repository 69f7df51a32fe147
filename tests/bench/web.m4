changequote({{, }})changecom()dnl
dnl SPDX-License-Identifier: MIT
dnl The README.md example with std/python, as an m4 user would write it.
define({{python_base}}, {{FROM python:$1-slim AS base
ENV PYTHONDONTWRITEBYTECODE=1
ENV PYTHONUNBUFFERED=1
WORKDIR /app

}})dnl
define({{cached_run}}, {{RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=$1,target=/app/$1 \
    }})dnl
define({{python_builder}}, {{FROM base AS builder
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
ifelse($1, {{}}, {{}}, {{cached_run($1)pip install -r /app/$1
}})
}})dnl
define({{python_dev}}, {{FROM builder AS dev
cached_run({{requirements-dev.txt}})pip install -r /app/requirements-dev.txt
COPY . .
RUN ["python", "-m", "$1"]

}})dnl
define({{healthcheck}}, {{HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', $1, timeout=3); c.request('GET', '$2'); sys.exit(c.getresponse().status >= 400)"]
}})dnl
define({{serve_uvicorn}}, {{CMD ["uvicorn", "$1", "--host", "0.0.0.0", "--port", "$2"]}})dnl
define({{serve_gunicorn}}, {{CMD ["gunicorn", "--bind", "0.0.0.0:$2", "--worker-class", "uvicorn.workers.UvicornWorker", "$1"]}})dnl
define({{python_production}}, {{FROM base AS production
RUN groupadd --gid 10001 app && \
    useradd --no-log-init --uid 10001 --gid 10001 \
        --no-create-home --shell /usr/sbin/nologin app
ENV PATH="/opt/venv/bin:$PATH"
COPY --from=builder /opt/venv /opt/venv
COPY patsubst($2, {{\..*}}) ./patsubst($2, {{\..*}})
USER 10001:10001
EXPOSE $3
ifelse($4, {{}}, {{}}, {{healthcheck($3, $4)}})dnl
indir({{serve_}}$1, $2, $3)
}})dnl
ifdef({{server}}, {{}}, {{define({{server}}, {{uvicorn}})}})dnl
# syntax=docker/dockerfile:1
python_base(3.12)dnl
python_builder(requirements.txt)dnl
python_dev(pytest)dnl
python_production(server, app.main:app, 8000, /health)dnl
