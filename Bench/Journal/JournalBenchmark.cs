using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence.Sql.Hosting;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WebChat.Actors.Persistence;
using WebChat.Tests.Databases;
using WebChat.Tests.Requires;

namespace WebChat.Bench.Journal;

/// <summary>
/// What an acknowledged event costs: actors that await each event's acknowledgement before the next, beside a plain loop that inserts
/// one row a commit into the same database with the same settings, right before and right after; then recovery, and history.
/// </summary>
public static class JournalBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Measures and prints tables. Takes some minutes.</summary>
    public static async Task Run(JournalOptions options, TextWriter output)
    {
        await output.WriteLineAsync("| journal | actors | events/s | p50 | p99 | CPU/event | plain loop | ratio |");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var actors in options.Actors)
            await output.WriteLineAsync(await MeasureWriting(options, actors, "SQLite"));
        foreach (var actors in options.Actors)
            await output.WriteLineAsync(await MeasureWriting(options, actors, "SQLite, package alone", AsThePackageComes));
        if (Programs.InitDb is not null)
        {
            await using var server = await PostgresServer.Create(durable: true);
            foreach (var actors in options.Actors)
            {
                await using var database = await PostgresDatabase.Create(server);
                await output.WriteLineAsync(await MeasureWriting(options, actors, "PostgreSQL", settings: database.Settings));
            }
        }

        await output.WriteLineAsync();
        await RecoveryBenchmark.Run(options.Recovered, output);
        await output.WriteLineAsync();
        await HistoryBenchmark.Run(options.Rows, output);
    }

    // The plug-in with its own settings and no interceptor, as the default plug-in in place of the server's.
    private static void AsThePackageComes(AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var database = services.GetRequiredService<JournalDatabase>();
        akka.WithSqlPersistence(database.ConnectionString, database.ProviderName, autoInitialize: false, pluginIdentifier: "plain");
    }

    private static async Task<string> MeasureWriting(
        JournalOptions options, int actors, string journal, Action<AkkaConfigurationBuilder, IServiceProvider>? configure = null, params (string, string?)[] settings)
    {
        using var folder = new JournalFolder();
        using var host = folder.Start(configure, settings);
        var (system, database) = (host.Services.GetRequiredService<ActorSystem>(), host.Services.GetRequiredService<JournalDatabase>());
        var writers = Enumerable.Range(0, actors).Select(i => system.ActorOf(Props.Create(() => new WriterActor($"room-{i:x26}")))).ToList();
        await Task.WhenAll(writers.Select(writer => writer.Ask<long>("ready?", Patience)));
        var plain = PlainLoop(database, actors);

        var writing = new Writing(actors, WarmUp, options.Time);
        foreach (var writer in writers)
            writer.Tell(writing);
        await Task.Delay(WarmUp);
        var cpu = Environment.CpuUsage.TotalTime;
        await Task.Delay(options.Time);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        await writing.AllDone.WaitAsync(Patience);

        plain = (plain + PlainLoop(database, actors)) / 2;
        await host.StopAsync();

        var latencies = writing.Latencies;
        latencies.Sort();
        var perSecond = latencies.Count / options.Time.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture,
            $"| {journal} | {actors:N0} | {perSecond:N0} | {latencies[latencies.Count / 2] / 1000:F2} ms | {latencies[latencies.Count * 99 / 100] / 1000:F2} ms | {cpu.TotalMicroseconds / latencies.Count:F1} µs | {plain:N0}/s | {perSecond / plain:F1} |");
    }

    /// <summary>Rows a second of a loop that inserts one row a commit, for as many ids as there are actors.</summary>
    private static double PlainLoop(JournalDatabase database, int ids)
    {
        using var connection = database.Writers.OpenConnection();
        if (connection is SqliteConnection sqlite)
            SqlitePragmas.Apply(sqlite);
        using var command = Insert(connection);
        var numbers = new long[ids];
        var run = Guid.NewGuid().ToString("N")[..8];
        RowsPerSecond();
        return RowsPerSecond();

        double RowsPerSecond()
        {
            var rows = 0;
            var clock = Stopwatch.StartNew();
            for (; clock.Elapsed < WarmUp; rows++)
            {
                command.Parameters["@id"].Value = $"plain-{run}-{rows % ids:x16}";
                command.Parameters["@number"].Value = ++numbers[rows % ids];
                command.ExecuteNonQuery();
            }

            return rows / clock.Elapsed.TotalSeconds;
        }
    }

    private static DbCommand Insert(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = $$"""
            INSERT INTO journal(created,deleted,persistence_id,sequence_number,message,manifest,identifier,writer_uuid)
            VALUES (@created,@deleted,@id,@number,@message,@manifest,{{JournalSerializer.Id}},'00000000000000000000000000000000')
            """;
        foreach (var (name, value) in (ReadOnlySpan<(string, object)>)
            [("@created", DateTime.UtcNow.Ticks), ("@deleted", false), ("@id", ""), ("@number", 0L), ("@message", WriterActor.Event().ToByteArray()), ("@manifest", Manifests.MessagePostedManifest)])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return command;
    }
}
