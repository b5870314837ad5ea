using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Moderation;

/// <summary>A report.</summary>
public readonly record struct ReportId(string Value)
{
    public static ReportId New(DateTimeOffset now) => new(Identifier.New(now));

    public static bool TryParse([NotNullWhen(true)] string? text, out ReportId id) => Identifier.IsValid((id = new(text ?? "")).Value);

    public override string ToString() => Value;
}
