using System.Globalization;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Options;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Moderation;
using WebChat.Actors.Options;

namespace WebChat.Actors.Connections;

/// <summary>The supervisor of the sockets. A socket that fails is stopped: its session waits for the client to come back.</summary>
public sealed class SocketsActor : ReceiveActor
{
    private readonly SocketTable _table;
    private readonly object[] _dependencies;
    private IActorRef? _drainAsker;

    public SocketsActor(
        SocketTable table,
        IRequiredActor<ConnectionRegion> connections,
        IAccessTokens tokens,
        Bans bans,
        IOptions<SessionOptions> sessions,
        IOptions<LimitOptions> limits,
        TimeProvider time)
    {
        _table = table;
        _dependencies = [connections, tokens, bans, sessions, limits, time];
        Receive<SocketCommands.Accept>(Accept);
        Receive<SocketCommands.Drain>(_ => Drain());
        Receive<SocketCommands.Count>(_ => Sender.Tell(new SocketReplies.Counted(Context.GetChildren().Count())));
        Receive<Terminated>(_ => ReportDrained());
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Accept(SocketCommands.Accept accept)
    {
        if (_table.Take(accept.Socket) is not { } queue)
            return;
        var props = Props.Create(typeof(SocketActor), [queue, .. _dependencies]);
        var socket = Context.Watch(Context.ActorOf(props, accept.Socket.ToString(CultureInfo.InvariantCulture)));
        if (_drainAsker is not null)
            socket.Tell(SocketCommands.Drain.Instance);
        Sender.Tell(new SocketReplies.Accepted(socket));
    }

    private void Drain()
    {
        _drainAsker = Sender;
        foreach (var socket in Context.GetChildren())
            socket.Tell(SocketCommands.Drain.Instance);
        ReportDrained();
    }

    private void ReportDrained()
    {
        if (!Context.GetChildren().Any())
            _drainAsker?.Tell(new Done());
    }
}
