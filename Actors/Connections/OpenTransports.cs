namespace WebChat.Actors.Connections;

/// <summary>The number of open transports of this node. Thread-safe.</summary>
public sealed class OpenTransports
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);

    public void Remove() => Interlocked.Decrement(ref _count);
}
