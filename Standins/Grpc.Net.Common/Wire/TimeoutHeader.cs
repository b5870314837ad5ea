using System.Globalization;

namespace Grpc.Net.Wire;

/// <summary>The value of <c>grpc-timeout</c>: at most eight digits and a unit.</summary>
internal static class TimeoutHeader
{
    private const long MaxValue = 99_999_999;

    /// <summary>The time-out in the finest unit from microseconds that can hold it, rounded up.</summary>
    public static string Encode(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 1);
        return Fits(ticks, TimeSpan.TicksPerMicrosecond, 'u')
            ?? Fits(ticks, TimeSpan.TicksPerMillisecond, 'm')
            ?? Fits(ticks, TimeSpan.TicksPerSecond, 'S')
            ?? Fits(ticks, TimeSpan.TicksPerMinute, 'M')
            ?? Fits(ticks, TimeSpan.TicksPerHour, 'H')!;
    }

    /// <summary>Whether the value is a time-out.</summary>
    public static bool TryDecode(string? value, out TimeSpan timeout)
    {
        timeout = default;
        if (value is not { Length: >= 2 and <= 9 } || !long.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        // 99,999,999 hours are more than a TimeSpan can be added to today.
        long? ticks = value[^1] switch
        {
            'n' => (amount + 99) / 100,
            'u' => amount * TimeSpan.TicksPerMicrosecond,
            'm' => amount * TimeSpan.TicksPerMillisecond,
            'S' => amount * TimeSpan.TicksPerSecond,
            'M' => amount * TimeSpan.TicksPerMinute,
            'H' => amount * TimeSpan.TicksPerHour,
            _ => null,
        };
        timeout = TimeSpan.FromTicks(ticks ?? 0);
        return ticks is not null;
    }

    private static string? Fits(long ticks, long unit, char name)
    {
        var amount = (ticks / unit) + (ticks % unit == 0 ? 0 : 1);
        return amount <= MaxValue ? string.Create(CultureInfo.InvariantCulture, $"{amount}{name}") : null;
    }
}
