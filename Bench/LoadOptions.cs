using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WebChat.Tests.Edge;

namespace WebChat.Bench;

/// <summary>How much load, for how long, on what.</summary>
public sealed record LoadOptions
{
    /// <summary>How many pairs talk.</summary>
    public int Pairs { get; init; } = 20;

    /// <summary>How many messages all of them send together, at the most.</summary>
    public int Messages { get; init; } = 20_000;

    /// <summary>For how long, at the most.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many messages each person has on the way at once.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>How frames are encoded.</summary>
    public FrameEncoding Encoding { get; init; } = FrameEncoding.Binary;

    /// <summary>A running Edge on this machine, with rate limits that allow the load; null: one is started.</summary>
    public Uri? Url { get; init; }

    /// <summary>Reads a command line of <c>--name value</c>.</summary>
    public static bool TryParse(IReadOnlyList<string> args, out LoadOptions options, [NotNullWhen(false)] out string? why)
    {
        options = new LoadOptions();
        why = null;
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 0;
            switch (args[i])
            {
                case "--pairs" when number is > 0 and <= 5_000:
                    options = options with { Pairs = number };
                    break;
                case "--messages" when number is > 0 and <= 10_000_000:
                    options = options with { Messages = number };
                    break;
                case "--seconds" when number is > 0 and <= 3_600:
                    options = options with { Time = TimeSpan.FromSeconds(number) };
                    break;
                case "--lanes" when number is > 0 and <= 100:
                    options = options with { Lanes = number };
                    break;
                case "--encoding" when value is "binary" or "json":
                    options = options with { Encoding = value == "json" ? FrameEncoding.Json : FrameEncoding.Binary };
                    break;
                // Load is for one's own machine.
                case "--url" when Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback:
                    options = options with { Url = url };
                    break;
                default:
                    why = $"Not understood: {args[i]} {value}. Known: --pairs N, --messages N, --seconds N, --lanes N, --encoding binary|json, --url http://localhost:PORT";
                    return false;
            }
        }

        return true;
    }
}
