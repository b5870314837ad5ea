using System.Reflection;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Makes a handler of each method that a service lists. The service's own method of that name and those parameters is called.</summary>
internal sealed class ServiceBinder<TService>(CallHandlingOptions options, ILogger logger) : ServiceBinderBase
    where TService : class
{
    private readonly List<(IMethod Method, RequestDelegate Handler, IReadOnlyList<object> Metadata)> _methods = [];
    private readonly ServiceActivator<TService> _activator = new();

    public IReadOnlyList<(IMethod Method, RequestDelegate Handler, IReadOnlyList<object> Metadata)> Methods => _methods;

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method, [typeof(TRequest), typeof(ServerCallContext)], out var metadata);
        UnaryServerMethod<TRequest, TResponse> invoke = (request, context) => _activator.InvokeAsync(context, (implementation, request), static (service, call, context) => call.implementation(service, call.request, context));
        Add(method, new UnaryCallHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Build(options.Interceptors, invoke)), metadata);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method, [typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext)], out var metadata);
        ClientStreamingServerMethod<TRequest, TResponse> invoke = (requests, context) => _activator.InvokeAsync(context, (implementation, requests), static (service, call, context) => call.implementation(service, call.requests, context));
        Add(method, new ClientStreamingCallHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Build(options.Interceptors, invoke)), metadata);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method, [typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext)], out var metadata);
        ServerStreamingServerMethod<TRequest, TResponse> invoke = (request, responses, context) => _activator.InvokeAsync(context, (implementation, request, responses), static (service, call, context) => call.implementation(service, call.request, call.responses, context));
        Add(method, new ServerStreamingCallHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Build(options.Interceptors, invoke)), metadata);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method, [typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext)], out var metadata);
        DuplexStreamingServerMethod<TRequest, TResponse> invoke = (requests, responses, context) => _activator.InvokeAsync(context, (implementation, requests, responses), static (service, call, context) => call.implementation(service, call.requests, call.responses, context));
        Add(method, new DuplexStreamingCallHandler<TRequest, TResponse>(method, options, logger, InterceptorChain.Build(options.Interceptors, invoke)), metadata);
    }

    private static TDelegate Find<TDelegate>(IMethod method, Type[] parameters, out IReadOnlyList<object> metadata)
        where TDelegate : Delegate
    {
        var implementation = typeof(TService).GetMethod(method.Name, BindingFlags.Instance | BindingFlags.Public, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method {method.Name}({string.Join(", ", parameters.Select(p => p.Name))}) for {method.FullName}.");

        metadata = [.. typeof(TService).GetCustomAttributes(inherit: true), .. implementation.GetCustomAttributes(inherit: true)];
        return implementation.CreateDelegate<TDelegate>();
    }

    private void Add<TRequest, TResponse>(IMethod method, CallHandler<TRequest, TResponse> handler, IReadOnlyList<object> metadata)
        where TRequest : class
        where TResponse : class
        => _methods.Add((method, handler.HandleAsync, metadata));
}
