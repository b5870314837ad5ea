using Google.Protobuf;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Journal.V1;

namespace WebChat.Actors.Connections;

/// <summary>A client session: whose it is, and whether it is over.</summary>
public sealed record SessionState : IEntityState<SessionState>
{
    public static SessionState Initial { get; } = new();

    /// <summary>Whose; null as long as there is no such session.</summary>
    public Identity? Owner { get; private init; }

    /// <summary>Whether it is over.</summary>
    public bool Closed { get; private init; }

    /// <summary>Whether it can be resumed.</summary>
    public bool IsOpen => Owner is not null && !Closed;

    /// <summary>Opens the session.</summary>
    public Decision Open(Identity owner, DateTimeOffset now) => Owner is not null
        ? Decision.Nothing
        : Decision.Happens(new SessionOpened { At = now.ToUnixTimeMilliseconds(), UserId = owner.User.Value, FamilyId = owner.Family.Value });

    /// <summary>Ends the session.</summary>
    public Decision Close(DateTimeOffset now) => IsOpen
        ? Decision.Happens(new SessionClosed { At = now.ToUnixTimeMilliseconds() })
        : Decision.Nothing;

    public SessionState Apply(IMessage journaled) => journaled switch
    {
        SessionOpened e => this with { Owner = new Identity(new(e.UserId), new(e.FamilyId)) },
        SessionClosed => this with { Closed = true },
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of a session.", nameof(journaled)),
    };

    public static SessionState FromSnapshot(IMessage snapshot)
    {
        var from = (SessionSnapshot)snapshot;
        return new() { Owner = new Identity(new(from.UserId), new(from.FamilyId)), Closed = from.Closed };
    }

    public ISnapshot ToSnapshot() => new SessionSnapshot { UserId = Owner?.User.Value ?? "", FamilyId = Owner?.Family.Value ?? "", Closed = Closed };
}
