using System.Security.Claims;
using WebChat.Actors.Accounts;
using WebChat.Actors.Users;

namespace WebChat.Edge.Auth;

/// <summary>An identity as claims: <c>sub</c> is the user, <c>sid</c> the log-in, and <c>role</c> says <c>admin</c> of an admin.</summary>
public static class IdentityClaims
{
    private const string User = "sub";
    private const string Family = "sid";
    private const string Role = "role";
    private const string Admin = "admin";

    public static IEnumerable<Claim> ToClaims(this Identity identity) =>
        [new(User, identity.User.Value), new(Family, identity.Family.Value), .. identity.IsAdmin ? [new Claim(Role, Admin)] : Array.Empty<Claim>()];

    /// <summary>The identity that the claims speak of; null if they do not speak of one.</summary>
    public static Identity? ToIdentity(this ClaimsPrincipal principal) =>
        UserId.TryParse(principal.FindFirstValue(User), out var user) && FamilyId.TryParse(principal.FindFirstValue(Family), out var family)
            ? new Identity(user, family, principal.HasClaim(Role, Admin))
            : null;
}
