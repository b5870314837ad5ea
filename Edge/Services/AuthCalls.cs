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
public sealed class AuthCalls(Region<AccountRegion> accounts, Region<UserRegion> users, PasswordCheck passwords, PasswordHasher hasher, AccessTokens tokens, AddressLimits limits, SocketGate gate)
{
    private const int LongestClient = 200;

    public async Task<Credentials> SignUp(SignUpRequest request, IPAddress? address, string? client, CancellationToken cancellation)
    {
        var (username, password, nickname) = (Fields.Username(request.Username), Fields.Password(request.Password), Fields.Nickname(request.Nickname));
        gate.RefuseIfClosed();
        limits.TakeSignUp(address);
        var hash = await passwords.SignUpAsync(username, password, cancellation);
        return await LogIn(new AccountCommands.SignUp(username, hash, nickname.Value, Client(client)), cancellation);
    }

    public async Task<Credentials> LogIn(LogInRequest request, IPAddress? address, string? client, CancellationToken cancellation)
    {
        Require(request.Username, "username");
        Require(request.Password, "password");
        limits.TakeLogIn(address);
        // No account has a name or a password outside the rules: that is a wrong one, not a malformed request.
        if (!Username.TryParse(request.Username, out var username) || !Password.TryParse(request.Password, out var password))
            throw new RejectedException(AccountState.BadLogIn);
        var hash = await passwords.LogInAsync(username, password, cancellation);
        return await LogIn(new AccountCommands.LogIn(username, hash, Client(client)), cancellation);
    }

    public async Task<Credentials> Refresh(RefreshRequest request, string? client, CancellationToken cancellation) =>
        await LogIn(new AccountCommands.Refresh(Token(request.RefreshToken), Client(client)), cancellation);

    public async Task<LogOutResponse> LogOut(LogOutRequest request, CancellationToken cancellation)
    {
        await accounts.Ask<Done>(new AccountCommands.LogOut(Token(request.RefreshToken)), cancellation);
        return new();
    }

    public async Task<Credentials> ChangePassword(ChangePasswordRequest request, Identity who, IPAddress? address, string? client, CancellationToken cancellation)
    {
        Require(request.OldPassword, "old_password");
        var next = Fields.Password(request.NewPassword, "new_password");
        limits.TakeLogIn(address);
        var old = await passwords.ConfirmAsync(Name(who), who, request.OldPassword, "old_password", cancellation);
        var hash = await hasher.HashAsync(next, cancellation);
        return await LogIn(new AccountCommands.ChangePassword(Name(who), who, old, hash, Client(client)), cancellation);
    }

    public async Task<ListSessionsResponse> ListSessions(Identity who, CancellationToken cancellation)
    {
        var found = await accounts.Ask<AccountReplies.LogInsAre>(new AccountQueries.GetLogIns(Name(who), who), cancellation);
        return new()
        {
            Sessions =
            {
                found.LogIns.Select(logIn => new Session
                {
                    SessionId = logIn.Family.Value,
                    CreatedAt = logIn.Family.At.ToTimestamp(),
                    LastUsedAt = logIn.LastUsedAt.ToTimestamp(),
                    Client = logIn.Client,
                    Current = logIn.Family == who.Family,
                }),
            },
        };
    }

    public async Task<RevokeSessionResponse> RevokeSession(RevokeSessionRequest request, Identity who, CancellationToken cancellation)
    {
        await accounts.Ask<Done>(new AccountCommands.Revoke(Name(who), who, Fields.Session(request.SessionId)), cancellation);
        return new();
    }

    public async Task<DeleteAccountResponse> DeleteAccount(DeleteAccountRequest request, Identity who, IPAddress? address, CancellationToken cancellation)
    {
        Require(request.Password, "password");
        limits.TakeLogIn(address);
        var password = await passwords.ConfirmAsync(Name(who), who, request.Password, "password", cancellation);
        await accounts.Ask<Done>(new AccountCommands.Delete(Name(who), who, password), cancellation);
        return new();
    }

    private static void Require(string text, string field)
    {
        if (text.Length == 0)
            throw RejectedException.Invalid(field, "must not be empty");
    }

    private static Username Name(Identity who) => who.Username
        ?? throw new RejectedException(new(ErrorCode.Unauthenticated, "The access token does not say the user name: renew it."));

    private static string Client(string? userAgent)
    {
        var text = new string([.. (userAgent ?? "").Where(letter => letter is >= ' ' and <= '~')]).Trim();
        return text.Length <= LongestClient ? text : text[..LongestClient];
    }

    private static RefreshToken Token(string text) => RefreshToken.TryParse(text, out var token)
        ? token
        : throw new RejectedException(new(ErrorCode.Unauthenticated, "The refresh token is not good (any more).", "refresh_token"));

    private async Task<Credentials> LogIn(AccountRequest command, CancellationToken cancellation)
    {
        var account = await accounts.Ask<AccountReplies.LoggedIn>(command, cancellation);
        // Makes the profile on sign-up. If the server fell between the two, the next log-in makes up for it.
        var profile = await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(account.User, account.Nickname), cancellation);
        var access = tokens.Issue(new(account.User, account.Token.Family, account.IsAdmin, account.Username));
        return new()
        {
            AccessToken = access.Text,
            AccessExpiresAt = access.ExpiresAt.ToTimestamp(),
            RefreshToken = account.Token.Encode(),
            User = new() { UserId = account.User.Value, Username = account.Username.Value, Nickname = profile.Profile.Nickname },
        };
    }
}
