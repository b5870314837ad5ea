using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>An interceptor to be made for each call.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly Lazy<ObjectFactory> _factory;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(arguments);
        Type = type;
        _arguments = arguments;
        _factory = new(() => ActivatorUtilities.CreateFactory(Type, [.. _arguments.Select(a => a.GetType())]));
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>The constructor's arguments that do not come from the services.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    /// <summary>The interceptor for a call, and whether it was made for it and so is to be disposed of.</summary>
    internal (Interceptor Interceptor, bool IsOwned) Create(IServiceProvider services) =>
        _arguments.Length == 0 && services.GetService(Type) is Interceptor shared
            ? (shared, false)
            : ((Interceptor)_factory.Value(services, _arguments), true);
}
