using Akka.Actor;
using Akka.DependencyInjection;
using WebChat.Actors.Rooms;
using WebChat.Actors.Telemetry;

namespace WebChat.Actors.Connections;

/// <summary>
/// The supervisor of this node's sessions. A session that fails is stopped and its transport closes with 1011: the client
/// knows how far it is, and its resume restores what a restart would have lost. It passes on what rooms of other nodes tell
/// several sessions of this one.
/// </summary>
public sealed class ConnectionsActor : ReceiveActor
{
    private readonly ChatMetrics _metrics;

    // Sessions that stop, and the clients that wait to resume them.
    private readonly Dictionary<SessionId, List<Arrival>> _retiring = [];
    private HashSet<IActorRef>? _draining;
    private IActorRef _drainAsker = ActorRefs.Nobody;
    private int _sessions;

    public ConnectionsActor(ChatMetrics metrics)
    {
        _metrics = metrics;
        Receive<ConnectionCommands.Open>(open => Admit(new(open, Sender)));
        Receive<NotResumable>(refused => Admit(refused.Arrival with { Open = refused.Arrival.Open with { Session = null } }));
        Receive<Retiring>(_ => Retire(Sender));
        Receive<Terminated>(gone => Stopped(gone.ActorRef));
        Receive<ConnectionCommands.Drain>(_ => Drain());
        Receive<Done>(_ => Drained(Sender));
        Receive<RoomNotices.HappenedForAll>(shared => PassOn(shared.Sessions, shared.Happened));
        Receive<RoomNotices.PassingForAll>(shared => PassOn(shared.Sessions, shared.Passing));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
    {
        _metrics.Restarted("session");
        return Directive.Stop;
    });

    protected override void PostStop() => Count(-_sessions);

    private void Admit(Arrival arrival)
    {
        if (_draining is not null)
            arrival.Refuse(CloseCode.GoingAway);
        else if (arrival.Open.Session is not { } session)
            Begin(SessionId.New(Context.System.Scheduler.Now), arrival);
        else if (_retiring.TryGetValue(session, out var waiting))
            waiting.Add(arrival);
        else if (Context.Child(session.Value) is { } child && !child.IsNobody())
            child.Tell(arrival);
        else
            Begin(session, arrival);
    }

    private void Begin(SessionId session, Arrival arrival)
    {
        Context.Watch(Context.ActorOf(DependencyResolver.For(Context.System).Props<ConnectionActor>(session, arrival), session.Value));
        Count(1);
    }

    // A client may come for the session until it has stopped; what came before this reaches it still.
    private void Retire(IActorRef session)
    {
        _retiring.TryAdd(new(session.Path.Name), []);
        session.Tell(PoisonPill.Instance);
    }

    private void Stopped(IActorRef session)
    {
        Count(-1);
        Drained(session);
        if (!_retiring.Remove(new(session.Path.Name), out var waiting))
            return;
        foreach (var arrival in waiting)
            Admit(arrival);
    }

    private void Count(int change)
    {
        _sessions += change;
        _metrics.AddSessions(change);
    }

    private void PassOn(IReadOnlyList<SessionId> sessions, object notice)
    {
        foreach (var session in sessions)
            Context.Child(session.Value).Forward(notice);
    }

    private void Drain()
    {
        _drainAsker = Sender;
        _draining = [.. Context.GetChildren()];
        foreach (var session in _draining)
            session.Tell(ConnectionCommands.Drain.Instance);
        ReportDrained();
    }

    private void Drained(IActorRef session)
    {
        if (_draining?.Remove(session) == true)
            ReportDrained();
    }

    private void ReportDrained()
    {
        if (_draining is { Count: 0 })
            _drainAsker.Tell(new Done());
    }
}
