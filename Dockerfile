# One image for every process of Gewerk; the command says which: API (default), worker, migration.
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx vite build admin --outDir /app/admin/dist --emptyOutDir \
 && node tools/start/write-bundle.ts /app/workflows.bundle.js \
 && npm prune --omit=dev --no-audit --no-fund

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production WORKFLOW_BUNDLE=/app/workflows.bundle.js PORTAL_DIR=/app/admin/dist FILES_DIR=/data/files API_HOST=0.0.0.0 API_PORT=4000
WORKDIR /app
COPY --from=build --chown=root:root /app /app
RUN mkdir -p /data/files && chown -R node:node /data
USER node
VOLUME /data
EXPOSE 4000
# The worker lets running activities end; give it 40 s to stop.
STOPSIGNAL SIGTERM
CMD ["node", "api/server.ts"]
