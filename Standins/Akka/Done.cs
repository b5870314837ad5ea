namespace Akka;

/// <summary>The result of a task that has nothing to say but that it is finished.</summary>
public sealed class Done
{
    /// <summary>The only instance.</summary>
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
