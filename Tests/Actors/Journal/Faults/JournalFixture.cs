using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;
using WebChat.Tests.Databases;

namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>A database with an actor system on it, which can be ended and started anew on the same database.</summary>
public sealed class JournalFixture : IAsyncDisposable
{
    /// <summary>Settings that have notes written by <see cref="NoteSerializer"/>.</summary>
    public const string Serializers = """
        akka.actor {
          serializers.note = "WebChat.Tests.Actors.Journal.Faults.NoteSerializer, Tests"
          serialization-bindings {
            "WebChat.Tests.Actors.Journal.Faults.Note, Tests" = note
          }
        }
        """;

    /// <summary>How long a test waits for what must come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _hocon;
    private int _names;

    private JournalFixture(Database database, string hocon)
    {
        Database = database;
        _hocon = hocon;
        System = Start();
    }

    public Database Database { get; }

    public ActorSystem System { get; private set; }

    /// <param name="kind">Which database.</param>
    /// <param name="hocon">Settings that go before the plain ones.</param>
    public static async Task<JournalFixture> Create(DatabaseKind kind, string hocon = "") => new(await Database.Create(kind), hocon);

    public static JournalFixture On(Database database, string hocon = "") => new(database, hocon);

    /// <summary>Settings that put the default journal and snapshot store into a database.</summary>
    public static string HoconFor(Database database) => HoconFor(database.ConnectionString, database.ProviderName);

    /// <summary>Settings that put the default journal and snapshot store into a database.</summary>
    public static string HoconFor(string connectionString, string providerName) => $$"""
        {{Serializers}}
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          persistence {
            journal {
              plugin = "akka.persistence.journal.sql"
              sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                connection-string = "{{connectionString}}"
                provider-name = "{{providerName}}"
                parallelism = 1
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql {
                class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                connection-string = "{{connectionString}}"
                provider-name = "{{providerName}}"
              }
            }
          }
        }
        """;

    /// <summary>A second actor system on the same database, as another process would be.</summary>
    /// <param name="hocon">Settings that go before the others.</param>
    public ActorSystem Start(string hocon = "") =>
        ActorSystem.Create("journal", ConfigurationFactory.ParseString(hocon)
            .WithFallback(ConfigurationFactory.ParseString(_hocon))
            .WithFallback(ConfigurationFactory.ParseString(HoconFor(Database)))
            .WithFallback(SqlPersistence.DefaultConfiguration));

    public async Task Restart()
    {
        await System.Terminate();
        System = Start();
    }

    public IActorRef Open(string persistenceId, NotebookOptions? options = null, ActorSystem? system = null)
    {
        var chosen = options ?? new NotebookOptions();
        return (system ?? System).ActorOf(Props.Create(() => new Notebook(persistenceId, chosen)), $"notebook-{++_names}");
    }

    public static Task<NotebookState> Read(IActorRef notebook) => notebook.Ask<NotebookState>(NotebookCommands.Read.Instance, Patience);

    public static Task<long> Write(IActorRef notebook, object @event) => notebook.Ask<long>(new NotebookCommands.Write(@event), Patience);

    public static async Task Write(IActorRef notebook, int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            Assert.Equal(i, await Write(notebook, new Note($"note {i}")));
        }
    }

    /// <summary>Runs code in a notebook and waits until it ran.</summary>
    public static async Task Do(IActorRef notebook, Action<Notebook> what)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        notebook.Tell(new NotebookCommands.Do(book =>
        {
            what(book);
            done.SetResult();
        }));
        await done.Task.WaitAsync(Patience);
    }

    /// <summary>An actor whose messages a test reads.</summary>
    public (IActorRef Ref, ChannelReader<object> Messages) Inbox()
    {
        var channel = Channel.CreateUnbounded<object>();
        return (System.ActorOf(Props.Create(() => new Mailbox(channel.Writer))), channel.Reader);
    }

    /// <summary>Waits until an actor has stopped.</summary>
    public Task Stopped(IActorRef actor)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        System.ActorOf(Props.Create(() => new Mourner(actor, stopped)));
        return stopped.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        await Database.DisposeAsync();
    }

    private sealed class Mourner : ReceiveActor
    {
        public Mourner(IActorRef actor, TaskCompletionSource stopped)
        {
            Context.Watch(actor);
            Receive<Terminated>(_ =>
            {
                stopped.SetResult();
                Context.Stop(Self);
            });
        }
    }

    private sealed class Mailbox : ReceiveActor
    {
        public Mailbox(ChannelWriter<object> writer) => ReceiveAny(message => writer.TryWrite(message));
    }
}
