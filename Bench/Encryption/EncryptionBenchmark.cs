using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Users;
using WebChat.Bench.Journal;
using WebChat.Journal.V1;

namespace WebChat.Bench.Encryption;

/// <summary>What it costs to encrypt a message on its way to the journal, and to decrypt it on its way back, on one core.</summary>
public static class EncryptionBenchmark
{
    private const int Persons = 1_000;
    private const int Messages = 500_000;
    private const int Rounds = 5;

    /// <summary>Measures and prints a table.</summary>
    public static async Task Run(TextWriter output)
    {
        using var folder = new JournalFolder();
        using var database = new JournalDatabase(Options.Create(new StorageOptions { DataDirectory = folder.Path }));
        await database.StartAsync(default);
        var cipher = new PersonalDataCipher(new PersonKeys(new PersonKeyTable(database), new SqliteLog(database)));
        var persons = Enumerable.Range(0, Persons).Select(i => new UserId($"{i:x32}")).ToArray();
        var message = WriterActor.Event();
        var encrypted = persons.Select(person => cipher.Encrypt(message, _ => person).ToByteArray()).ToArray();

        output.WriteLine("| | written in clear | encrypted | read in clear | decrypted |");
        output.WriteLine("|---|--:|--:|--:|--:|");
        for (var round = 1; round <= Rounds; round++)
        {
            var clear = Time(_ => message.ToByteArray());
            var closed = Time(i => cipher.Encrypt(message, _ => persons[i % Persons]).ToByteArray());
            var bytes = message.ToByteArray();
            var read = Time(_ => MessagePosted.Parser.ParseFrom(bytes));
            var opened = Time(i =>
            {
                var posted = MessagePosted.Parser.ParseFrom(encrypted[i % Persons]);
                cipher.Decrypt(posted);
                return posted;
            });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| round {round} | {clear:F2} µs | {closed:F2} µs | {read:F2} µs | {opened:F2} µs |"));
        }
    }

    private static double Time(Func<int, object> work)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages; i++)
            GC.KeepAlive(work(i));
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / Messages;
    }
}
