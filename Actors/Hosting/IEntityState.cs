using Google.Protobuf;
using WebChat.Journal.V1;

namespace WebChat.Actors.Hosting;

/// <summary>The state of an entity: immutable, and made of nothing but its events.</summary>
public interface IEntityState<TSelf> where TSelf : IEntityState<TSelf>
{
    /// <summary>Before any event.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state that <see cref="ToSnapshot"/> was taken of.</summary>
    static abstract TSelf FromSnapshot(IMessage snapshot);

    /// <summary>The state after an event. Reads no clock and no configuration, so that a replay gives the same for ever.</summary>
    TSelf Apply(IMessage journaled);

    /// <summary>The state as a journal record, without the time of its last event.</summary>
    ISnapshot ToSnapshot();
}
