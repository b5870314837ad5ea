# docker build -t webchat .
# docker buildx build --platform linux/amd64,linux/arm64 -t webchat .
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
# Docker says amd64 where .NET says x64.
RUN dotnet publish Edge -c Release -r "linux-$(echo "$TARGETARCH" | sed 's/amd64/x64/')" -o /app && mkdir /data

# No shell, no package manager; ICU, which names and texts need.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID /data /data
# /data is the only directory that the server writes to. Diagnostics would need another.
ENV Kestrel__Endpoints__Web__Url=http://*:8080 \
    Kestrel__Endpoints__Grpc__Url=http://*:8081 \
    WebChat__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /data
EXPOSE 8080 8081
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["/app/Edge", "health"]
ENTRYPOINT ["/app/Edge"]
