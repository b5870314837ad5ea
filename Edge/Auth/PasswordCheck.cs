using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Edge.Errors;
using WebChat.Edge.Services;

namespace WebChat.Edge.Auth;

/// <summary>
/// Checks passwords against accounts. The edge does this, not the account's actor, so that the check ends when the caller
/// disconnects, and no password is sent to another node. The account accepts a hash only if its own has not changed.
/// </summary>
public sealed class PasswordCheck(Region<AccountRegion> accounts, PasswordHasher hasher, FailedLogins failures)
{
    /// <summary>The hash for a new account.</summary>
    /// <exception cref="RejectedException">The name is taken, or too many callers wait.</exception>
    public async Task<PasswordHash> SignUpAsync(Username username, Password password, string address, CancellationToken cancellationToken)
    {
        if (await GetHashAsync(username, null, cancellationToken) is not null)
            throw new RejectedException(AccountState.NameTaken);
        var hash = await hasher.HashAsync(password, address, cancellationToken);
        failures.NoteSuccess(username, address);
        return hash;
    }

    /// <summary>The account's hash, if the password is correct.</summary>
    /// <exception cref="RejectedException">The name or the password is wrong, too many logins have failed, or too many callers wait.</exception>
    public async Task<PasswordHash> LogInAsync(Username username, Password password, string address, CancellationToken cancellationToken)
    {
        failures.ThrowIfTooMany(username, address);
        var hash = await GetHashAsync(username, null, cancellationToken);
        if (!await hasher.VerifyAsync(password, hash, address, cancellationToken))
        {
            failures.NoteFailure(username, address);
            throw new RejectedException(AccountState.BadLogIn);
        }

        failures.NoteSuccess(username, address);
        return hash!.Value;
    }

    /// <summary>The account's hash, if the caller is logged in and the password is correct.</summary>
    /// <param name="username">The account.</param>
    /// <param name="user">The caller.</param>
    /// <param name="text">The password. A malformed one is wrong, since no account has it.</param>
    /// <param name="field">The request's field with the password.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="cancellationToken">Cancelled when the caller disconnects.</param>
    /// <exception cref="RejectedException">The login has ended, the password is wrong, or too many callers wait.</exception>
    public async Task<PasswordHash> ConfirmAsync(Username username, Identity user, string text, string field, string address, CancellationToken cancellationToken)
    {
        var hash = await GetHashAsync(username, user, cancellationToken);
        return Password.TryParse(text, out var password) && await hasher.VerifyAsync(password, hash, address, cancellationToken)
            ? hash!.Value
            : throw new RejectedException(AccountState.WrongPassword(field));
    }

    private async Task<PasswordHash?> GetHashAsync(Username username, Identity? user, CancellationToken cancellationToken) =>
        (await accounts.Ask<AccountReplies.PasswordIs>(new AccountQueries.GetPassword(username, user), cancellationToken)).Hash;
}
