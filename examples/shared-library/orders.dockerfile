# syntax=docker/dockerfile:1
FROM registry.acme.example/mirror/python:3.13-slim AS base
ENV PYTHONDONTWRITEBYTECODE=1
ENV PYTHONUNBUFFERED=1
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
WORKDIR /app
COPY certs/acme-ca.crt /usr/local/share/ca-certificates/
RUN update-ca-certificates

FROM base AS builder
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=requirements/orders.txt,target=/app/requirements/orders.txt \
    pip install -r /app/requirements/orders.txt

FROM builder AS dev
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=bind,source=requirements/dev.txt,target=/app/requirements/dev.txt \
    pip install -r /app/requirements/dev.txt
COPY . .
RUN ["python", "-m", "pytest", "tests/orders"]

FROM base AS production
RUN groupadd --gid 10001 app && \
    useradd --no-log-init --uid 10001 --gid 10001 \
        --no-create-home --shell /usr/sbin/nologin app
ENV PATH="/opt/venv/bin:$PATH"
COPY --from=builder /opt/venv /opt/venv
COPY orders ./orders
USER 10001:10001
EXPOSE 8001
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8001, timeout=3); c.request('GET', '/health'); sys.exit(c.getresponse().status >= 400)"]
CMD ["uvicorn", "orders.main:app", "--host", "0.0.0.0", "--port", "8001"]
LABEL org.opencontainers.image.title="orders" \
    org.opencontainers.image.vendor="Acme" \
    org.opencontainers.image.source="https://git.acme.example/orders"
