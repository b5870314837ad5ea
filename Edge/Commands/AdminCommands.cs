using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using WebChat.Actors;
using WebChat.Actors.Accounts;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Edge.Commands;

/// <summary>Manages admins. <c>admin grant</c> and <c>admin revoke</c> need a stopped server: they start the actors without opening a port.</summary>
public static class AdminCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Grants or withdraws the admin role.</summary>
    /// <param name="app">The server, with <see cref="WithoutPorts"/>.</param>
    /// <param name="username">The account's user name.</param>
    /// <param name="isAdmin">Whether to grant the role.</param>
    /// <param name="output">Receives the result.</param>
    public static async Task Set(WebApplication app, string username, bool isAdmin, TextWriter output)
    {
        if (!Username.TryParse(username, out var name))
            throw new CommandException($"'{username}' is not a valid user name.");
        await app.StartAsync();
        var accounts = app.Services.GetRequiredService<IRequiredActor<AccountRegion>>().ActorRef;
        var reply = await accounts.Ask<Reply>(new AccountCommands.SetAdmin(name, isAdmin), Patience);
        await app.StopAsync();
        if (reply is Rejection rejection)
            throw new CommandException($"{username}: {rejection.Message}");
        await output.WriteLineAsync($"{username} is {(isAdmin ? "an admin" : "not an admin")} from the next login or token refresh on.");
    }

    /// <summary>Prints the admins' user names, one per line. Works while the server runs, too.</summary>
    public static async Task List(IServiceProvider services, StorageOptions storage, TextWriter output, CancellationToken cancellationToken)
    {
        new JournalSchema(storage).Verify();
        foreach (var admin in (await services.GetRequiredService<AdminQueries>().ListAdmins(cancellationToken)).Order(StringComparer.Ordinal))
            await output.WriteLineAsync(admin);
    }

    /// <summary>Lets the server start without listening, and without joining a cluster.</summary>
    public static void WithoutPorts(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IServer, NoServer>();
        builder.Services.PostConfigure<ClusterOptions>(cluster =>
        {
            cluster.Host = cluster.Certificate = cluster.PrivateKey = "";
            cluster.SeedNodes = [];
        });
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
