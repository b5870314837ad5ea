using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Moderation;

/// <summary>A report.</summary>
public readonly record struct ReportId(string Value)
{
    /// <summary>A new id; later ones sort after earlier ones.</summary>
    public static ReportId New(DateTimeOffset now) => new(Identifier.New(now));

    /// <summary>Reads an id that came from outside; false if it cannot be one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ReportId id)
    {
        id = new(text ?? "");
        return Identifier.IsValid(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
