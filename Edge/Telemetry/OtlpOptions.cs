using System.ComponentModel.DataAnnotations;

namespace WebChat.Edge.Telemetry;

/// <summary><c>WebChat:Otlp</c>.</summary>
public sealed class OtlpOptions : IValidatableObject
{
    /// <summary>The collector that receives traces, logs and, if enabled, metrics by OTLP over gRPC, such as <c>http://localhost:4317</c>. Empty: none.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The share of messages and requests that are traced, from 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 0.01;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint.Length > 0 && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)))
            yield return new($"\"{Endpoint}\" must be an address like http://localhost:4317.", [nameof(Endpoint)]);
    }
}
