using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Who subscribed to what, and who therefore hears of which type. It never changes; a new one takes its place.</summary>
internal sealed class Subscriptions
{
    public static readonly Subscriptions None = new([]);

    private readonly ImmutableArray<(IActorRef Subscriber, Type Classifier)> _all;
    private readonly ConcurrentDictionary<Type, IActorRef[]> _byType = new();

    private Subscriptions(ImmutableArray<(IActorRef Subscriber, Type Classifier)> all)
    {
        _all = all;
    }

    public int Count => _all.Length;

    public bool Has(IActorRef subscriber, Type classifier) => _all.Any(s => s.Classifier == classifier && s.Subscriber.Equals(subscriber));

    public Subscriptions With(IActorRef subscriber, Type classifier) => new(_all.Add((subscriber, classifier)));

    public Subscriptions Without(Func<IActorRef, Type, bool> which) => new([.. _all.Where(s => !which(s.Subscriber, s.Classifier))]);

    public IActorRef[] For(Type type) => _byType.TryGetValue(type, out var subscribers)
        ? subscribers
        : _byType.GetOrAdd(type, t => [.. _all.Where(s => s.Classifier.IsAssignableFrom(t)).Select(s => s.Subscriber).Distinct()]);
}
