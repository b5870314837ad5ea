using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Push</c>.</summary>
public sealed class PushOptions : IValidatableObject
{
    private static readonly string[] KnownServices =
    [
        "https://fcm.googleapis.com", "https://updates.push.services.mozilla.com", "https://*.push.apple.com", "https://*.notify.windows.com",
    ];

    /// <summary>The delay between a missed event and its notification, in which the user can reconnect. Further events are counted. A call is notified at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan After { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two notifications of a kind, other than calls.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AtMostEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the operator can be reached by the push services: a <c>mailto:</c> or <c>https:</c> address. Apple rejects notifications without one.</summary>
    public string Contact { get; set; } = "";

    /// <summary>The origins of push services to which notifications may be sent, in place of those of the known browsers. <c>*.</c> stands for any subdomain.</summary>
    public IList<string> Services { get; set; } = [];

    /// <summary>Whether notifications may be sent to an address. Clients name the address, so other addresses are refused.</summary>
    public bool Allows(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (Services.Count > 0 ? Services : KnownServices).Any(service => IsOf(uri, service));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Contact.Length > 0 && !(Uri.TryCreate(Contact, UriKind.Absolute, out var contact) && contact.Scheme is "mailto" or "https"))
            yield return new("must be a mailto: or https: address.", [nameof(Contact)]);
        for (var i = 0; i < Services.Count; i++)
        {
            if (!Uri.TryCreate(Plain(Services[i]), UriKind.Absolute, out var service) || service.PathAndQuery != "/")
                yield return new($"\"{Services[i]}\" must be an origin, such as https://push.example.", [$"{nameof(Services)}:{i}"]);
        }
    }

    private static bool IsOf(Uri endpoint, string service)
    {
        var allowed = new Uri(Plain(service));
        return endpoint.Scheme == allowed.Scheme && endpoint.Port == allowed.Port
            && (service.Contains("*.", StringComparison.Ordinal)
                ? endpoint.Host.EndsWith($".{allowed.Host}", StringComparison.OrdinalIgnoreCase)
                : endpoint.Host.Equals(allowed.Host, StringComparison.OrdinalIgnoreCase));
    }

    private static string Plain(string service) => service.Replace("*.", "", StringComparison.Ordinal);
}
