# One build, two images: `api` trains and stores, `web` serves the dashboard.
FROM node:22-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /hourglass
COPY . .
# What is built here has no repository beside it: docker build --build-arg HOURGLASS_COMMIT=$(git rev-parse HEAD)
ARG HOURGLASS_COMMIT
RUN npm run build

FROM node:22-bookworm-slim AS runtime
# A container is asked from outside it; who reaches its port may use the lab, as every page says.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOURGLASS_HOST=0.0.0.0 HOURGLASS_OPEN=1
WORKDIR /hourglass
COPY --from=build --chown=node:node /hourglass /hourglass

FROM runtime AS api
ENV HOURGLASS_DATA=/data HOURGLASS_BACKUP_FOLDER=/backups HOURGLASS_API_PORT=4000
RUN mkdir /data /backups && chown node:node /data /backups
VOLUME /data /backups
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "scripts/health.mjs", "http://127.0.0.1:4000/health"]
CMD ["node", "apps/server/bundle/main.js"]

FROM runtime AS web
ENV HOURGLASS_API_URL=http://api:4000
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "scripts/health.mjs", "http://127.0.0.1:3000/"]
CMD ["node", "apps/web/server/serve.mjs"]
