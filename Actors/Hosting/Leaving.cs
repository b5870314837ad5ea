namespace WebChat.Actors.Hosting;

/// <summary>
/// An entity tells its region that it stops without having been asked to, before it tells anybody else: whoever then comes
/// to the region finds it prepared.
/// </summary>
public sealed record Leaving
{
    /// <summary>The one instance.</summary>
    public static Leaving Instance { get; } = new();
}
