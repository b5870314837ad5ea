using Akka.Actor;
using Akka.Hosting;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Accounts.Erasure;
using WebChat.Actors.Hosting;
using WebChat.Edge.Services;

namespace WebChat.Edge.Commands;

/// <summary>The commands for a user that asks the operator, while the server is stopped: <c>user export USER FILE</c> and <c>user delete USER</c>.</summary>
public static class UserDataCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A user may have been in many rooms.
    private static readonly TimeSpan ErasurePatience = TimeSpan.FromMinutes(10);

    /// <summary>Writes all data of a user to a new file, as the user could export it.</summary>
    /// <param name="app">The server, with <see cref="AdminCommands.WithoutPorts"/>.</param>
    /// <param name="username">The account's user name.</param>
    /// <param name="file">The file. Its owner alone may read it.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    public static async Task Export(WebApplication app, string username, string file, TextWriter output, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
            throw new CommandException($"{file} already exists.");
        var account = await Find(app, username, cancellationToken);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var document = new FileStream(file, options))
        {
            await foreach (var piece in app.Services.GetRequiredService<DataExport>().Read(account.User, account.Username, Logins.ToPublic(account.LogIns), cancellationToken))
                await document.WriteAsync(piece, cancellationToken);
        }

        await app.StopAsync(cancellationToken);
        await output.WriteLineAsync($"Exported the data of {username} to {file}.");
    }

    /// <summary>Deletes an account with all personal data, and waits until it is done.</summary>
    /// <param name="app">The server, with <see cref="AdminCommands.WithoutPorts"/>.</param>
    /// <param name="username">The account's user name.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="cancellationToken">Cancels the wait. The next start of the server goes on.</param>
    public static async Task Delete(WebApplication app, string username, TextWriter output, CancellationToken cancellationToken)
    {
        var account = await Find(app, username, cancellationToken);
        var erasures = app.Services.GetRequiredService<IRequiredActor<ErasureRegion>>().ActorRef;
        await Ask<Done>(erasures, new ErasureCommands.Request(account.User, account.Username), Patience, cancellationToken);
        await Ask<Done>(erasures, new ErasureQueries.AwaitEnd(account.User), ErasurePatience, cancellationToken);
        await app.StopAsync(cancellationToken);
        await output.WriteLineAsync($"The account {username} is deleted.");
    }

    // Starts the server to ask it.
    private static async Task<AccountReplies.AccountIs> Find(WebApplication app, string username, CancellationToken cancellationToken)
    {
        if (!Username.TryParse(username, out var name))
            throw new CommandException($"'{username}' is not a valid user name.");
        await app.StartAsync(cancellationToken);
        var accounts = app.Services.GetRequiredService<IRequiredActor<AccountRegion>>().ActorRef;
        return await Ask<AccountReplies.AccountIs>(accounts, new AccountQueries.GetAccount(name), Patience, cancellationToken);
    }

    private static async Task<TReply> Ask<TReply>(IActorRef region, Request request, TimeSpan patience, CancellationToken cancellationToken)
        where TReply : Reply =>
        await region.Ask<Reply>(request, patience, cancellationToken) switch
        {
            TReply reply => reply,
            Rejection rejection => throw new CommandException(rejection.Message),
            var other => throw new InvalidOperationException($"{request.GetType()} was answered by {other.GetType()}."),
        };
}
