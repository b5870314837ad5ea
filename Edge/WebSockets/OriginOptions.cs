using System.ComponentModel.DataAnnotations;

namespace WebChat.Edge.WebSockets;

/// <summary>Which other sites' pages may open a WebSocket: <c>WebChat:AllowedOrigins</c>.</summary>
public sealed class OriginOptions : IValidatableObject
{
    /// <summary>Origins as browsers write them, such as <c>https://chat.example</c>.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from origin in AllowedOrigins
        where !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin.TrimEnd('/')
        select new ValidationResult($"\"{origin}\" is not an origin like https://chat.example.", [nameof(AllowedOrigins)]);
}
