using Akka.Actor;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.V1;

namespace WebChat.Edge.Sessions;

/// <summary>
/// A WebSocket or gRPC stream as the sessions see it. It greets the client itself; what comes after the welcome goes to the
/// session, and what is to be sent waits in the queue.
/// </summary>
public sealed class Transport : IDisposable
{
    private readonly SessionGate _gate;
    private readonly IDisposable _greeting;
    private readonly ITimer _helloOverdue;
    private readonly CancellationToken _aborted;
    private IActorRef? _session;

    internal Transport(SessionGate gate, IDisposable greeting, TimeProvider time, TimeSpan helloTimeout, CancellationToken aborted)
    {
        _gate = gate;
        _greeting = greeting;
        _aborted = aborted;
        _helloOverdue = time.CreateTimer(_ => Queue.Complete(CloseCode.Unauthenticated), null, helloTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is to be sent, and in the end why to close.</summary>
    public OutboundQueue Queue { get; } = new();

    /// <summary>Takes what the client sent. After a hello this ends with the welcome: the client's next frames wait in the network.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public ValueTask ReceiveAsync(InboundFrame inbound)
    {
        if (_session is not { } session)
            return new(GreetAsync(inbound));
        if (inbound.Frame is not { } frame)
            session.Tell(new ConnectionCommands.ReceivedUnreadable(Queue, inbound.Fault), ActorRefs.NoSender);
        else if (frame.BodyCase == ClientFrame.BodyOneofCase.Renew)
            return new(RenewAsync(session, frame));
        else
            session.Tell(new ConnectionCommands.Received(Queue, frame), ActorRefs.NoSender);
        return ValueTask.CompletedTask;
    }

    /// <summary>The client sends no more; the queue ends once its frames are answered.</summary>
    public void EndInput()
    {
        if (_session is { } session)
            session.Tell(new ConnectionCommands.InputEnded(Queue), ActorRefs.NoSender);
        else
            Queue.Complete(CloseCode.Normal);
    }

    /// <summary>The transport has gone.</summary>
    public void Dispose()
    {
        _helloOverdue.Dispose();
        _greeting.Dispose();
        Queue.Abandon();
        _gate.Leave();
    }

    private async Task GreetAsync(InboundFrame inbound)
    {
        if (inbound.Frame is not { } frame)
            Queue.Complete(inbound.Fault);
        else if (frame.BodyCase != ClientFrame.BodyOneofCase.Hello)
            Write(frame.Id, new(ErrorCode.Unauthenticated, "Say hello first."));
        else if (!Queue.IsComplete)
            await OpenAsync(frame.Id, frame.Hello);
    }

    private async Task OpenAsync(string frameId, Hello hello)
    {
        await _helloOverdue.DisposeAsync();
        if (await _gate.CheckAsync(hello.AccessToken) is not { } token)
        {
            Write(frameId, SessionGate.BadToken);
            Queue.Complete(CloseCode.Unauthenticated);
        }
        else if (_gate.Refusal(token.Identity) is { } refusal)
        {
            Write(frameId, refusal);
            Queue.Complete(CloseCode.Banned);
        }
        else if (_gate.Limit(token.Identity) is { } limited)
        {
            Write(frameId, limited);
            Queue.Complete(CloseCode.Flooding);
        }
        else
        {
            _greeting.Dispose();
            SessionId? resumed = SessionId.TryParse(hello.SessionId, out var session) ? session : null;
            _session = await _gate.OpenAsync(new(Queue, token.Identity, token.ExpiresAt, frameId, resumed, hello.Cursors), _aborted);
        }
    }

    private async Task RenewAsync(IActorRef session, ClientFrame frame)
    {
        var token = await _gate.CheckAsync(frame.Renew.AccessToken);
        session.Tell(new ConnectionCommands.Renew(Queue, frame, token?.Identity, token?.ExpiresAt ?? default), ActorRefs.NoSender);
    }

    private void Write(string frameId, Rejection rejection)
    {
        var frame = ErrorFrames.Of(rejection);
        frame.ReplyTo = frameId;
        if (!Queue.TryWrite(new(frame)))
            Queue.Complete(CloseCode.TooSlow);
    }
}
