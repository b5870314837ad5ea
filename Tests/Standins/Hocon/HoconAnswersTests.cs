using System.Text.Json;
using Akka.Configuration;

namespace WebChat.Tests.Standins.Hocon;

/// <summary>Holds the reading of HOCON against what Akka 1.5.30 was recorded to answer.</summary>
public class HoconAnswersTests
{
    // Inputs on which the recorded answer is not what HOCON's specification says: the specification's answer or a refusal will do as well.
    private static readonly Dictionary<string, string?> Specified = new()
    {
        ["list append: ints a"] = "[1, 2, 3]",
        ["substitution of object: int mine.a"] = "1",
        ["object merge by concatenation: int mine.a"] = "1",
        ["commas and newlines"] = null,
        ["include missing"] = null,
        ["missing close brace"] = null,
        ["extra close brace"] = null,
        ["unterminated string"] = null,
        ["missing value"] = null,
    };

    private static readonly Lazy<JsonElement[]> Recorded = new(() =>
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data/hocon-akka-1.5.30/answers.json"));
        return [.. JsonDocument.Parse(file).RootElement.EnumerateArray()];
    });

    public static TheoryData<string> Names => [.. Recorded.Value.Select(entry => entry.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recorded_answer_is_given(string name)
    {
        var entry = Recorded.Value.Single(e => e.GetProperty("name").GetString() == name);
        Config config;
        try
        {
            config = entry.GetProperty("layers").EnumerateArray()
                .Select(layer => ConfigurationFactory.ParseString(layer.GetString()!))
                .Aggregate((above, below) => above.WithFallback(below));
        }
        catch (Exception e)
        {
            AssertRefused(entry, name, e);
            return;
        }

        Assert.False(entry.TryGetProperty("parse", out var parse), $"The recorded parser {parse}.");
        foreach (var answer in entry.GetProperty("answers").EnumerateArray())
        {
            var query = answer.GetProperty("query").GetString()!;
            var expected = Text(answer.GetProperty("result"));
            var actual = HoconQuery.Parse(query).Ask(config);
            if (Specified.TryGetValue($"{name}: {query}", out var specified) && actual == specified) continue;
            Assert.True(expected == actual, $"{name}: {query} should be {expected}, but is {actual}.");
        }
    }

    private static void AssertRefused(JsonElement entry, string name, Exception refusal)
    {
        if (Specified.ContainsKey(name) && refusal is ConfigurationException) return;
        Assert.True(entry.TryGetProperty("parse", out var parse), $"{name} is refused, but has answers: {refusal.Message}");
        Assert.Equal(parse.GetString(), $"throws {refusal.GetType().FullName}");
    }

    private static string Text(JsonElement result) => result.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", result.EnumerateArray().Select(Text))}]",
        JsonValueKind.String => result.GetString()!,
        _ => result.GetRawText(),
    };
}
