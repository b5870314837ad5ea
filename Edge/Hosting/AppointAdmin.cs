using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Edge.Errors;
using WebChat.Edge.Services;

namespace WebChat.Edge.Hosting;

/// <summary>At start, makes the account an admin that <c>--admin USERNAME</c> names, or takes that back with <c>--no-admin USERNAME</c>.</summary>
public sealed class AppointAdmin(Region<AccountRegion> accounts, IConfiguration configuration) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Set("admin", isAdmin: true, cancellationToken);
        await Set("no-admin", isAdmin: false, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Set(string option, bool isAdmin, CancellationToken cancellation)
    {
        if (configuration[option] is not { } name)
            return;
        if (!Username.TryParse(name, out var username))
            throw new AppointmentException($"--{option}: '{name}' is no user name.");
        try
        {
            await accounts.Ask<Done>(new AccountCommands.SetAdmin(username, isAdmin), cancellation);
        }
        catch (RejectedException refused)
        {
            throw new AppointmentException($"--{option} {name}: {refused.Message}");
        }
    }
}
