using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallHandlingOptions options, ILogger logger, ClientStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(GrpcCallContext context)
    {
        LiftRequestLimits(context.HttpContext);
        context.WriteOnly(Responses(), await invoke(new RequestStream<TRequest>(Requests(context), context), context));
    }
}
