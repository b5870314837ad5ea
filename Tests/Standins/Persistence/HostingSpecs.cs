using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WebChat.Tests.Standins.Persistence;

/// <summary>Persistence as an application's host sets it up.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class HostingSpecs
{
    [Theory, OnSqlite, OnPostgres]
    public async Task One_call_gives_actors_a_journal_and_snapshots_that_outlive_the_host(DatabaseKind kind)
    {
        await using var database = await Database.Create(kind);

        await InHost(database, async notebook =>
        {
            await JournalFixture.Write(notebook, 1, 2);
            await JournalFixture.Do(notebook, book => book.SaveSnapshot(new Note("state at 2")));
            await JournalFixture.Write(notebook, new OldNote("first line\nsecond line"));
        });

        await InHost(database, async notebook =>
        {
            var state = await JournalFixture.Read(notebook);
            Assert.Equal("2:state at 2", state.Snapshot);
            Assert.Equal(["3:first line", "3:second line"], state.Recovered);
        });
    }

    [Fact]
    public void What_only_the_package_itself_does_is_refused_rather_than_ignored()
    {
        var services = new ServiceCollection();

        services.AddAkka("test", builder => Assert.Throws<NotSupportedException>(() => builder.WithSqlPersistence("Data Source=x", "SQLite.MS", schemaName: "other")));

        using var provider = services.BuildServiceProvider();
        provider.GetService<ActorSystem>()?.Dispose();
    }

    private static async Task InHost(Database database, Func<IActorRef, Task> use)
    {
        using var host = new HostBuilder().ConfigureServices(services => services.AddAkka("test", builder => builder
            .AddHocon(JournalFixture.Serializers, HoconAddMode.Append)
            .WithSqlPersistence(database.ConnectionString, database.ProviderName, journalBuilder: journal =>
                journal.AddEventAdapter<OldNoteAdapter>("old-note", [typeof(OldNote)])))).Build();
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var options = new NotebookOptions { Inbox = ActorRefs.Nobody };
        await use(system.ActorOf(Props.Create(() => new Notebook("hosted", options))));
        await host.StopAsync();
    }
}
