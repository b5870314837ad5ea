using Akka.Actor;
using Akka.Hosting;
using WebChat.Actors;
using WebChat.Actors.Connections;
using WebChat.Actors.Hosting;
using WebChat.Edge.Errors;

namespace WebChat.Edge.Sockets;

/// <summary>Where transports meet the sockets' supervisor, one by one as they come, and all together when the server stops.</summary>
public sealed class SocketGate(SocketTable table, IRequiredActor<SocketSupervisor> supervisor)
{
    private static readonly TimeSpan AcceptPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    private volatile bool _closed;

    /// <summary>Whether nobody is let in any more.</summary>
    public bool IsClosed => _closed;

    /// <summary>Has a socket made for a new transport.</summary>
    /// <exception cref="RejectedException">The server is going away.</exception>
    public async Task<LiveSocket> Open(CancellationToken cancellation)
    {
        RefuseIfClosed();
        var queue = new OutboundQueue();
        var number = table.Add(queue);
        try
        {
            var answer = await supervisor.ActorRef.Ask<object>(new SocketCommands.Accept(number), AcceptPatience, cancellation);
            return answer switch
            {
                SocketReplies.Accepted accepted => new(accepted.Socket, queue),
                Rejection rejection => throw new RejectedException(rejection),
                _ => throw new InvalidOperationException($"Accept was answered by {answer.GetType()}."),
            };
        }
        catch
        {
            // A socket that is made all the same finds no queue, or one that nobody reads and that is closed.
            table.Take(number);
            queue.Complete(null);
            throw;
        }
    }

    /// <summary>For whatever begins something that will need a socket.</summary>
    /// <exception cref="RejectedException">The server is going away.</exception>
    public void RefuseIfClosed()
    {
        if (_closed)
            throw new RejectedException(new(ErrorCode.Unavailable, "The server is going away."));
    }

    /// <summary>How many sockets there are.</summary>
    public async Task<int> Count(CancellationToken cancellation) =>
        (await supervisor.ActorRef.Ask<SocketReplies.Counted>(SocketCommands.Count.Instance, AcceptPatience, cancellation)).Sockets;

    /// <summary>Lets nobody in any more, and tells all who are in to go away. Waits for them for 5 seconds.</summary>
    public async Task Drain(CancellationToken cancellation)
    {
        _closed = true;
        await supervisor.ActorRef.Ask<Done>(SocketCommands.Drain.Instance, DrainPatience, cancellation);
    }
}
