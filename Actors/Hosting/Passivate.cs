namespace WebChat.Actors.Hosting;

/// <summary>An idle entity asks its region to let it rest. What comes for it meanwhile waits for its return.</summary>
public sealed record Passivate
{
    /// <summary>The one instance.</summary>
    public static Passivate Instance { get; } = new();
}
