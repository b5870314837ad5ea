namespace Akka.Actor;

/// <summary>A step to the child of a name.</summary>
public class SelectChildName(string name) : SelectionPathElement
{
    /// <summary>The child's name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
