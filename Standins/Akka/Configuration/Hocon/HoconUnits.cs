using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Numbers with a unit.</summary>
internal static class HoconUnits
{
    public static TimeSpan ReadTime(string text, bool allowInfinite)
    {
        if (allowInfinite && text is "infinite") return Timeout.InfiniteTimeSpan;
        var (number, unit) = Split(text, "time");
        double? ticks = unit switch
        {
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 1d / TimeSpan.NanosecondsPerTick,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => null,
        };
        if (ticks is not { } factor) throw new FormatException($"'{text}' is not a time: '{unit}' is no unit of time.");
        var total = number * factor;
        // 10ns is less than a tick: it is cut off, as everything below a tick is.
        return total < TimeSpan.MaxValue.Ticks
            ? TimeSpan.FromTicks(factor < 1 ? (long)(total / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond : (long)Math.Round(total))
            : throw new FormatException($"'{text}' is a longer time than can be counted.");
    }

    public static long ReadSize(string text)
    {
        var (number, unit) = Split(text, "size");
        double? factor = unit switch
        {
            "" or "b" or "B" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => 1e3,
            "MB" or "megabyte" or "megabytes" => 1e6,
            "GB" or "gigabyte" or "gigabytes" => 1e9,
            "TB" or "terabyte" or "terabytes" => 1e12,
            "PB" or "petabyte" or "petabytes" => 1e15,
            "EB" or "exabyte" or "exabytes" => 1e18,
            "k" or "K" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
            "m" or "M" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
            "g" or "G" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
            "t" or "T" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
            "p" or "P" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
            "e" or "E" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => 1L << 60,
            _ => null,
        };
        if (factor is not { } bytes) throw new FormatException($"'{text}' is not a size: '{unit}' is no unit of size.");
        var total = number * bytes;
        if (total >= long.MaxValue) throw new FormatException($"'{text}' is a larger size than can be counted.");
        // A plain number may be one that a double does not hold exactly.
        return bytes is 1 && long.TryParse(text.AsSpan(0, NumberLength(text)), NumberStyles.None, CultureInfo.InvariantCulture, out var exact) ? exact : (long)total;
    }

    private static (double Number, string Unit) Split(string text, string kind)
    {
        var length = NumberLength(text);
        return double.TryParse(text.AsSpan(0, length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (number, text[length..].Trim())
            : throw new FormatException($"'{text}' is not a {kind}: it does not start with a number.");
    }

    private static int NumberLength(string text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.')) length++;
        return length;
    }
}
