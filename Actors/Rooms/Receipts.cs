using WebChat.Actors.Users;

namespace WebChat.Actors.Rooms;

/// <summary>The position up to which each user has received and read the room, and the changes that the others have not been told yet. Not persisted; sessions bring theirs along.</summary>
internal sealed class Receipts
{
    private readonly Dictionary<UserId, Receipt> _receipts = [];
    private readonly Dictionary<UserId, Receipt> _told = [];
    private readonly HashSet<UserId> _untold = [];

    /// <summary>How far a person is.</summary>
    public Receipt Of(UserId user) => _receipts.GetValueOrDefault(user);

    /// <summary>Notes how far a person is; false if that is no news.</summary>
    public bool Note(UserId user, Receipt receipt)
    {
        var before = Of(user);
        var after = before.With(receipt);
        if (after == before)
            return false;
        _receipts[user] = after;
        return _untold.Add(user);
    }

    /// <summary>The receipts that the others have not been told: as they were told last, and as they are now. They count as told from here on.</summary>
    public List<(UserId User, Receipt Told, Receipt Now)> TakeUntold()
    {
        List<(UserId, Receipt, Receipt)> news = [.. _untold.Select(user => (user, _told.GetValueOrDefault(user), Of(user)))];
        foreach (var user in _untold)
            _told[user] = Of(user);
        _untold.Clear();
        return news;
    }

    /// <summary>A person is out of the room.</summary>
    public void Forget(UserId user)
    {
        _receipts.Remove(user);
        _told.Remove(user);
        _untold.Remove(user);
    }
}

/// <summary>How far a member has received and read a room. A read message counts as received.</summary>
/// <param name="Received">The seq up to which the room has reached the person; 0 if it is not known.</param>
/// <param name="Read">The seq up to which the person has read it; 0 if it is not known.</param>
public readonly record struct Receipt(long Received, long Read)
{
    /// <summary>The farther of the two, each in its own right: no receipt is taken back.</summary>
    public Receipt With(Receipt other) => new(Math.Max(Received, other.Received), Math.Max(Read, other.Read));

    /// <summary>The same, but not beyond a seq.</summary>
    public Receipt UpTo(long seq) => new(Math.Min(Received, seq), Math.Min(Read, seq));
}
