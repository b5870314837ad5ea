using Grpc.Core;
using Grpc.Core.Interceptors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Grpc;

/// <summary>Ends calls that threw with the status that says it.</summary>
public sealed class RejectionInterceptor(Failures failures) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception failure) when (!IsToldAlready(failure, context))
        {
            throw GrpcErrors.ToException(failures.Explain(failure));
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception failure) when (!IsToldAlready(failure, context))
        {
            throw GrpcErrors.ToException(failures.Explain(failure));
        }
    }

    /// <inheritdoc/>
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
        catch (Exception failure) when (!IsToldAlready(failure, context))
        {
            throw GrpcErrors.ToException(failures.Explain(failure));
        }
    }

    /// <summary>The exception has a status, or the client has gone or wants no answer after its deadline.</summary>
    private static bool IsToldAlready(Exception failure, ServerCallContext context) =>
        failure is RpcException || context.CancellationToken.IsCancellationRequested;
}
