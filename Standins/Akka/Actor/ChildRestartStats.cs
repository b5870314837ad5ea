namespace Akka.Actor;

/// <summary>A child and how often it was restarted.</summary>
internal sealed class ChildRestartStats(LocalActorRef child)
{
    private int _restarts;
    private long _windowStart;

    public LocalActorRef Child { get; } = child;

    public long Uid => Child.Path.Uid;

    /// <summary>Counts a restart; false where there were too many.</summary>
    /// <param name="maxNrOfRetries">How many are allowed; negative for any number.</param>
    /// <param name="withinTimeMilliseconds">Within what time; negative for ever. With a time and no number, one.</param>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0) return false;
        if (withinTimeMilliseconds <= 0) return maxNrOfRetries < 0 || ++_restarts <= maxNrOfRetries;

        var allowed = maxNrOfRetries < 0 ? 1 : maxNrOfRetries;
        var now = Environment.TickCount64;
        if (_windowStart == 0 || now - _windowStart > withinTimeMilliseconds)
        {
            _windowStart = now;
            _restarts = 1;
            return true;
        }

        return ++_restarts <= allowed;
    }
}
