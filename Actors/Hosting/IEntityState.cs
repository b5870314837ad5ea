using Google.Protobuf;
using WebChat.Journal.V1;

namespace WebChat.Actors.Hosting;

/// <summary>The state of an entity: immutable, and derived from its events alone.</summary>
public interface IEntityState<TSelf> where TSelf : IEntityState<TSelf>
{
    /// <summary>The state before any event.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state that a snapshot holds.</summary>
    static abstract TSelf FromSnapshot(IMessage snapshot);

    /// <summary>The state after an event. Reads no clock and no configuration, so that every replay gives the same state.</summary>
    TSelf Apply(IMessage journaled);

    /// <summary>The state as a snapshot, without the time of its last event.</summary>
    ISnapshot ToSnapshot();
}
