using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Gives each call its service, and disposes of one that was made for the call.</summary>
internal sealed class ServiceActivator<TService>
    where TService : class
{
    private static readonly Lazy<ObjectFactory<TService>> Factory = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    public Task<TResponse> InvokeAsync<TCall, TResponse>(ServerCallContext context, TCall call, Func<TService, TCall, ServerCallContext, Task<TResponse>> invoke)
    {
        var service = Get(context, out var disposable);
        return disposable is null ? invoke(service, call, context) : InvokeAndDispose();

        async Task<TResponse> InvokeAndDispose()
        {
            try
            {
                return await invoke(service, call, context);
            }
            finally
            {
                await Disposal.DisposeAsync(disposable);
            }
        }
    }

    public Task InvokeAsync<TCall>(ServerCallContext context, TCall call, Func<TService, TCall, ServerCallContext, Task> invoke)
    {
        var service = Get(context, out var disposable);
        return disposable is null ? invoke(service, call, context) : InvokeAndDispose();

        async Task InvokeAndDispose()
        {
            try
            {
                await invoke(service, call, context);
            }
            finally
            {
                await Disposal.DisposeAsync(disposable);
            }
        }
    }

    private static TService Get(ServerCallContext context, out object? disposable)
    {
        var services = context.GetHttpContext().RequestServices;
        disposable = null;
        if (services.GetService<TService>() is { } shared)
        {
            return shared;
        }

        var service = Factory.Value(services, null);
        disposable = service is IAsyncDisposable or IDisposable ? service : null;
        return service;
    }
}
