using Akka.Actor;

namespace WebChat.Tests.Standins.Akka;

/// <summary>An actor that a test scripts with delegates.</summary>
internal class Acting : ReceiveActor
{
    private readonly Func<SupervisorStrategy>? _strategy;
    private readonly Action? _started;
    private readonly Action? _stopped;
    private readonly Action<Exception, object>? _restarting;
    private readonly Action<Exception>? _restarted;
    private readonly bool _keepsChildren;

    public Acting(Action<Acting> script)
    {
        script(this);
        _strategy = Strategy;
        _started = Started;
        _stopped = Stopped;
        _restarting = Restarting;
        _restarted = Restarted;
        _keepsChildren = KeepsChildren;
    }

    public Func<SupervisorStrategy>? Strategy { get; set; }

    public Action? Started { get; set; }

    public Action? Stopped { get; set; }

    public Action<Exception, object>? Restarting { get; set; }

    public Action<Exception>? Restarted { get; set; }

    public bool KeepsChildren { get; set; }

    public IUntypedActorContext Here => Context;

    public IActorRef Me => Self;

    public IActorRef From => Sender;

    public static Props Of(Action<Acting> script) => Props.Create(() => new Acting(script));

    public void On<T>(Action<T> handler) => Receive(handler);

    public void OnAsync<T>(Func<T, Task> handler) => ReceiveAsync(handler);

    public void OnAny(Action<object> handler) => ReceiveAny(handler);

    public void Turn(Action configure) => Become(configure);

    public void TurnStacked(Action configure) => BecomeStacked(configure);

    public void TurnBack() => UnbecomeStacked();

    protected override SupervisorStrategy SupervisorStrategy() => _strategy?.Invoke() ?? base.SupervisorStrategy();

    protected override void PreStart() => _started?.Invoke();

    protected override void PostStop() => _stopped?.Invoke();

    protected override void PreRestart(Exception reason, object message)
    {
        _restarting?.Invoke(reason, message);
        if (!_keepsChildren) base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _restarted?.Invoke(reason);
        base.PostRestart(reason);
    }
}
