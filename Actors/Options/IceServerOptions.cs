namespace WebChat.Actors.Options;

/// <summary><c>WebChat:Voice:IceServers:0</c> and so on: a STUN or TURN server.</summary>
public sealed class IceServerOptions
{
    private static readonly string[] Stun = ["stun:", "stuns:"];
    private static readonly string[] Turn = ["turn:", "turns:"];

    /// <summary>Under which addresses it is reached, such as <c>stun:stun.example:3478</c> or <c>turns:turn.example?transport=tcp</c>.</summary>
    public IList<string> Urls { get; set; } = [];

    /// <summary>Of a TURN server: the user's name; empty where the password is made from the shared secret.</summary>
    public string Username { get; set; } = "";

    /// <summary>Of a TURN server: the user's password; empty where it is made from the shared secret.</summary>
    public string Credential { get; set; } = "";

    /// <summary>Whether clients need a name and a password, which are made from the shared secret.</summary>
    public bool TakesMadePassword => Username.Length == 0 && Urls.Any(url => IsOf(Turn, url));

    internal IEnumerable<(string Member, string Why)> Faults(bool hasSecret)
    {
        if (Urls.Count == 0)
            yield return (nameof(Urls), "names no server.");
        foreach (var url in Urls.Where(url => !IsOf(Stun, url) && !IsOf(Turn, url)))
            yield return (nameof(Urls), $"\"{url}\" does not begin with stun:, stuns:, turn: or turns: and a host.");
        if (Username.Length == 0 != (Credential.Length == 0))
            yield return (nameof(Credential), "A name and a password go together.");
        if (TakesMadePassword && !hasSecret)
            yield return (nameof(Credential), "A TURN server needs a name and a password, or WebChat:Voice:TurnSecret.");
    }

    private static bool IsOf(string[] schemes, string url) =>
        schemes.Any(scheme => url.StartsWith(scheme, StringComparison.Ordinal) && url.Length > scheme.Length);
}
