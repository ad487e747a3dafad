# The assistant in a container: docker build -t retro .
# A minor version of Python keeps its security fixes coming. For a build that never changes, pin its
# digest instead (`docker buildx imagetools inspect python:3.13-slim-trixie` tells today's):
#   docker build --build-arg PYTHON=python:3.13-slim-trixie@sha256:… -t retro .
ARG PYTHON=python:3.13-slim-trixie

FROM ${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/retro \
    && /opt/retro/bin/pip install --require-hashes -r requirements.lock \
    && pip install --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY scheduling ./scheduling
COPY storage ./storage
COPY sandbox ./sandbox
COPY bot ./bot
RUN python -m hatchling build -t wheel -d /wheel \
    && /opt/retro/bin/pip install --no-deps --no-index /wheel/*.whl \
    && /opt/retro/bin/pip uninstall --yes pip

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Retro" \
      org.opencontainers.image.description="Back-planning for communication campaigns, in Slack" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin retro \
    && install --directory --owner=retro --group=retro --mode=0700 /data
COPY --from=build /opt/retro /opt/retro
ENV PATH=/opt/retro/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RETRO_DATA_DIR=/data \
    RETRO_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
# The only place that is written to: everything else may be mounted read-only.
VOLUME ["/data"]
EXPOSE 3000
STOPSIGNAL SIGTERM
# Red when the last pass of the ticker is older than 90 seconds; urlopen raises on any answer but a good one.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('RETRO_PORT', '3000')}/healthz\", timeout=4)"]
CMD ["retro", "serve"]
