using Grpc.Core;
using Grpc.Core.Interceptors;
using WebChat.Edge.Services;

namespace WebChat.Edge.Errors;

/// <summary>Ends a failed request with the status of the failure.</summary>
public sealed class RejectionInterceptor(Failures failures) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        RequestGuard.NoteRead(context.GetHttpContext());
        try
        {
            return await continuation(request, context);
        }
        catch (Exception ex) when (IsUnanswered(ex, context))
        {
            throw Answer(ex, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RequestGuard.NoteRead(context.GetHttpContext());
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception ex) when (IsUnanswered(ex, context))
        {
            throw Answer(ex, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception ex) when (IsUnanswered(ex, context))
        {
            throw Answer(ex, context);
        }
    }

    /// <summary>False if the exception has a status already, the client has disconnected, or its deadline has passed.</summary>
    private static bool IsUnanswered(Exception ex, ServerCallContext context) =>
        ex is not RpcException && !context.CancellationToken.IsCancellationRequested;

    private RpcException Answer(Exception ex, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        // JSON has no place for an error once a stream has begun: a truncated answer shows that data is missing.
        if (http.Response.HasStarted && !RpcErrors.IsGrpc(http.Request))
            http.Abort();
        return RpcErrors.ToException(failures.Explain(ex), http);
    }
}
