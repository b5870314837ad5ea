using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Net.Wire;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The options of one service's calls, after its own were put over those of all services.</summary>
internal sealed record CallHandlingOptions(
    int? MaxReceiveMessageSize,
    int? MaxSendMessageSize,
    bool EnableDetailedErrors,
    bool? IgnoreUnknownServices,
    ICompressionProvider? ResponseCompression,
    CompressionLevel? ResponseCompressionLevel,
    IReadOnlyList<InterceptorRegistration> Interceptors)
{
    private const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    public static CallHandlingOptions Merge(GrpcServiceOptions all, GrpcServiceOptions service)
    {
        ICompressionProvider? compression = null;
        var algorithm = service.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm;
        if (algorithm is not null && !MessageEncodings.TryGet(algorithm, out compression))
        {
            throw new InvalidOperationException($"The response compression algorithm '{algorithm}' is not known: {MessageEncodings.Accepted}.");
        }

        return new(
            service.MaxReceiveMessageSizeIsSet ? service.MaxReceiveMessageSize : all.MaxReceiveMessageSizeIsSet ? all.MaxReceiveMessageSize : DefaultMaxReceiveMessageSize,
            service.MaxSendMessageSizeIsSet ? service.MaxSendMessageSize : all.MaxSendMessageSize,
            service.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false,
            service.IgnoreUnknownServices ?? all.IgnoreUnknownServices,
            compression,
            service.ResponseCompressionLevel ?? all.ResponseCompressionLevel,
            [.. all.Interceptors, .. service.Interceptors]);
    }
}
