using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Handles the requests of one method: checks them, runs the call and ends it with its status.</summary>
internal abstract class CallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallHandlingOptions options, ILogger logger)
    where TRequest : class
    where TResponse : class
{
    public Task HandleAsync(HttpContext http)
    {
        var protocol = http.Request.Protocol;
        if (!HttpProtocol.IsHttp2(protocol) && !HttpProtocol.IsHttp3(protocol))
        {
            http.Response.Headers.Upgrade = "HTTP/2";
            return CallRefusal.WriteAsync(http, StatusCodes.Status426UpgradeRequired, new Status(StatusCode.Internal, $"Request protocol '{protocol}' is not supported: gRPC needs HTTP/2."));
        }

        if (!GrpcContentType.Matches(http.Request.ContentType))
        {
            http.Response.Headers.Accept = GrpcContentType.Value;
            return CallRefusal.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, new Status(StatusCode.Internal, $"Content-Type '{http.Request.ContentType}' is not supported."));
        }

        return RunAsync(http);
    }

    /// <summary>Reads requests, calls the service, writes responses.</summary>
    protected abstract Task RunAsync(GrpcCallContext context);

    protected MessageReader<TRequest> Requests(GrpcCallContext context) =>
        new(context.HttpContext.Request.BodyReader, method.RequestMarshaller, options.MaxReceiveMessageSize, context.RequestEncoding);

    protected MessageWriter<TResponse> Responses() => new(method.ResponseMarshaller, options.MaxSendMessageSize);

    /// <summary>Lets a stream of requests be as long and as slow as it likes.</summary>
    protected static void LiftRequestLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private async Task RunAsync(HttpContext http)
    {
        using var context = new GrpcCallContext(http, method, options, logger);
        try
        {
            context.Begin();
            await RunAsync(context);
        }
        catch (Exception e)
        {
            context.Fail(e);
        }

        await context.EndAsync();
    }
}
