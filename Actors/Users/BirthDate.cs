using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WebChat.Actors.Users;

/// <summary>The birth date of a living person.</summary>
public readonly record struct BirthDate(DateOnly Value)
{
    private const string Format = "yyyy-MM-dd";
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>Parses <c>YYYY-MM-DD</c>; on refusal <paramref name="why"/> completes a sentence that begins with the field's name.</summary>
    public static bool TryParse(string text, DateOnly today, out BirthDate birthDate, [NotNullWhen(false)] out string? why)
    {
        birthDate = default;
        if (!DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            why = "must be a date, YYYY-MM-DD";
        else if (date < Earliest)
            why = "must not be before 1900";
        else if (date >= today)
            why = "must be in the past";
        else
            why = null;
        birthDate = new(date);
        return why is null;
    }

    /// <summary>Parses a text that <see cref="TryParse"/> has accepted.</summary>
    public static BirthDate Parse(string text) => new(DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture));

    /// <summary>The age in whole years. A person born on 29 February is a year older on 28 February in a year without a 29th.</summary>
    public int AgeOn(DateOnly day)
    {
        var years = day.Year - Value.Year;
        return day < Value.AddYears(years) ? years - 1 : years;
    }

    public override string ToString() => Value.ToString(Format, CultureInfo.InvariantCulture);
}
