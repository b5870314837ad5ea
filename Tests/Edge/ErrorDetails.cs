using Google.Rpc;
using Grpc.Core;
using WebChat.Edge.Errors;
using Status = Google.Rpc.Status;

namespace WebChat.Tests.Edge;

/// <summary>Reads the details of an error, over JSON and gRPC.</summary>
internal static class ErrorDetails
{
    /// <summary>The code, in the spelling of frames.</summary>
    public static string Code(this Status error)
    {
        var info = error.GetDetail<ErrorInfo>();
        Assert.Equal(RpcErrors.Domain, info.Domain);
        return info.Reason.ToLowerInvariant();
    }

    public static string? Field(this Status error) => error.GetDetail<BadRequest>()?.FieldViolations.Single().Field;

    public static TimeSpan? RetryAfter(this Status error) => error.GetDetail<RetryInfo>()?.RetryDelay.ToTimeSpan();

    public static string? BanReason(this Status error) => error.GetDetail<ErrorInfo>().Metadata.GetValueOrDefault("ban_reason");

    public static string? BanReason(this RpcException error) => error.Rich().BanReason();

    public static string Code(this RpcException error) => error.Rich().Code();

    public static string? Field(this RpcException error) => error.Rich().Field();

    public static TimeSpan? RetryAfter(this RpcException error) => error.Rich().RetryAfter();

    private static Status Rich(this RpcException error)
    {
        var rich = error.GetRpcStatus() ?? throw new InvalidOperationException($"{error.Status} has no details.");
        Assert.Equal(((int)error.StatusCode, error.Status.Detail), (rich.Code, rich.Message));
        return rich;
    }
}
