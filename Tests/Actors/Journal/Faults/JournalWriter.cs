using Akka.Actor;
using Akka.Configuration;

namespace WebChat.Tests.Actors.Journal.Faults;

/// <summary>
/// A process in which actors write to a SQLite journal without end, half of them three events at a time. It prints <c>persistence id|sequence number</c> for each event
/// that was acknowledged, and <c>failed|what</c> when a write was not.
/// </summary>
public static class JournalWriter
{
    /// <param name="file">The database's file.</param>
    /// <param name="actors">How many write.</param>
    /// <param name="synchronous">When SQLite has the disk keep what it wrote; the journal itself always has <c>FULL</c>.</param>
    public static async Task<int> Run(string file, int actors, string synchronous = "FULL")
    {
        AppContext.SetData("Akka.Persistence.Sql.SqliteSynchronous", synchronous);
        AppContext.SetData("Akka.Persistence.Sql.SqliteCheckpointBytes", 4 * 1024 * 1024);
        var hocon = JournalFixture.HoconFor($"Data Source={file}", "SQLite.MS");
        using var system = ActorSystem.Create("writer", ConfigurationFactory.ParseString(hocon));
        await Task.WhenAll(Enumerable.Range(1, actors).Select(i => Write(system, i % 2 == 0 ? $"single-{i}" : $"triple-{i}")));
        await system.Terminate();
        return 0;
    }

    private static async Task Write(ActorSystem system, string persistenceId)
    {
        var options = new NotebookOptions();
        var notebook = system.ActorOf(Props.Create(() => new Notebook(persistenceId, options)));
        var last = (await JournalFixture.Read(notebook)).LastSequenceNr;
        try
        {
            while (true)
            {
                last = await WriteNext(notebook, persistenceId, last);
                Print($"{persistenceId}|{last}");
            }
        }
        catch (Exception failure)
        {
            Print($"failed|{failure.Message}");
        }
    }

    /// <summary>Writes one event, or three at a time where the persistence id says so; gives the last one's number.</summary>
    public static async Task<long> WriteNext(IActorRef notebook, string persistenceId, long last)
    {
        if (!persistenceId.StartsWith("triple", StringComparison.Ordinal))
        {
            return await JournalFixture.Write(notebook, new Note($"note {last + 1}"));
        }

        // The first of them is answered when all are written.
        var events = new NotebookCommands.WriteAll(new Note($"note {last + 1}"), new Note($"note {last + 2}"), new Note($"note {last + 3}"));
        return await notebook.Ask<long>(events, JournalFixture.Patience) + 2;
    }

    /// <summary>One line a call to the system, so that what was printed is with the reader even if this process ends right after.</summary>
    private static void Print(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
