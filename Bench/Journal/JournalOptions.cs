using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WebChat.Bench.Journal;

/// <summary>How long and on how much the journal is measured.</summary>
public sealed record JournalOptions
{
    /// <summary>How long each number of actors writes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many actors write, in each measurement.</summary>
    public IReadOnlyList<int> Actors { get; init; } = [1, 10, 200, 2_000];

    /// <summary>How many rows the table has out of which history is read.</summary>
    public int Rows { get; init; } = 200_000;

    /// <summary>How many events an actor recovers.</summary>
    public int Recovered { get; init; } = 10_000;

    /// <summary>Reads a command line of <c>--name value</c>.</summary>
    public static bool TryParse(ReadOnlySpan<string> args, out JournalOptions options, [NotNullWhen(false)] out string? why)
    {
        options = new JournalOptions();
        why = null;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
            switch (args[i])
            {
                case "--seconds" when number is > 0 and <= 60:
                    options = options with { Time = TimeSpan.FromSeconds(number) };
                    break;
                case "--actors" when number is > 0 and <= 100_000:
                    options = options with { Actors = [number] };
                    break;
                case "--rows" when number is >= 20_000 and <= 10_000_000:
                    options = options with { Rows = number };
                    break;
                case "--recovered" when number is > 0 and <= 1_000_000:
                    options = options with { Recovered = number };
                    break;
                default:
                    why = $"Not understood: {args[i]} {value}. Known: --seconds N, --actors N, --rows N (20000 to 10000000), --recovered N (up to 1000000)";
                    return false;
            }
        }

        return true;
    }
}
