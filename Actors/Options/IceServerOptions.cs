namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Voice:IceServers:0</c> and so on: a STUN or TURN server.</summary>
public sealed class IceServerOptions
{
    private static readonly string[] Stun = ["stun:", "stuns:"];
    private static readonly string[] Turn = ["turn:", "turns:"];

    /// <summary>The server's addresses, such as <c>stun:stun.example:3478</c> or <c>turns:turn.example?transport=tcp</c>.</summary>
    public IList<string> Urls { get; set; } = [];

    /// <summary>The user name on a TURN server; empty where the password is derived from the shared secret.</summary>
    public string Username { get; set; } = "";

    /// <summary>The password on a TURN server; empty where it is derived from the shared secret.</summary>
    public string Credential { get; set; } = "";

    /// <summary>Whether clients need a user name and password derived from the shared secret.</summary>
    public bool TakesMadePassword => Username.Length == 0 && Urls.Any(url => IsOf(Turn, url));

    internal IEnumerable<(string Member, string Why)> Faults(bool hasSecret)
    {
        if (Urls.Count == 0)
            yield return (nameof(Urls), "must name a server.");
        foreach (var url in Urls.Where(url => !IsOf(Stun, url) && !IsOf(Turn, url)))
            yield return (nameof(Urls), $"\"{url}\" must begin with stun:, stuns:, turn: or turns: and a host.");
        if (Username.Length == 0 != (Credential.Length == 0))
            yield return (nameof(Credential), "must be set together with Username.");
        if (TakesMadePassword && !hasSecret)
            yield return (nameof(Credential), "must be set with Username for a TURN server, unless WebChat:Voice:TurnSecret is set.");
    }

    private static bool IsOf(string[] schemes, string url) =>
        schemes.Any(scheme => url.StartsWith(scheme, StringComparison.Ordinal) && url.Length > scheme.Length);
}
