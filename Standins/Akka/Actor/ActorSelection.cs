namespace Akka.Actor;

/// <summary>The actors at a path, whichever live there when a message is sent.</summary>
public class ActorSelection : ICanTell
{
    /// <summary>The actors at a path from <paramref name="anchor"/> on.</summary>
    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Split('/'))
    {
    }

    /// <summary>The actors some names from <paramref name="anchor"/> on.</summary>
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, [.. elements.Where(e => e.Length > 0 && e != ".").Select(Step)])
    {
    }

    /// <summary>The actors some steps from <paramref name="anchor"/> on.</summary>
    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
        var recursive = Array.FindIndex(path, s => s is SelectChildRecursive);
        if (recursive >= 0 && recursive < path.Length - 1)
            throw new IllegalActorNameException("Double wildcard can only appear at the last path entry");
    }

    /// <summary>Where the path begins.</summary>
    public IActorRef Anchor { get; }

    /// <summary>The steps of the path.</summary>
    public SelectionPathElement[] Path { get; }

    /// <summary>The path as text, from the anchor on.</summary>
    public string PathString => "/" + string.Join('/', Path.Select(p => p.ToString()));

    /// <summary>Sends a message to all actors at the path; where there is none, to the dead letters.</summary>
    public void Tell(object message, IActorRef? sender = null) =>
        Deliver(Anchor, Path, message ?? throw new InvalidMessageException(), sender ?? ActorCell.GetCurrentSelfOrNoSender(), wildCardFanOut: false);

    /// <summary>The actor at the path.</summary>
    /// <exception cref="ActorNotFoundException">None answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The actor at the path.</summary>
    /// <exception cref="ActorNotFoundException">None answered in time.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"subject was null for {this}");
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            throw new ActorNotFoundException($"Exception occurred while resolving ActorSelection {this}", e);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({Anchor}), Path({PathString})]";

    internal static void Deliver(IActorRef anchor, ReadOnlySpan<SelectionPathElement> steps, object message, IActorRef? sender, bool wildCardFanOut)
    {
        var at = (IInternalActorRef)anchor;
        for (var i = 0; i < steps.Length; i++)
        {
            switch (steps[i])
            {
                case SelectParent:
                    at = at.Parent;
                    break;
                case SelectChildName step:
                    var next = at is LocalActorRef local ? local.GetSingleChild(step.Name) : (IInternalActorRef)at.GetChild([step.Name]);
                    if (next is Nobody)
                    {
                        Miss(at, steps[i..], message, sender, wildCardFanOut);
                        return;
                    }

                    at = next;
                    break;
                case SelectChildPattern step:
                    var fitting = ChildrenOf(at).Where(c => step.Fits(c.Path.Name)).ToArray();
                    if (fitting.Length == 0) Miss(at, steps[i..], message, sender, wildCardFanOut);
                    foreach (var child in fitting) Deliver(child, steps[(i + 1)..], message, sender, wildCardFanOut: true);
                    return;
                case SelectChildRecursive:
                    foreach (var child in ChildrenOf(at))
                    {
                        child.Tell(message, sender);
                        Deliver(child, steps[i..], message, sender, wildCardFanOut: true);
                    }

                    return;
            }
        }

        at.Tell(message, sender);
    }

    private static SelectionPathElement Step(string name) => name switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when name.Contains('*') || name.Contains('?') => new SelectChildPattern(name),
        _ => new SelectChildName(name),
    };

    private static LocalActorRef[] ChildrenOf(IInternalActorRef parent) => parent is LocalActorRef local ? local.Cell.GetChildren() : [];

    // One who asks a single place who lives there is told that nobody does; wildcards that fit nobody are silent.
    private static void Miss(IInternalActorRef last, ReadOnlySpan<SelectionPathElement> left, object message, IActorRef? sender, bool wildCardFanOut)
    {
        if (message is Identify identify)
        {
            if (!wildCardFanOut) sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
            return;
        }

        if (wildCardFanOut) return;
        var path = last.Path;
        foreach (var step in left) path /= step.ToString()!;
        new EmptyLocalActorRef(last.Provider, path).Tell(message, sender);
    }
}
