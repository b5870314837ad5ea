using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Users;
using WebChat.Edge.Auth;
using WebChat.Edge.Errors;
using WebChat.Edge.Limits;
using WebChat.Edge.Sessions;
using WebChat.V1;

namespace WebChat.Edge.Services;

/// <summary>Accounts, logins and tokens.</summary>
public sealed class AuthService(
    Region<AccountRegion> accounts, Region<UserRegion> users, PasswordCheck passwords, PasswordHasher hasher, AccessTokens tokens, SessionGate gate, TimeProvider time)
    : V1.AuthService.AuthServiceBase
{
    private const int LongestClient = 200;

    [EnableRateLimiting(RateLimits.SignUps)]
    public override async Task<Credentials> SignUp(SignUpRequest request, ServerCallContext context)
    {
        var (username, password, nickname) = (Fields.Username(request.Username), Fields.Password(request.Password), Fields.Nickname(request.Nickname));
        gate.RefuseIfClosed();
        var hash = await passwords.SignUpAsync(username, password, Address(context), context.CancellationToken);
        return await LogIn(new AccountCommands.SignUp(username, hash, nickname.Value, Client(context)), context);
    }

    [EnableRateLimiting(RateLimits.Guests)]
    public override async Task<Credentials> StartAsGuest(StartAsGuestRequest request, ServerCallContext context)
    {
        var now = time.GetUtcNow();
        var (user, profile) = (UserId.New(now), Fields.GuestProfile(request, DateOnly.FromDateTime(now.UtcDateTime)));
        gate.RefuseIfClosed();
        var credentials = await LogIn(new AccountCommands.StartAsGuest(user, profile.Nickname, Client(context)), context);
        await users.Ask<UserReplies.ProfileIs>(new UserCommands.UpdateProfile(user, profile, Fields.OfGuests), context.CancellationToken);
        return credentials;
    }

    [Authorize]
    [EnableRateLimiting(RateLimits.Passwords)]
    public override async Task<Credentials> KeepAccount(KeepAccountRequest request, ServerCallContext context)
    {
        var (caller, username, password) = (context.Identity(), Fields.Username(request.Username), Fields.Password(request.Password));
        var hash = await passwords.SignUpAsync(username, password, Address(context), context.CancellationToken);
        return await LogIn(new AccountCommands.Keep(caller.Username, caller, username, hash, Client(context)), context);
    }

    [EnableRateLimiting(RateLimits.Passwords)]
    public override async Task<Credentials> LogIn(LogInRequest request, ServerCallContext context)
    {
        Require(request.Username, "username");
        Require(request.Password, "password");
        // No account has a malformed name or password, so such a one is wrong rather than invalid.
        if (!Username.TryParse(request.Username, out var username) || !Password.TryParse(request.Password, out var password))
            throw new RejectedException(AccountState.BadLogIn);
        var hash = await passwords.LogInAsync(username, password, Address(context), context.CancellationToken);
        return await LogIn(new AccountCommands.LogIn(username, hash, Client(context)), context);
    }

    [EnableRateLimiting(RateLimits.RefreshTokens)]
    public override Task<Credentials> Refresh(RefreshRequest request, ServerCallContext context) =>
        LogIn(new AccountCommands.Refresh(Token(request.RefreshToken), Client(context)), context);

    [EnableRateLimiting(RateLimits.RefreshTokens)]
    public override async Task<LogOutResponse> LogOut(LogOutRequest request, ServerCallContext context)
    {
        await accounts.Ask<Done>(new AccountCommands.LogOut(Token(request.RefreshToken)), context.CancellationToken);
        return new();
    }

    [Authorize]
    [EnableRateLimiting(RateLimits.Passwords)]
    public override async Task<Credentials> ChangePassword(ChangePasswordRequest request, ServerCallContext context)
    {
        var (caller, cancellation) = (context.Identity(), context.CancellationToken);
        Require(request.OldPassword, "old_password");
        var next = Fields.Password(request.NewPassword, "new_password");
        var old = await passwords.ConfirmAsync(caller.Username, caller, request.OldPassword, "old_password", Address(context), cancellation);
        var hash = await hasher.HashAsync(next, Address(context), cancellation);
        return await LogIn(new AccountCommands.ChangePassword(caller.Username, caller, old, hash, Client(context)), context);
    }

    [Authorize]
    [EnableRateLimiting(RateLimits.Reads)]
    public override async Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context) =>
        new() { Sessions = { await accounts.GetLogins(context.Identity(), context.CancellationToken) } };

    [Authorize]
    [EnableRateLimiting(RateLimits.Writes)]
    public override async Task<RevokeSessionResponse> RevokeSession(RevokeSessionRequest request, ServerCallContext context)
    {
        var caller = context.Identity();
        await accounts.Ask<Done>(new AccountCommands.Revoke(caller.Username, caller, Fields.Session(request.SessionId)), context.CancellationToken);
        return new();
    }

    [Authorize]
    [EnableRateLimiting(RateLimits.Passwords)]
    public override async Task<DeleteAccountResponse> DeleteAccount(DeleteAccountRequest request, ServerCallContext context)
    {
        var (caller, cancellation) = (context.Identity(), context.CancellationToken);
        var password = PasswordHash.None;
        if (!caller.Username.IsGuest)
        {
            Require(request.Password, "password");
            password = await passwords.ConfirmAsync(caller.Username, caller, request.Password, "password", Address(context), cancellation);
        }

        await accounts.Ask<Done>(new AccountCommands.Delete(caller.Username, caller, password), cancellation);
        return new();
    }

    private static void Require(string text, string field)
    {
        if (text.Length == 0)
            throw RejectedException.Invalid(field, "must not be empty");
    }

    private static string Client(ServerCallContext context)
    {
        var text = new string([.. context.GetHttpContext().Request.Headers.UserAgent.ToString().Where(letter => letter is >= ' ' and <= '~')]).Trim();
        return text.Length <= LongestClient ? text : text[..LongestClient];
    }

    private static string Address(ServerCallContext context) => ClientAddress.Of(context.GetHttpContext());

    private static RefreshToken Token(string text) => RefreshToken.TryParse(text, out var token)
        ? token
        : throw new RejectedException(new(ErrorCode.Unauthenticated, "The refresh token is invalid or has expired.", "refresh_token"));

    private async Task<Credentials> LogIn(AccountRequest command, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var account = await accounts.Ask<AccountReplies.LoggedIn>(command, cancellation);
        // Creates the profile after a sign-up. If the server stopped between the two, the next login does it.
        var profile = await users.Ask<UserReplies.ProfileIs>(new UserCommands.Create(account.User, account.Nickname), cancellation);
        var access = tokens.Issue(new(account.User, account.Token.Family, account.Username, account.IsAdmin));
        return new()
        {
            AccessToken = access.Text,
            AccessExpiresAt = access.ExpiresAt.ToTimestamp(),
            RefreshToken = account.Token.Encode(),
            User = new() { UserId = account.User.Value, Username = account.Username.Chosen, Nickname = profile.Profile.Nickname },
        };
    }
}
