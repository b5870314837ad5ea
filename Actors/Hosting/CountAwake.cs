namespace WebChat.Actors.Hosting;

/// <summary>Asks a region how many of its entities are awake; answered by <see cref="AwakeAre"/>.</summary>
public sealed record CountAwake
{
    /// <summary>The one instance.</summary>
    public static CountAwake Instance { get; } = new();
}
