using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>What failures of HTTP mean as a gRPC status.</summary>
internal static class FailureStatus
{
    /// <summary>The status of an exception of the transport.</summary>
    public static Status Of(Exception exception)
    {
        var detail = $"The call failed. {Describe(exception)}";
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case RpcException rpc:
                    return rpc.Status;
                case HttpProtocolException protocol:
                    return new(OfErrorCode(protocol.ErrorCode), detail, exception);
                case OperationCanceledException:
                    return new(StatusCode.Cancelled, detail, exception);
                case HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError or HttpRequestError.InvalidResponse }:
                    return new(StatusCode.Internal, detail, exception);
                case SocketException or IOException or HttpRequestException:
                    if (e.InnerException is null)
                    {
                        return new(StatusCode.Unavailable, detail, exception);
                    }

                    break;
            }
        }

        return new(exception is HttpRequestException or IOException ? StatusCode.Unavailable : StatusCode.Internal, detail, exception);
    }

    /// <summary>The status of an answer that is not gRPC's, or null where it is.</summary>
    public static Status? Of(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var code = response.StatusCode switch
            {
                HttpStatusCode.BadRequest => StatusCode.Internal,
                HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
                HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
                HttpStatusCode.NotFound => StatusCode.Unimplemented,
                HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
                _ => StatusCode.Unknown,
            };
            return new Status(code, $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}");
        }

        var contentType = response.Content.Headers.ContentType?.ToString();
        return GrpcContentType.Matches(contentType)
            ? null
            : new Status(StatusCode.Cancelled, contentType is null ? "Bad gRPC response. It has no content type." : $"Bad gRPC response. Invalid content-type value: {contentType}");
    }

    /// <summary>The status in headers or trailers, where there is one.</summary>
    public static bool TryRead(HttpHeaders headers, out Status status)
    {
        if (First(headers, HeaderNames.Status) is not { } code)
        {
            status = default;
            return false;
        }

        status = new Status(StatusText.ToCode(code), StatusText.Decode(First(headers, HeaderNames.Message) ?? ""));
        return true;
    }

    public static string? First(HttpHeaders headers, string name)
    {
        if (headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }

    // The meaning of HTTP/2's error codes is part of the gRPC protocol.
    private static StatusCode OfErrorCode(long code) => code switch
    {
        0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xb => StatusCode.ResourceExhausted,
        0xc => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static string Describe(Exception exception)
    {
        var messages = new List<string>();
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            messages.Add($"{e.GetType().Name}: {e.Message}");
        }

        return string.Join(' ', messages);
    }
}
