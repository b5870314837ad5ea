using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WebChat.Actors;
using WebChat.V1;
using BadRequest = Google.Rpc.BadRequest;
using ErrorDetailsReflection = Google.Rpc.ErrorDetailsReflection;
using ErrorInfo = Google.Rpc.ErrorInfo;
using RetryInfo = Google.Rpc.RetryInfo;
using Status = Google.Rpc.Status;

namespace WebChat.Edge.Errors;

/// <summary>Writes rejections as <c>google.rpc.Status</c>: in gRPC's trailers, or as a JSON body.</summary>
public static class RpcErrors
{
    /// <summary>The domain of every <see cref="ErrorInfo"/>.</summary>
    public const string Domain = "webchat";

    private const string GrpcContentType = "application/grpc";

    /// <summary>The types of the details. Without them <c>google.protobuf.Any</c> cannot be written as JSON.</summary>
    public static TypeRegistry DetailTypes { get; } = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

    // Static initializers run in textual order: this one must come after DetailTypes.
    private static JsonFormatter Formatter { get; } = new(JsonFormatter.Settings.Default.WithTypeRegistry(DetailTypes));

    /// <summary>Whether a request is gRPC, whatever its path.</summary>
    public static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith(GrpcContentType, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A rejection as a status with all its details.</summary>
    public static Status ToStatus(Rejection rejection)
    {
        var info = new ErrorInfo { Reason = rejection.Code.Name().ToUpperInvariant(), Domain = Domain };
        if (rejection.BanReason != ReportReason.Unspecified)
            info.Metadata["ban_reason"] = rejection.BanReason.ToString().ToUpperInvariant();
        var status = new Status { Code = (int)ErrorStatus.Of(rejection.Code).Grpc, Message = rejection.Message, Details = { Any.Pack(info) } };
        if (rejection.Field is { } field)
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = rejection.Message } } }));
        if (rejection.RetryAfter is { } after)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = after.ToDuration() }));
        return status;
    }

    /// <summary>The exception that ends a request with the rejection, over either protocol.</summary>
    public static RpcException ToException(Rejection rejection, HttpContext context)
    {
        if (!IsGrpc(context.Request) && !context.Response.HasStarted)
            SetRetryAfter(context.Response, rejection);
        return ToStatus(rejection).ToRpcException();
    }

    /// <summary>Answers a request that does not reach a service.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rejection">The answer.</param>
    /// <param name="httpStatus">The status of a JSON answer; null for that of the rejection's code.</param>
    public static Task WriteAsync(HttpContext context, Rejection rejection, int? httpStatus = null)
    {
        var response = context.Response;
        if (IsGrpc(context.Request))
            return WriteTrailersAsync(response, ToStatus(rejection));
        SetRetryAfter(response, rejection);
        response.StatusCode = httpStatus ?? ErrorStatus.Of(rejection.Code).Http;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(Formatter.Format(ToStatus(rejection)));
    }

    /// <summary>Writes an answer that consists of trailers alone, which HTTP sees as headers.</summary>
    private static Task WriteTrailersAsync(HttpResponse response, Status status)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = GrpcContentType;
        response.Headers["grpc-status"] = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(status.Message);
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        return response.CompleteAsync();
    }

    private static void SetRetryAfter(HttpResponse response, Rejection rejection)
    {
        if (rejection.RetryAfter is { } after)
            response.Headers.RetryAfter = ((long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
