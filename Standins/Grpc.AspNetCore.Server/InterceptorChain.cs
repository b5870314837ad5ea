using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>Puts interceptors before a method, once when the method is mapped.</summary>
internal static class InterceptorChain
{
    public static UnaryServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(IReadOnlyList<InterceptorRegistration> interceptors, UnaryServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var registration in interceptors.Reverse())
        {
            var next = method;
            method = (request, context) => RunAsync(registration, context, interceptor => interceptor.UnaryServerHandler(request, context, next));
        }

        return method;
    }

    public static ClientStreamingServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(IReadOnlyList<InterceptorRegistration> interceptors, ClientStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var registration in interceptors.Reverse())
        {
            var next = method;
            method = (requests, context) => RunAsync(registration, context, interceptor => interceptor.ClientStreamingServerHandler(requests, context, next));
        }

        return method;
    }

    public static ServerStreamingServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(IReadOnlyList<InterceptorRegistration> interceptors, ServerStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var registration in interceptors.Reverse())
        {
            var next = method;
            method = (request, responses, context) => RunAsync(registration, context, interceptor => interceptor.ServerStreamingServerHandler(request, responses, context, next));
        }

        return method;
    }

    public static DuplexStreamingServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(IReadOnlyList<InterceptorRegistration> interceptors, DuplexStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        foreach (var registration in interceptors.Reverse())
        {
            var next = method;
            method = (requests, responses, context) => RunAsync(registration, context, interceptor => interceptor.DuplexStreamingServerHandler(requests, responses, context, next));
        }

        return method;
    }

    private static async Task<TResponse> RunAsync<TResponse>(InterceptorRegistration registration, ServerCallContext context, Func<Interceptor, Task<TResponse>> run)
    {
        var (interceptor, isOwned) = registration.Create(context.GetHttpContext().RequestServices);
        try
        {
            return await run(interceptor);
        }
        finally
        {
            if (isOwned)
            {
                await Disposal.DisposeAsync(interceptor);
            }
        }
    }

    private static async Task RunAsync(InterceptorRegistration registration, ServerCallContext context, Func<Interceptor, Task> run)
    {
        var (interceptor, isOwned) = registration.Create(context.GetHttpContext().RequestServices);
        try
        {
            await run(interceptor);
        }
        finally
        {
            if (isOwned)
            {
                await Disposal.DisposeAsync(interceptor);
            }
        }
    }
}
