using WebChat.Bench.Load;

namespace WebChat.Bench.Compare;

/// <summary>A number beside what it ought to be.</summary>
/// <param name="Name">What was measured, with its unit.</param>
/// <param name="Value">The result.</param>
/// <param name="Limit">The most that it ought to be, or the least.</param>
/// <param name="IsLeast">Whether <paramref name="Limit"/> is the least.</param>
internal sealed record Target(string Name, double Value, double Limit, bool IsLeast = false)
{
    public const string Head = "| | result | target | |\n|---|--:|--:|---|";

    /// <summary>A row of a table.</summary>
    public override string ToString() =>
        $"| {Name} | {LoadResult.Show(Value)} | {(IsLeast ? "≥" : "≤")} {LoadResult.Show(Limit)} | {(IsLeast ? Value >= Limit : Value <= Limit) switch { true => "met", false => "missed" }} |";
}
