using System.Diagnostics.CodeAnalysis;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// A tree of settings. A setting is named by its path, the keys from the root joined by dots; a key that has a dot itself stands in double quotes.
/// A getter gives its default where nothing is set, and throws a <see cref="FormatException"/> that names the path where the value is of another kind.
/// </summary>
public class Config
{
    /// <summary>The configuration without settings.</summary>
    public static readonly Config Empty = new();

    /// <summary>Makes a configuration without settings.</summary>
    public Config() : this(new HoconRoot(new HoconValue(new HoconObject())))
    {
    }

    /// <summary>Makes a configuration of what was read.</summary>
    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        Root = root.Value;
    }

    /// <summary>Makes a configuration of <paramref name="source"/>, and of <paramref name="fallback"/> where that sets nothing.</summary>
    public Config(Config source, Config? fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Root = fallback is null ? source.Root : source.Root.Over(fallback.Root);
        Fallback = fallback;
    }

    /// <summary>The tree, fallbacks included.</summary>
    public HoconValue Root { get; }

    /// <summary>The configuration that holds where this one sets nothing, if one was given.</summary>
    public Config? Fallback { get; }

    /// <summary>Whether there is no setting at all.</summary>
    public bool IsEmpty => Root.IsEmpty;

    /// <summary>Reads a HOCON text.</summary>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>This configuration, and <paramref name="fallback"/> where it sets nothing. Objects that both set are merged, everything else is replaced.</summary>
    public Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot fall back on itself.", nameof(fallback));
        if (fallback is null || fallback.IsEmpty) return this;
        return IsEmpty ? fallback : new Config(this, fallback);
    }

    /// <summary>Whether anything is set at <paramref name="path"/>, <c>null</c> included.</summary>
    public bool HasPath(string path) => Find(path) is not null;

    /// <summary>The settings of the first level.</summary>
    public IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject() is { } settings ? settings.Items : [];

    /// <summary>The part of the tree at <paramref name="path"/>; null where nothing is set.</summary>
    public Config? GetConfig(string path) => Find(path)?.ToConfig();

    /// <summary>The value at <paramref name="path"/>; null where nothing is set.</summary>
    public HoconValue? GetValue(string path) => Find(path);

    /// <summary>The text at <paramref name="path"/>; null for an object or a list.</summary>
    [return: NotNullIfNotNull(nameof(@default))]
    public string? GetString(string path, string? @default = null) => FindSet(path) is { } value ? value.GetString()! : @default;

    /// <summary>The truth value at <paramref name="path"/>: true, on, false, off.</summary>
    /// <exception cref="NotSupportedException">The value is something else.</exception>
    public bool GetBoolean(string path, bool @default = false) => Get(path, v => v.GetBoolean(), @default);

    /// <summary>The whole number at <paramref name="path"/>.</summary>
    public int GetInt(string path, int @default = 0) => Get(path, v => v.GetInt(), @default);

    /// <summary>The whole number at <paramref name="path"/>.</summary>
    public long GetLong(string path, long @default = 0) => Get(path, v => v.GetLong(), @default);

    /// <summary>The number at <paramref name="path"/>.</summary>
    public double GetDouble(string path, double @default = 0) => Get(path, v => v.GetDouble(), @default);

    /// <summary>The number at <paramref name="path"/>.</summary>
    public float GetFloat(string path, float @default = 0) => Get(path, v => v.GetFloat(), @default);

    /// <summary>The number at <paramref name="path"/>.</summary>
    public decimal GetDecimal(string path, decimal @default = 0) => Get(path, v => v.GetDecimal(), @default);

    /// <summary>The length of time at <paramref name="path"/>, a number with a unit (<c>5s</c>, <c>100 milliseconds</c>; none: milliseconds) or <c>infinite</c>, which is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Get(path, v => v.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    /// <summary>The number of bytes at <paramref name="path"/>, a number with a unit (<c>16KiB</c>, <c>1 MB</c>; none: bytes); null where nothing is set.</summary>
    public long? GetByteSize(string path) => Get(path, v => v.GetByteSize(), null);

    /// <summary>The number of bytes at <paramref name="path"/>, a number with a unit (<c>16KiB</c>, <c>1 MB</c>; none: bytes).</summary>
    public long? GetByteSize(string path, long? def = null) => Get(path, v => v.GetByteSize(), def);

    /// <summary>The truth values in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<bool> GetBooleanList(string path) => GetList(path, v => v.GetBooleanList());

    /// <summary>The bytes in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<byte> GetByteList(string path) => GetList(path, v => v.GetByteList());

    /// <summary>The numbers in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<decimal> GetDecimalList(string path) => GetList(path, v => v.GetDecimalList());

    /// <summary>The numbers in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<double> GetDoubleList(string path) => GetList(path, v => v.GetDoubleList());

    /// <summary>The numbers in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<float> GetFloatList(string path) => GetList(path, v => v.GetFloatList());

    /// <summary>The whole numbers in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<int> GetIntList(string path) => GetList(path, v => v.GetIntList());

    /// <summary>The whole numbers in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<long> GetLongList(string path) => GetList(path, v => v.GetLongList());

    /// <summary>The texts in the list at <paramref name="path"/>; none where no list is set.</summary>
    public IList<string> GetStringList(string path) => GetList(path, v => v.GetStringList());

    /// <summary>The texts in the list at <paramref name="path"/>; <paramref name="defaultPaths"/> where nothing is set.</summary>
    public IList<string> GetStringList(string path, string[] defaultPaths) => FindSet(path) is null ? defaultPaths : GetStringList(path);

    /// <summary>The settings as HOCON.</summary>
    public override string ToString() => Root.ToString();

    private HoconValue? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        HoconValue? value = Root;
        foreach (var key in HoconPath.Split(path))
        {
            value = value.Child(key);
            if (value is null) return null;
        }
        return value;
    }

    private HoconValue? FindSet(string path) => Find(path) is { IsUnset: false } value ? value : null;

    private T Get<T>(string path, Func<HoconValue, T> read, T otherwise)
    {
        if (FindSet(path) is not { IsNull: false } value) return otherwise;
        try
        {
            return read(value);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException($"{path}: {e.Message}", e);
        }
    }

    private IList<T> GetList<T>(string path, Func<HoconValue, IList<T>> read) => Get(path, read, []);
}
