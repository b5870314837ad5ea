namespace Akka.Actor;

/// <summary>A step to the parent.</summary>
public class SelectParent : SelectionPathElement
{
    /// <summary>The only instance that is needed.</summary>
    public static readonly SelectParent Instance = new();

    /// <inheritdoc/>
    public override string ToString() => "..";
}
