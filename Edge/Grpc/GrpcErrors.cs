using System.Globalization;
using System.Text;
using Grpc.Core;
using WebChat.Actors;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Grpc;

/// <summary>Says a rejection in gRPC: the status by its code, and in trailers what a program wants to know.</summary>
public static class GrpcErrors
{
    /// <summary>The trailer with the code of the contract, which tells more than the status.</summary>
    public const string CodeTrailer = "webchat-code";

    /// <summary>The trailer with the field at fault.</summary>
    public const string FieldTrailer = "webchat-field";

    /// <summary>The trailer that says after how many milliseconds to try again.</summary>
    public const string RetryTrailer = "retry-after-ms";

    /// <summary>Whether a request is gRPC, whatever its path.</summary>
    public static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The exception that ends a call with the rejection.</summary>
    public static RpcException ToException(Rejection rejection)
    {
        var trailers = new Metadata();
        foreach (var (name, value) in Trailers(rejection))
            trailers.Add(name, value);
        return new(new Status(ErrorStatus.Of(rejection.Code).Grpc, rejection.Message), trailers);
    }

    /// <summary>Answers a request that never got as far as a service: the trailers alone, which gRPC allows as headers.</summary>
    public static Task Write(HttpResponse response, Rejection rejection)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)ErrorStatus.Of(rejection.Code).Grpc).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = PercentEncode(rejection.Message);
        foreach (var (name, value) in Trailers(rejection))
            response.Headers[name] = value;
        return response.CompleteAsync();
    }

    private static IEnumerable<(string Name, string Value)> Trailers(Rejection rejection)
    {
        yield return (CodeTrailer, rejection.Code.Name());
        if (rejection.Field is { } field)
            yield return (FieldTrailer, field);
        if (rejection.RetryAfter is { } after)
            yield return (RetryTrailer, ((long)Math.Ceiling(after.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The protocol's encoding of messages: all bytes of UTF-8 that are not printable ASCII, and the percent sign.</summary>
    private static string PercentEncode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            if (octet is >= 0x20 and <= 0x7e and not (byte)'%')
                encoded.Append((char)octet);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return encoded.ToString();
    }
}
