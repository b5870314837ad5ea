using System.Globalization;
using System.Text;

namespace Akka.Event;

/// <summary>Fills in <c>{0}</c> by number as <see cref="string.Format(string, object[])"/> does, and <c>{Name}</c> in the order of the arguments.</summary>
public sealed class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The only instance.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    /// <inheritdoc/>
    public string Format(string format, params object[] args) => args is null || args.Length == 0 ? format : Fill(format, args);

    /// <inheritdoc/>
    public string Format(string format, IEnumerable<object> args) => Format(format, [.. args]);

    private static string Fill(string format, object[] args)
    {
        var text = new StringBuilder(format.Length + (args.Length * 16));
        var named = 0;
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if ((c is '{' or '}') && i + 1 < format.Length && format[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }

            var end = c == '{' ? format.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(c);
                continue;
            }

            var hole = format.AsSpan(i + 1, end - i - 1);
            var cut = hole.IndexOfAny(':', ',');
            var name = cut < 0 ? hole : hole[..cut];
            var index = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : named++;
            if (index >= args.Length) text.Append(format, i, end - i + 1);
            else text.AppendFormat(CultureInfo.InvariantCulture, string.Concat("{0", cut < 0 ? "" : hole[cut..], "}"), args[index]);
            i = end;
        }

        return text.ToString();
    }
}
