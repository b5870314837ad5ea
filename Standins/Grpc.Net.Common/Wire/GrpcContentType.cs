namespace Grpc.Net.Wire;

/// <summary>The content type <c>application/grpc</c>, with or without <c>+proto</c> and parameters.</summary>
internal static class GrpcContentType
{
    public const string Value = "application/grpc";

    public static bool Matches(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(Value, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == Value.Length || contentType[Value.Length] is '+' or ';' or ' ');
}
