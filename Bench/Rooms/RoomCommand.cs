using System.CommandLine;
using WebChat.Bench.Load;

namespace WebChat.Bench.Rooms;

/// <summary><c>room</c>: measures one room of many messages.</summary>
internal static class RoomCommand
{
    private static readonly Option<int> Messages = LoadCommand.Number("--messages", 1_000_000, 10_000, 10_000_000, "Messages of the room");
    private static readonly Option<int> Changed = LoadCommand.Number("--changed", 10_000, 1, 1_000_000, "Messages that were changed; at most as many as there are");
    private static readonly Option<int> Members = LoadCommand.Number("--members", 2, 2, 1_000, "Members of the room; two are a pair");

    public static Command Create()
    {
        var command = new Command("room", "Measure a room of many messages: its snapshot, memory and recovery, pages of its history, changes") { Messages, Changed, Members };
        command.SetAction((result, _) => RoomBenchmark.Run(new(result.GetValue(Messages), result.GetValue(Changed), result.GetValue(Members)), Console.Out));
        return command;
    }
}

/// <param name="Messages">Messages of the room.</param>
/// <param name="Changed">Messages that were changed.</param>
/// <param name="Members">Members of the room.</param>
internal sealed record RoomSize(int Messages, int Changed, int Members);
