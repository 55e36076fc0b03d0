# 正式环境的镜像：网页、任务、时刻表三个服务共用。数据库和 Redis 另设，见 docker-compose.yml。
FROM python:3.11-slim AS packages
WORKDIR /app
COPY requirements.lock requirements-uv.lock ./
RUN python -m venv /app/.venv \
    && /app/.venv/bin/pip install -q --no-cache-dir --require-hashes -r requirements-uv.lock \
    && /app/.venv/bin/uv pip sync -q --no-cache --require-hashes --python /app/.venv/bin/python requirements.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data fengqiao && install -d -o fengqiao -g fengqiao -m 0700 /data
WORKDIR /app
COPY --from=packages /app/.venv /app/.venv
COPY . .
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 \
    DJANGO_SETTINGS_MODULE=config.settings.prod \
    DATA_DIR=/data
USER 10001
VOLUME /data
EXPOSE 8000
# 先迁移再收集静态文件，然后才接受请求；worker 和 beat 在 docker-compose.yml 里换掉这条命令
CMD ["sh", "-c", "STATEMENT_TIMEOUT_MS=0 python manage.py migrate --no-input && python manage.py collectstatic --no-input -v 0 && exec gunicorn config.wsgi -k gthread -w ${WEB_WORKERS:-2} --threads 16 -b 0.0.0.0:8000 --timeout 60 --graceful-timeout 20 --max-requests 20000 --max-requests-jitter 2000"]
