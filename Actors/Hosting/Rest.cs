namespace WebChat.Actors.Hosting;

/// <summary>The region's answer to <see cref="Passivate"/>: the entity stops once everything before this is done.</summary>
public sealed record Rest
{
    /// <summary>The one instance.</summary>
    public static Rest Instance { get; } = new();
}
