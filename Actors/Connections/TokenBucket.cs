namespace WebChat.Actors.Connections;

/// <summary>Lets a number of things happen at once, and so many a second from then on.</summary>
internal sealed class TokenBucket(double perSecond, int burst, DateTimeOffset now)
{
    private double _tokens = burst;
    private DateTimeOffset _at = now;

    /// <summary>Takes a token; if there is none, says how long it takes until there is.</summary>
    public bool TryTake(DateTimeOffset now, out TimeSpan retryAfter)
    {
        _tokens = Math.Min(burst, _tokens + ((now - _at).TotalSeconds * perSecond));
        _at = now;
        if (_tokens >= 1)
        {
            _tokens--;
            retryAfter = TimeSpan.Zero;
            return true;
        }

        retryAfter = TimeSpan.FromSeconds((1 - _tokens) / perSecond);
        return false;
    }
}
