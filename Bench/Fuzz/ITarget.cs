namespace WebChat.Bench.Fuzz;

/// <summary>A way into the server.</summary>
internal interface ITarget
{
    /// <summary>The name that <c>--only</c> takes.</summary>
    string Name { get; }

    /// <summary>How many inputs of the fastest kind take as long as one.</summary>
    int Cost => 1;

    /// <summary>Makes an input and sends it.</summary>
    Task<Outcome> TryAsync(Cast cast, Random random);
}

/// <summary>What came of an input.</summary>
/// <param name="Input">The input, as text.</param>
/// <param name="Answer">The kind of the answer, such as a status; empty if there is none.</param>
/// <param name="Fault">What is wrong with it; null if nothing is.</param>
internal sealed record Outcome(string Input, string Answer, string? Fault = null)
{
    /// <summary>How long the answer to a complete input may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How long an input that may be incomplete waits for an answer. What is still to come is not judged.</summary>
    public static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Bytes as text: printable ASCII as it is, any other byte as <c>\xNN</c>, as <c>printf</c> reads it.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        const int Most = 2_000;
        var text = new System.Text.StringBuilder();
        foreach (var one in bytes[..Math.Min(bytes.Length, Most)])
            text.Append(one is >= 0x20 and < 0x7f and not (byte)'\\' ? ((char)one).ToString() : $"\\x{one:x2}");
        return bytes.Length <= Most ? text.ToString() : $"{text} … {bytes.Length} bytes";
    }
}
