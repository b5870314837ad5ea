using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf;
using Spectre.Console;
using WebChat.Actors;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Encryption;
using WebChat.Actors.Rooms;

namespace WebChat.Edge.Commands;

/// <summary>The commands that read the journal, also while the server runs: <c>journal cat ROOM</c> and <c>journal verify</c>.</summary>
public sealed class JournalCommands(JournalRows rows, JournalCheck check, PersonalDataCipher cipher, TextWriter output)
{
    /// <summary>Prints a room's events, one JSON object per line.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="decrypt">Whether to print personal fields. Otherwise they stay encrypted.</param>
    /// <param name="cancellationToken">Cancels the output.</param>
    public async Task Cat(string room, bool decrypt, CancellationToken cancellationToken)
    {
        if (!RoomId.TryParse(room, out var id))
            throw new CommandException($"'{room}' is not a room id.");
        var (events, unreadable) = (0, 0);
        await foreach (var row in rows.EventsOf(PersistenceIds.Room(id), cancellationToken))
        {
            events++;
            var (field, value) = ("event", "");
            try
            {
                var record = Manifests.Parse(row.Manifest, row.Message);
                if (decrypt)
                    cipher.Decrypt(record);
                value = JsonFormatter.Default.Format(record);
            }
            catch (Exception ex) when (ex is SerializationException or CryptographicException)
            {
                unreadable++;
                (field, value) = ("error", JsonSerializer.Serialize(ex.Message));
            }

            await output.WriteLineAsync($$"""{"seq": {{row.Seq}}, "manifest": {{JsonSerializer.Serialize(row.Manifest)}}, "{{field}}": {{value}}}""");
        }

        if (events == 0)
            throw new CommandException($"The journal has no room {room}.");
        if (unreadable > 0)
            throw new CommandException($"{unreadable} of {events} events cannot be read.");
    }

    /// <summary>Checks all events and snapshots, and prints the faults, one per line. The progress goes to a terminal on the error output.</summary>
    public async Task Verify(CancellationToken cancellationToken)
    {
        var total = await rows.CountAsync(cancellationToken);
        var faults = Console.IsErrorRedirected
            ? await PrintFaults(() => { }, cancellationToken)
            : await AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }).Progress().StartAsync(progress =>
            {
                var task = progress.AddTask("Journal", maxValue: total);
                return PrintFaults(() => task.Increment(1), cancellationToken);
            });
        if (faults > 0)
            throw new CommandException($"The journal has {faults} faults. Restore a backup, or start the server to use what is readable.");
        await output.WriteLineAsync($"The journal has no fault: {total} events and snapshots.");
    }

    private async Task<int> PrintFaults(Action checkedRow, CancellationToken cancellationToken)
    {
        var faults = 0;
        await foreach (var fault in check.Faults(checkedRow, cancellationToken))
        {
            faults++;
            await output.WriteLineAsync(fault);
        }

        return faults;
    }
}
