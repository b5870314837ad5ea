using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>One value of a configuration: a text, a list, an object or <c>null</c>. Numbers, times and sizes are texts that a getter reads.</summary>
public class HoconValue
{
    // A string, a List<HoconValue>, a HoconObject, or null.
    private readonly object? _content;

    /// <summary>Makes a value that nothing was assigned to.</summary>
    public HoconValue() => IsUnset = true;

    internal HoconValue(HoconObject settings) => _content = settings;

    internal HoconValue(List<HoconValue> items) => _content = items;

    internal HoconValue(string? text) => _content = text;

    internal static HoconValue Unset { get; } = new();

    internal static HoconValue Null { get; } = new((string?)null);

    /// <summary>Whether nothing is assigned, or an object without settings.</summary>
    public bool IsEmpty => IsUnset || _content is HoconObject { Items.Count: 0 };

    // An optional substitution that led nowhere: the key is there, yet whatever it would hide shows through.
    internal bool IsUnset { get; }

    internal bool IsNull => _content is null;

    /// <summary>Whether this is an object.</summary>
    public bool IsObject() => _content is HoconObject;

    /// <summary>Whether this is a list.</summary>
    public bool IsArray() => _content is List<HoconValue>;

    /// <summary>Whether this is a text.</summary>
    public bool IsString() => _content is string;

    /// <summary>The object; null if this is none.</summary>
    public HoconObject? GetObject() => _content as HoconObject;

    /// <summary>The list; also that of an object whose keys are numbers, in their order. Empty if this is neither.</summary>
    public IList<HoconValue> GetArray() => _content switch
    {
        List<HoconValue> items => items,
        HoconObject settings => [.. settings.Items
            .Where(item => int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OrderBy(item => int.Parse(item.Key, CultureInfo.InvariantCulture))
            .Select(item => item.Value)],
        _ => [],
    };

    /// <summary>The text; null if this is none.</summary>
    public string? GetString() => _content as string;

    /// <summary>The truth value: true, on, false, off.</summary>
    /// <exception cref="NotSupportedException">This is something else.</exception>
    public bool GetBoolean() => GetString() switch
    {
        "true" or "on" => true,
        "false" or "off" => false,
        _ => throw new NotSupportedException($"'{this}' is neither true, on, false nor off."),
    };

    /// <summary>The whole number.</summary>
    public int GetInt() => Number<int>(NumberStyles.Integer);

    /// <summary>The whole number.</summary>
    public long GetLong() => Number<long>(NumberStyles.Integer);

    /// <summary>The whole number.</summary>
    public byte GetByte() => Number<byte>(NumberStyles.Integer);

    /// <summary>The number.</summary>
    public double GetDouble() => Number<double>(NumberStyles.Float | NumberStyles.AllowThousands);

    /// <summary>The number.</summary>
    public float GetFloat() => Number<float>(NumberStyles.Float | NumberStyles.AllowThousands);

    /// <summary>The number.</summary>
    public decimal GetDecimal() => Number<decimal>(NumberStyles.Number | NumberStyles.AllowExponent);

    /// <summary>The length of time, a number with a unit (none: milliseconds) or <c>infinite</c>, which is <see cref="Timeout.InfiniteTimeSpan"/>. Microseconds are not read.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.ReadTime(ToString(), allowInfinite);

    /// <summary>The number of bytes, a number with a unit (none: bytes).</summary>
    public long? GetByteSize() => HoconUnits.ReadSize(ToString());

    /// <summary>The list's truth values.</summary>
    public IList<bool> GetBooleanList() => List(v => v.GetBoolean());

    /// <summary>The list's bytes.</summary>
    public IList<byte> GetByteList() => List(v => v.GetByte());

    /// <summary>The list's numbers.</summary>
    public IList<decimal> GetDecimalList() => List(v => v.GetDecimal());

    /// <summary>The list's numbers.</summary>
    public IList<double> GetDoubleList() => List(v => v.GetDouble());

    /// <summary>The list's numbers.</summary>
    public IList<float> GetFloatList() => List(v => v.GetFloat());

    /// <summary>The list's whole numbers.</summary>
    public IList<int> GetIntList() => List(v => v.GetInt());

    /// <summary>The list's whole numbers.</summary>
    public IList<long> GetLongList() => List(v => v.GetLong());

    /// <summary>The list's texts.</summary>
    public IList<string> GetStringList() => List(v => v.GetString()!);

    /// <summary>The setting of that key, if this is an object that has it.</summary>
    public HoconValue? GetChildObject(string key) => Child(key);

    /// <summary>A configuration of which this is the root.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>A text as it is, everything else as HOCON.</summary>
    public override string ToString()
    {
        if (_content is string text) return text;
        var hocon = new StringBuilder();
        Write(hocon, 0);
        return hocon.ToString();
    }

    internal HoconValue? Child(string key) => _content is HoconObject settings ? settings.GetKey(key) : null;

    /// <summary>This value where both are set; two objects are merged.</summary>
    internal HoconValue Over(HoconValue hidden) =>
        IsUnset ? hidden
        : _content is HoconObject mine && hidden._content is HoconObject other ? new HoconValue(mine.Over(other))
        : this;

    internal object? Unwrap() => _content switch
    {
        HoconObject settings => settings.Unwrapped,
        List<HoconValue> items => items.ConvertAll(item => item.Unwrap()),
        var text => text,
    };

    private T Number<T>(NumberStyles style) where T : System.Numerics.INumberBase<T> =>
        T.TryParse(GetString(), style, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{this}' is not a number of type {typeof(T).Name}.");

    private IList<T> List<T>(Func<HoconValue, T> read) => [.. GetArray().Select(read)];

    private void Write(StringBuilder hocon, int depth)
    {
        switch (_content)
        {
            case null:
                hocon.Append("null");
                break;
            case string text:
                hocon.Append(HoconPath.Quote(text));
                break;
            case List<HoconValue> items:
                hocon.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0) hocon.Append(", ");
                    items[i].Write(hocon, depth + 1);
                }
                hocon.Append(']');
                break;
            case HoconObject settings:
                hocon.Append('{');
                foreach (var (key, value) in settings.Items.Where(item => !item.Value.IsUnset))
                {
                    hocon.Append('\n').Append(' ', 2 * (depth + 1)).Append(HoconPath.QuoteKey(key)).Append(" = ");
                    value.Write(hocon, depth + 1);
                }
                hocon.Append('\n').Append(' ', 2 * depth).Append('}');
                break;
        }
    }
}
