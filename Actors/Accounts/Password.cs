using System.Diagnostics.CodeAnalysis;

namespace WebChat.Actors.Accounts;

/// <summary>A password on its way to being hashed. Its text never shows up in a log: <see cref="ToString"/> hides it.</summary>
public readonly record struct Password(string Value)
{
    /// <summary>Reads a password for a new account: 8 to 128 characters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Password password)
    {
        password = new(text ?? "");
        return text is { Length: >= 8 and <= 128 };
    }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
