using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>
/// Makes the test actor the sender of what a test sends. That goes by thread, so what a test does after an await is taken back to a thread on which
/// it holds.
/// </summary>
internal sealed class ImplicitSenderContext : SynchronizationContext
{
    private readonly ActorCell _cell;
    private readonly SynchronizationContext? _inner;

    private ImplicitSenderContext(ActorCell cell, SynchronizationContext? inner)
    {
        _cell = cell;
        _inner = inner;
    }

    /// <summary>Holds on this thread from now on.</summary>
    public static ImplicitSenderContext Enter(IActorRef testActor)
    {
        // Of a test that was not ended on this thread, nothing is to remain.
        var inner = Current is ImplicitSenderContext former ? former._inner : Current;
        var context = new ImplicitSenderContext(((LocalActorRef)testActor).Cell, inner);
        ActorCell.Enter(context._cell);
        SetSynchronizationContext(context);
        return context;
    }

    /// <summary>Holds no more on this thread.</summary>
    public void Leave()
    {
        if (ReferenceEquals(ActorCell.Current, _cell)) ActorCell.Leave(null);
        if (ReferenceEquals(Current, this)) SetSynchronizationContext(_inner);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_inner is null) ThreadPool.UnsafeQueueUserWorkItem(_ => Run(d, state), null);
        else _inner.Post(_ => Run(d, state), null);
    }

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        var outer = ActorCell.Enter(_cell);
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(before);
            ActorCell.Leave(outer);
        }
    }
}
