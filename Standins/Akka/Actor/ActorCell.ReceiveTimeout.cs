namespace Akka.Actor;

/// <content>Telling the actor that no message came for a while.</content>
internal sealed partial class ActorCell
{
    private TimeSpan? _receiveTimeout;
    private TimeSpan _lastActivity;
    private ICancelable? _timeoutTimer;
    private ReceiveTimeoutTick? _timeoutTick;

    public TimeSpan? ReceiveTimeout => _receiveTimeout;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        StopReceiveTimeout();
        if (timeout is not { } wait || wait <= TimeSpan.Zero || wait == Timeout.InfiniteTimeSpan) return;
        _receiveTimeout = wait;
        Arm(wait);
    }

    private void StopReceiveTimeout()
    {
        _receiveTimeout = null;
        Disarm();
    }

    private void Arm(TimeSpan wait)
    {
        _lastActivity = _system.Scheduler.MonotonicClock;
        _timeoutTick = new ReceiveTimeoutTick();
        _timeoutTimer = _system.Scheduler.ScheduleTellOnceCancelable(wait, _self, _timeoutTick, _self);
    }

    private void Disarm()
    {
        _timeoutTimer?.Cancel();
        _timeoutTimer = null;
        _timeoutTick = null;
    }

    // With the system's own scheduler the timer is left alone while messages come, and looks when it is due how long
    // it was quiet. Another scheduler may have a clock of its own, so there the timer is set anew each time.
    private void NoteActivity(object message)
    {
        if (message is INotInfluenceReceiveTimeout or ReceiveTimeoutTick || _receiveTimeout is not { } wait) return;
        if (_system.Scheduler is HashedWheelTimerScheduler)
        {
            _lastActivity = _system.Scheduler.MonotonicClock;
            return;
        }

        Disarm();
        Arm(wait);
    }

    private void ReceiveTimeoutDue(ReceiveTimeoutTick tick)
    {
        if (!ReferenceEquals(tick, _timeoutTick) || _receiveTimeout is not { } wait) return;
        var left = _system.Scheduler is HashedWheelTimerScheduler ? wait - (_system.Scheduler.MonotonicClock - _lastActivity) : TimeSpan.Zero;
        if (left > TimeSpan.Zero)
        {
            _timeoutTimer = _system.Scheduler.ScheduleTellOnceCancelable(left, _self, tick, _self);
            return;
        }

        _message = Akka.Actor.ReceiveTimeout.Instance;
        _sender = null;
        _timeoutTick = null;
        try
        {
            _actor!.AroundReceive(_behavior!, Akka.Actor.ReceiveTimeout.Instance);
        }
        finally
        {
            if (_receiveTimeout is { } next && _timeoutTick is null) Arm(next);
        }
    }
}
