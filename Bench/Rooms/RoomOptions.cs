using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WebChat.Bench.Rooms;

/// <summary>How large a room is measured.</summary>
public sealed record RoomOptions
{
    /// <summary>Messages of the room.</summary>
    public int Messages { get; init; } = 1_000_000;

    /// <summary>Messages that were changed.</summary>
    public int Changed { get; init; } = 10_000;

    /// <summary>Members of the room. Two are a pair.</summary>
    public int Members { get; init; } = 2;

    /// <summary>Reads a command line of <c>--name value</c>.</summary>
    public static bool TryParse(ReadOnlySpan<string> args, out RoomOptions options, [NotNullWhen(false)] out string? why)
    {
        options = new RoomOptions();
        why = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
            switch (args[i])
            {
                case "--messages" when number is >= 10_000 and <= 10_000_000:
                    options = options with { Messages = number };
                    break;
                case "--changed" when number is > 0 and <= 1_000_000:
                    options = options with { Changed = number };
                    break;
                case "--members" when number is >= 2 and <= 1_000:
                    options = options with { Members = number };
                    break;
                default:
                    why = $"Not understood: {args[i]} {value}. Known: --messages N (10000 to 10000000), --changed N (up to 1000000, at most as many as messages), --members N (2 to 1000)";
                    return false;
            }
        }

        if (options.Changed > options.Messages)
            why = "--changed must be at most --messages.";
        return why is null;
    }
}
