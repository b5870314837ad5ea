using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallHandlingOptions options, ILogger logger, ServerStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, options, logger)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(GrpcCallContext context)
    {
        var request = await Requests(context).ReadSingleAsync(context.CancellationToken);
        await invoke(request, new ResponseStream<TResponse>(Responses(), context), context);
    }
}
