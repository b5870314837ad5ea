namespace Akka.Actor;

/// <summary>A decider made of pairs of exception types and directives; the first pair that fits decides.</summary>
public class DeployableDecider : IDecider
{
    /// <summary>A decider of pairs, and a directive for all else.</summary>
    public DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs)
    {
        DefaultDirective = defaultDirective;
        Pairs = [.. pairs];
    }

    /// <summary>A decider of pairs, and a directive for all else.</summary>
    public DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs)
        : this(defaultDirective, pairs.AsEnumerable())
    {
    }

    /// <summary>What is done where no pair fits.</summary>
    public Directive DefaultDirective { get; }

    /// <summary>The pairs, in order.</summary>
    public KeyValuePair<Type, Directive>[] Pairs { get; }

    /// <inheritdoc/>
    public Directive Decide(Exception cause)
    {
        foreach (var (type, directive) in Pairs)
            if (type.IsInstanceOfType(cause)) return directive;
        return DefaultDirective;
    }
}
