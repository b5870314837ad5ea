using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace WebChat.Edge.WebSockets;

/// <summary>
/// Whether the page that opens a WebSocket may. Browsers let any page open one to any server and say in the
/// <c>Origin</c> header which page it is; a client that sends none is not a browser.
/// </summary>
public sealed class OriginCheck(IOptions<OriginOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins.Select(origin => origin.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the request comes from a page of this server, of an allowed one, or of none.</summary>
    public bool Allows(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0)
            return true;
        if (origins is not [{ } origin])
            return false;
        return _allowed.Contains(origin)
            || Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(HostOf(request, uri), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The host that the request was sent to, without a port that goes without saying under the page's scheme.</summary>
    private static string HostOf(HttpRequest request, Uri page) =>
        request.Host.Port is { } port && new UriBuilder(page.Scheme, "_", port).Uri.IsDefaultPort ? request.Host.Host : request.Host.Value ?? "";
}

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
