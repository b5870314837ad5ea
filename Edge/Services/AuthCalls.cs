using System.Net;
using Google.Protobuf.WellKnownTypes;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.Edge.Sockets;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>What <c>AuthService</c> does, whatever the transport.</summary>
public sealed class AuthCalls(Region<AccountRegion> accounts, Region<UserRegion> users, AccessTokens tokens, AddressLimits limits, SocketGate gate)
{
    public async Task<Credentials> SignUp(SignUpRequest request, IPAddress? address, CancellationToken cancellation)
    {
        var command = new AccountCommands.SignUp(Fields.Username(request.Username), Fields.Password(request.Password), Fields.Nickname(request.Nickname).Value);
        gate.RefuseIfClosed();
        limits.TakeSignUp(address);
        return await LogIn(command, cancellation);
    }

    public async Task<Credentials> LogIn(LogInRequest request, IPAddress? address, CancellationToken cancellation)
    {
        if (request.Username.Length == 0)
            throw RejectedException.Invalid("username", "must not be empty");
        if (request.Password.Length == 0)
            throw RejectedException.Invalid("password", "must not be empty");
        limits.TakeLogIn(address);
        // No account has a name or a password outside the rules: that is a wrong one, not a malformed request.
        if (!Username.TryParse(request.Username, out var username) || !Password.TryParse(request.Password, out var password))
            throw new RejectedException(AccountState.BadLogIn);
        return await LogIn(new AccountCommands.LogIn(username, password), cancellation);
    }

    public async Task<Credentials> Refresh(RefreshRequest request, CancellationToken cancellation) =>
        await LogIn(new AccountCommands.Refresh(Token(request.RefreshToken)), cancellation);

    public async Task<LogOutResponse> LogOut(LogOutRequest request, CancellationToken cancellation)
    {
        await accounts.Ask<Done>(new AccountCommands.LogOut(Token(request.RefreshToken)), cancellation);
        return new();
    }

    private static RefreshToken Token(string text) => RefreshToken.TryParse(text, out var token)
        ? token
        : throw new RejectedException(new(ErrorCode.Unauthenticated, "The refresh token is not good (any more).", "refresh_token"));

    private async Task<Credentials> LogIn(AccountRequest command, CancellationToken cancellation)
    {
        var account = await accounts.Ask<AccountReplies.LoggedIn>(command, cancellation);
        // Makes the profile on sign-up. If the server fell between the two, the next log-in makes up for it.
        var profile = await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(account.User, account.Nickname), cancellation);
        var access = tokens.Issue(new(account.User, account.Token.Family, account.IsAdmin));
        return new()
        {
            AccessToken = access.Text,
            AccessExpiresAt = access.ExpiresAt.ToTimestamp(),
            RefreshToken = account.Token.Encode(),
            User = new() { UserId = account.User.Value, Username = account.Username.Value, Nickname = profile.Profile.Nickname },
        };
    }
}
