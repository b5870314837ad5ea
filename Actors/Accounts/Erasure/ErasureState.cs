using System.Collections.Immutable;
using Google.Protobuf;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Journal.V1;

namespace WebChat.Actors.Accounts.Erasure;

/// <summary>The erasures in progress, by user id.</summary>
public sealed record ErasureState(ImmutableDictionary<string, ErasureRequested> Open) : IEntityState<ErasureState>
{
    public static ErasureState Initial { get; } = new(ImmutableDictionary<string, ErasureRequested>.Empty);

    /// <summary>Begins an erasure, unless it has begun.</summary>
    public Decision Request(UserId user, Username username, DateTimeOffset now) => Open.ContainsKey(user.Value)
        ? Decision.Nothing
        : Decision.Happens(new ErasureRequested { At = now.ToUnixTimeMilliseconds(), UserId = user.Value, Username = username.Value });

    /// <summary>Ends an erasure.</summary>
    public Decision End(UserId user, DateTimeOffset now) => Open.ContainsKey(user.Value)
        ? Decision.Happens(new ErasureDone { At = now.ToUnixTimeMilliseconds(), UserId = user.Value })
        : Decision.Nothing;

    /// <summary>The user name; null when the key that encrypts it is destroyed, and the account is deleted.</summary>
    public Username? NameOf(UserId user) => Username.TryParseAny(Open[user.Value].Username, out var name) ? name : null;

    public ErasureState Apply(IMessage journaled) => journaled switch
    {
        ErasureRequested e => new(Open.SetItem(e.UserId, e)),
        ErasureDone e => new(Open.Remove(e.UserId)),
        _ => throw new ArgumentException($"{journaled.Descriptor.FullName} is not an event of account erasure.", nameof(journaled)),
    };

    public static ErasureState FromSnapshot(IMessage snapshot) => new(((ErasureSnapshot)snapshot).Open.ToImmutableDictionary(open => open.UserId));

    public ISnapshot ToSnapshot() => new ErasureSnapshot { Open = { Open.Values } };
}
