using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Paths: keys joined by dots, quoted where they have one themselves.</summary>
internal static class HoconPath
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\.";

    public static IReadOnlyList<string> Split(string path)
    {
        if (!path.Contains('"')) return path.Split('.', StringSplitOptions.TrimEntries);

        var keys = new List<string>();
        var key = new StringBuilder();
        var quoted = false;
        foreach (var c in path)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                keys.Add(key.ToString());
                key.Clear();
            }
            else
            {
                key.Append(c);
            }
        }
        keys.Add(key.ToString());
        return keys;
    }

    public static string QuoteKey(string key) => key.Length > 0 && !key.Any(c => char.IsWhiteSpace(c) || Reserved.Contains(c)) ? key : Quote(key);

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\': quoted.Append('\\').Append(c); break;
                case '\n': quoted.Append("\\n"); break;
                case '\r': quoted.Append("\\r"); break;
                case '\t': quoted.Append("\\t"); break;
                case < ' ': quoted.Append($"\\u{(int)c:x4}"); break;
                default: quoted.Append(c); break;
            }
        }
        return quoted.Append('"').ToString();
    }
}
