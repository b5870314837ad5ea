namespace WebChat.Actors.Hosting;

/// <summary>An entity tells its region that it has its state back.</summary>
public sealed record Awake
{
    /// <summary>The one instance.</summary>
    public static Awake Instance { get; } = new();
}
