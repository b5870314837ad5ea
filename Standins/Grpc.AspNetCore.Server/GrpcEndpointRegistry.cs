using System.Reflection;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server;

/// <summary>Makes the endpoints of the application's services.</summary>
internal sealed class GrpcEndpointRegistry(IOptions<GrpcServiceOptions> options, ILoggerFactory loggers)
{
    private bool _answersUnknownServices;

    public List<IEndpointConventionBuilder> Map<TService>(IEndpointRouteBuilder routes)
        where TService : class
    {
        var callOptions = CallHandlingOptions.Merge(options.Value, routes.ServiceProvider.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value);
        var binder = new ServiceBinder<TService>(callOptions, loggers.CreateLogger<TService>());
        Bind(binder);

        var endpoints = new List<IEndpointConventionBuilder>();
        foreach (var (method, handler, metadata) in binder.Methods)
        {
            endpoints.Add(routes.Map(RoutePatternFactory.Parse(method.FullName), handler)
                .WithDisplayName($"gRPC - {method.FullName}")
                .WithMetadata([new GrpcMethodMetadata(typeof(TService), method), .. metadata, new HttpMethodMetadata(["POST"], acceptCorsPreflight: true)]));
        }

        foreach (var service in binder.Methods.Select(m => m.Method.ServiceName).Distinct())
        {
            endpoints.Add(MapUnimplemented(routes, $"/{service}/{{unimplementedMethod}}", "unimplementedMethod", "Method is unimplemented."));
        }

        if (callOptions.IgnoreUnknownServices != true && !_answersUnknownServices)
        {
            _answersUnknownServices = true;
            MapUnimplemented(routes, "/{unimplementedService}/{unimplementedMethod}", "unimplementedMethod", "Service is unimplemented.");
        }

        return endpoints;
    }

    private static void Bind<TService>(ServiceBinder<TService> binder)
        where TService : class
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute)
            {
                continue;
            }

            var bind = attribute.BindType.GetMethod(
                attribute.BindMethodName,
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic,
                [typeof(ServiceBinderBase), type])
                ?? throw new InvalidOperationException($"{attribute.BindType} has no static method {attribute.BindMethodName}(ServiceBinderBase, {type}).");

            // Without an instance: the methods are listed now, and each call has a service of its own.
            bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [binder, null], null);
            return;
        }

        throw new InvalidOperationException($"{typeof(TService)} is no gRPC service: neither it nor a base type has a {nameof(BindServiceMethodAttribute)}.");
    }

    private static IEndpointConventionBuilder MapUnimplemented(IEndpointRouteBuilder routes, string pattern, string parameter, string detail)
    {
        var route = RoutePatternFactory.Parse(pattern, defaults: null, parameterPolicies: new RouteValueDictionary { [parameter] = new GrpcRequestConstraint() });
        return routes.Map(route, http => CallRefusal.WriteAsync(http, StatusCodes.Status200OK, new Status(StatusCode.Unimplemented, detail)))
            .WithDisplayName($"gRPC - {detail}");
    }

    /// <summary>
    /// Keeps requests that are not gRPC for other endpoints. The HTTP method is looked at here and not by metadata, which would have
    /// each path of two segments answered 405 where it is 404.
    /// </summary>
    private sealed class GrpcRequestConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
            => httpContext is not null && HttpMethods.IsPost(httpContext.Request.Method) && GrpcContentType.Matches(httpContext.Request.ContentType);
    }
}
