using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallHandlingOptions options, ILogger logger, DuplexStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override Task RunAsync(GrpcCallContext context)
    {
        LiftRequestLimits(context.HttpContext);
        return invoke(new RequestStream<TRequest>(Requests(context), context), new ResponseStream<TResponse>(Responses(), context), context);
    }
}
