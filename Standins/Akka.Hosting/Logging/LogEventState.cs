using System.Collections;
using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Event;

namespace Akka.Hosting.Logging;

/// <summary>A log event as the host's logging wants it: a message template with named values. A placeholder is either a name, and takes the next argument, or a number.</summary>
internal sealed class LogEventState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _values = [];
    private readonly string _text;

    public LogEventState(LogEvent log, ActorPath path)
    {
        string template;
        if (log.Message is LogMessage message)
        {
            template = message.Format;
            _text = Render(template, [.. message.Parameters()]);
        }
        else
        {
            template = _text = log.Message?.ToString() ?? "";
        }
        _values.Add(new("ActorPath", path));
        _values.Add(new("Timestamp", log.Timestamp));
        _values.Add(new("Thread", log.Thread.ManagedThreadId));
        _values.Add(new("LogSource", log.LogSource));
        // The template comes last by the convention of the host's logging.
        _values.Add(new("{OriginalFormat}", template));
    }

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public override string ToString() => _text;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string Render(string template, object?[] arguments)
    {
        var text = new StringBuilder(template.Length + 16 * arguments.Length);
        var next = 0;
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{' && template.IndexOf('}', i) is var end and > 0)
            {
                AppendHole(text, template.AsSpan(i + 1, end - i - 1), arguments, ref next);
                i = end;
            }
            else
            {
                text.Append(c);
            }
        }
        return text.ToString();
    }

    private void AppendHole(StringBuilder text, ReadOnlySpan<char> hole, object?[] arguments, ref int next)
    {
        var length = hole.IndexOfAny(',', ':');
        var name = (length < 0 ? hole : hole[..length]).Trim().TrimStart('@').TrimStart('$');
        var index = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : next++;
        if (index >= arguments.Length)
        {
            text.Append('{').Append(hole).Append('}');
            return;
        }
        text.AppendFormat(CultureInfo.InvariantCulture, length < 0 ? "{0}" : $"{{0{hole[length..]}}}", arguments[index]);
        _values.Add(new(name.ToString(), arguments[index]));
    }
}
