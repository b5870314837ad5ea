using Google.Protobuf.WellKnownTypes;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>Reads the logins of a user for the contract.</summary>
internal static class Logins
{
    /// <summary>The open logins of the caller, the most recently used first.</summary>
    public static async Task<IEnumerable<Session>> GetLogins(this Region<AccountRegion> accounts, Identity caller, CancellationToken cancellation)
    {
        var found = await accounts.Ask<AccountReplies.LogInsAre>(new AccountQueries.GetLogIns(caller.Username, caller), cancellation);
        return ToPublic(found.LogIns, caller.Family);
    }

    /// <summary>Logins in the contract's form.</summary>
    /// <param name="logins">The logins.</param>
    /// <param name="current">The login of the caller; null if none of them is.</param>
    public static IEnumerable<Session> ToPublic(IEnumerable<LogIn> logins, FamilyId? current = null) => logins.Select(login => new Session
    {
        SessionId = login.Family.Value,
        CreatedAt = login.Family.At.ToTimestamp(),
        LastUsedAt = login.LastUsedAt.ToTimestamp(),
        Client = login.Client,
        Current = login.Family == current,
    });
}
