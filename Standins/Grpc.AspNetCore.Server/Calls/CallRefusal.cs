using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Answers a request that never becomes a call: a status without messages, in the headers alone.</summary>
internal static class CallRefusal
{
    public static Task WriteAsync(HttpContext http, int httpStatus, Status status)
    {
        var response = http.Response;
        response.StatusCode = httpStatus;
        response.ContentType = GrpcContentType.Value;
        response.Headers.GrpcStatus = StatusText.OfCode(status.StatusCode);
        response.Headers.GrpcMessage = StatusText.Encode(status.Detail);
        return Task.CompletedTask;
    }
}
