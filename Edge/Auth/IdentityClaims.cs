using System.Security.Claims;
using WebChat.Actors.Accounts;
using WebChat.Actors.Users;

namespace WebChat.Edge.Auth;

/// <summary>An identity as claims: <c>sub</c> is the user, <c>sid</c> the log-in.</summary>
public static class IdentityClaims
{
    private const string User = "sub";
    private const string Family = "sid";

    public static IEnumerable<Claim> ToClaims(this Identity identity) => [new(User, identity.User.Value), new(Family, identity.Family.Value)];

    /// <summary>The identity that the claims speak of; null if they do not speak of one.</summary>
    public static Identity? ToIdentity(this ClaimsPrincipal principal) =>
        UserId.TryParse(principal.FindFirstValue(User), out var user) && FamilyId.TryParse(principal.FindFirstValue(Family), out var family)
            ? new Identity(user, family)
            : null;
}
