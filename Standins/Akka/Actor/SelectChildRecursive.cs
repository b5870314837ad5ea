namespace Akka.Actor;

/// <summary>The last step, <c>**</c>: to all that live below.</summary>
public class SelectChildRecursive : SelectionPathElement
{
    /// <summary>The only instance that is needed.</summary>
    public static readonly SelectChildRecursive Instance = new();

    /// <inheritdoc/>
    public override string ToString() => "**";
}
