namespace Akka.Util;

/// <summary>The names that are given where none was asked for: <c>$a</c>, <c>$b</c>, …</summary>
internal static class Base64Name
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    /// <summary>The name for a counter's value, lowest digit first.</summary>
    public static string From(long value, string prefix = "$")
    {
        Span<char> name = stackalloc char[16];
        var length = 0;
        do
        {
            name[length++] = Digits[(int)(value & 63)];
            value >>>= 6;
        }
        while (value != 0);
        return string.Concat(prefix, name[..length]);
    }
}
