using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Reads a text into a draft: structure and assignments, with substitutions still to be made.</summary>
internal sealed class HoconReader(HoconSource source, Func<string, HoconRoot?>? include)
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";
    private const int MaxDepth = 500;
    private const char End = '\0';

    private readonly string _text = source.Text;
    // The keys from the root to the object that is being read; unknown inside a list.
    private readonly List<string> _path = [];
    private int _position;
    private int _depth;
    private int _lists;

    private char Current => At(0);

    private bool AtComment => Current == '#' || Current == '/' && At(1) == '/';

    private bool AtLineEnd => _position >= _text.Length || Current == '\n';

    public HoconDraftObject Read()
    {
        SkipByteOrderMark();
        SkipLines();
        HoconDraftObject settings;
        if (Current == '{' && _position < _text.Length)
        {
            settings = ReadObject();
            SkipLines();
        }
        else
        {
            settings = new HoconDraftObject();
            ReadFields(settings);
        }
        if (_position < _text.Length) throw Malformed($"'{Current}' does not belong here.");
        return settings;
    }

    private HoconDraftObject ReadObject()
    {
        var opening = _position;
        Enter();
        _position++;
        var settings = new HoconDraftObject();
        ReadFields(settings);
        if (Current != '}' || _position >= _text.Length) throw source.Malformed(opening, "this object is not closed.");
        _position++;
        _depth--;
        return settings;
    }

    private void ReadFields(HoconDraftObject settings)
    {
        SkipLines();
        while (_position < _text.Length && Current != '}')
        {
            if (AtInclude()) ReadInclude(settings);
            else ReadField(settings);
            SkipSeparator('}');
        }
    }

    private void ReadField(HoconDraftObject settings)
    {
        var start = _position;
        var keys = ReadPath("=:+{");
        _path.AddRange(keys);
        SkipLines();
        if (Current == '{')
        {
            settings.Assign(keys, ReadValue(), start);
        }
        else if (Current == '+' && At(1) == '=')
        {
            if (_lists > 0) throw Malformed("'+=' cannot be used inside a list.");
            _position += 2;
            var before = new HoconDraft.Substitution(start, string.Join('.', _path), [.. _path], Optional: true);
            settings.Assign(keys, new HoconDraftValue([before, new HoconDraft.List(start, [ReadAssigned()])]), start);
        }
        else if (Current is '=' or ':')
        {
            _position++;
            settings.Assign(keys, ReadAssigned(), start);
        }
        else
        {
            throw Malformed("a key must be followed by '=', ':', '+=' or '{'.");
        }
        _path.RemoveRange(_path.Count - keys.Count, keys.Count);
    }

    private HoconDraftValue ReadAssigned()
    {
        SkipLines();
        return ReadValue();
    }

    // Pieces up to the end of the line, joined.
    private HoconDraftValue ReadValue()
    {
        var pieces = new List<HoconDraft>();
        while (true)
        {
            var start = _position;
            SkipBlanks();
            if (AtLineEnd || AtComment || Current is ',' or '}' or ']') break;
            if (_position > start && pieces.Count > 0) pieces.Add(new HoconDraft.Text(start, _text[start.._position], Quoted: false));
            pieces.Add(ReadPiece());
        }
        return pieces.Count > 0 ? new HoconDraftValue(pieces) : throw Malformed("a value is missing.");
    }

    private HoconDraft ReadPiece()
    {
        var start = _position;
        switch (Current)
        {
            case '{':
                return new HoconDraft.Object(start, ReadObject());
            case '[':
                return new HoconDraft.List(start, ReadList());
            case '"':
                return new HoconDraft.Text(start, ReadQuoted(), Quoted: true);
            case '$' when At(1) == '{':
                return ReadSubstitution();
            default:
                while (!AtLineEnd && !AtComment && !char.IsWhiteSpace(Current) && !Reserved.Contains(Current)) _position++;
                if (_position == start) throw Malformed($"'{Current}' must stand in double quotes here.");
                return new HoconDraft.Text(start, _text[start.._position], Quoted: false);
        }
    }

    private List<HoconDraftValue> ReadList()
    {
        var opening = _position;
        Enter();
        _lists++;
        _position++;
        var items = new List<HoconDraftValue>();
        SkipLines();
        while (_position < _text.Length && Current != ']')
        {
            items.Add(ReadValue());
            SkipSeparator(']');
        }
        if (_position >= _text.Length) throw source.Malformed(opening, "this list is not closed.");
        _position++;
        _lists--;
        _depth--;
        return items;
    }

    private HoconDraft.Substitution ReadSubstitution()
    {
        var start = _position;
        _position += 2;
        var optional = Current == '?';
        if (optional) _position++;
        SkipBlanks();
        var from = _position;
        var keys = ReadPath("}");
        if (Current != '}') throw source.Malformed(start, "this substitution is not closed.");
        var path = _text[from.._position].Trim();
        _position++;
        return new HoconDraft.Substitution(start, path, keys, optional);
    }

    // Keys joined by dots, each quoted or not; blanks within a key belong to it.
    private List<string> ReadPath(string ends)
    {
        var start = _position;
        var keys = new List<string>();
        var key = new StringBuilder();
        var quoted = false;
        while (true)
        {
            if (Current == '"')
            {
                key.Append(ReadQuoted());
                quoted = true;
            }
            else if (!AtLineEnd && !AtComment && Current == '.')
            {
                _position++;
                Finish();
            }
            else if (!AtLineEnd && !AtComment && !ends.Contains(Current))
            {
                // A path of actors may have wildcards, as in akka.actor.deployment { /rooms/* { … } }.
                if (Reserved.Contains(Current) && Current != '*') throw Malformed($"'{Current}' must stand in double quotes in a key.");
                // Blanks around a quoted key do not belong to it, those between two words do.
                if (!char.IsWhiteSpace(Current) || key.Length > 0 && !quoted) key.Append(Current);
                _position++;
            }
            else
            {
                Finish();
                return keys;
            }
        }

        void Finish()
        {
            var name = quoted ? key.ToString() : key.ToString().TrimEnd();
            if (name.Length == 0 && !quoted) throw source.Malformed(start, "a key is empty.");
            keys.Add(name);
            key.Clear();
            quoted = false;
        }
    }

    private string ReadQuoted()
    {
        var opening = _position;
        if (At(1) == '"' && At(2) == '"') return ReadTripleQuoted();
        _position++;
        var content = new StringBuilder();
        while (!AtLineEnd)
        {
            var c = _text[_position++];
            if (c == '"') return content.ToString();
            content.Append(c == '\\' ? ReadEscape() : c);
        }
        throw source.Malformed(opening, "this string is not closed.");
    }

    private string ReadTripleQuoted()
    {
        var opening = _position;
        var start = _position + 3;
        var end = _text.IndexOf("\"\"\"", start, StringComparison.Ordinal);
        if (end < 0) throw source.Malformed(opening, "this string is not closed.");
        // Of more than three quotes at the end, the last three close.
        while (end + 3 < _text.Length && _text[end + 3] == '"') end++;
        _position = end + 3;
        return _text[start..end];
    }

    private char ReadEscape()
    {
        var escape = _position - 1;
        if (AtLineEnd) throw source.Malformed(escape, "this escape is not complete.");
        switch (_text[_position++])
        {
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case '"': return '"';
            case '/': return '/';
            case '\\': return '\\';
            case 'u' when _position + 4 <= _text.Length && ushort.TryParse(_text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default: throw source.Malformed(escape, "there is no such escape.");
        }
    }

    private bool AtInclude()
    {
        const string Word = "include";
        if (string.CompareOrdinal(_text, _position, Word, 0, Word.Length) != 0) return false;
        var next = _position + Word.Length;
        while (next < _text.Length && _text[next] is ' ' or '\t') next++;
        return next < _text.Length && (_text[next] == '"'
            || string.CompareOrdinal(_text, next, "file(", 0, 5) == 0
            || string.CompareOrdinal(_text, next, "required(", 0, 9) == 0);
    }

    private void ReadInclude(HoconDraftObject settings)
    {
        var start = _position;
        _position += "include".Length;
        SkipBlanks();
        var required = SkipWord("required(");
        var file = SkipWord("file(");
        if (Current != '"') throw Malformed("an include needs a name in double quotes.");
        var name = ReadQuoted();
        for (var open = (required ? 1 : 0) + (file ? 1 : 0); open > 0; open--)
        {
            SkipBlanks();
            if (Current != ')') throw source.Malformed(start, "this include is not closed.");
            _position++;
        }

        if (include is null) throw source.Malformed(start, $"'{name}' cannot be included: nothing is given that finds it.");
        if (include(name) is not { } included)
        {
            if (required) throw source.Malformed(start, $"'{name}' is required, but was not found.");
            return;
        }
        if (included.Value.GetObject() is not { } items) throw source.Malformed(start, $"'{name}' has no settings that could be included.");
        foreach (var (key, value) in items.Items) settings.Assign([key], new HoconDraftValue([new HoconDraft.Included(start, value)]), start);
    }

    // Between two members stand line ends, at most one comma, or both.
    private void SkipSeparator(char closing)
    {
        var line = _position;
        var separated = SkipLines();
        if (_position < _text.Length && Current == ',')
        {
            _position++;
            SkipLines();
            if (Current == ',') throw Malformed("a comma separates two values, but there is none before it.");
        }
        else if (!separated && _position < _text.Length && Current != closing)
        {
            throw source.Malformed(_position > line ? _position : line, $"'{Current}' does not belong here: a comma or a new line is missing.");
        }
    }

    private bool SkipLines()
    {
        var lines = false;
        while (_position < _text.Length)
        {
            if (AtComment)
            {
                while (!AtLineEnd) _position++;
            }
            else if (char.IsWhiteSpace(Current))
            {
                lines |= Current == '\n';
                _position++;
            }
            else
            {
                break;
            }
        }
        return lines;
    }

    private void SkipBlanks()
    {
        while (!AtLineEnd && char.IsWhiteSpace(Current)) _position++;
    }

    private bool SkipWord(string word)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0) return false;
        _position += word.Length;
        SkipBlanks();
        return true;
    }

    private void SkipByteOrderMark()
    {
        if (_text.StartsWith('\ufeff')) _position++;
    }

    private void Enter()
    {
        if (++_depth > MaxDepth) throw Malformed("objects and lists are nested too deeply.");
    }

    private char At(int offset) => _position + offset < _text.Length ? _text[_position + offset] : End;

    private ConfigurationException Malformed(string reason) =>
        _position < _text.Length ? source.Malformed(_position, reason) : source.Malformed(_position, "the text ends too early: " + reason);
}
