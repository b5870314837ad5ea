namespace WebChat.Actors.Connections;

/// <summary>Lets a number of things happen at once, and so many a second from then on.</summary>
internal sealed class TokenBucket(double perSecond, int burst)
{
    private double _tokens = burst;
    private TimeSpan _at;

    /// <summary>Takes a token; if there is none, says how long it takes until there is.</summary>
    /// <param name="now">The time since the bucket was made, by a monotonic clock.</param>
    /// <param name="retryAfter">Zero if a token was taken.</param>
    public bool TryTake(TimeSpan now, out TimeSpan retryAfter)
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
