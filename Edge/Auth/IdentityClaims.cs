using System.Security.Claims;
using WebChat.Actors.Accounts;
using WebChat.Actors.Users;

namespace WebChat.Edge.Auth;

/// <summary>An identity as claims: <c>sub</c> is the user, <c>sid</c> the login, <c>name</c> the user name, and <c>role</c> is <c>admin</c> for an admin.</summary>
public static class IdentityClaims
{
    private const string User = "sub";
    private const string Family = "sid";
    private const string Name = "name";
    private const string Role = "role";
    private const string Admin = "admin";

    public static IEnumerable<Claim> ToClaims(this Identity identity)
    {
        yield return new(User, identity.User.Value);
        yield return new(Family, identity.Family.Value);
        yield return new(Name, identity.Username.Value);
        if (identity.IsAdmin)
            yield return new(Role, Admin);
    }

    /// <summary>The identity in the claims; null if they have none.</summary>
    public static Identity? ToIdentity(this ClaimsPrincipal principal) =>
        UserId.TryParse(principal.FindFirstValue(User), out var user) && FamilyId.TryParse(principal.FindFirstValue(Family), out var family)
        && Username.TryParseAny(principal.FindFirstValue(Name), out var name)
            ? new Identity(user, family, name, principal.HasClaim(Role, Admin))
            : null;
}
