using Grpc.AspNetCore.Server.Calls;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>Leads from a gRPC call to its HTTP request.</summary>
public static class ServerCallContextExtensions
{
    private const string UserStateKey = "__HttpContext";

    /// <summary>The HTTP request of the call. A test's own context may carry one in its user state under <c>__HttpContext</c>.</summary>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        return serverCallContext is GrpcCallContext call
            ? call.HttpContext
            : serverCallContext.UserState.TryGetValue(UserStateKey, out var value) && value is HttpContext httpContext
                ? httpContext
                : throw new InvalidOperationException("This call context has no HTTP request.");
    }
}
