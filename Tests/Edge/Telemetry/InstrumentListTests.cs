using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Actors.Telemetry;
using WebChat.Edge.Auth;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Edge.Telemetry;

public sealed partial class InstrumentListTests
{
    [Fact]
    public async Task The_documentation_lists_every_instrument_with_its_unit()
    {
        var metrics = Unmeasured.Metrics();
        using var hasher = new PasswordHasher(Options.Create(new AuthOptions()), metrics);
        var instruments = new ConcurrentBag<string>();
        // Other tests may have the same instruments.
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == ChatMetrics.MeterName)
                    instruments.Add($"{instrument.Name} {instrument.Unit}");
            };
            listener.Start();
        }

        var documented = Row().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"))).Select(row => $"{row.Groups[1]} {row.Groups[2]}");
        Assert.Equal(instruments.Distinct().Order(), documented.Order());
    }

    [GeneratedRegex(@"^\| `(webchat\.[a-z_.]+)` \|[^|]+\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
