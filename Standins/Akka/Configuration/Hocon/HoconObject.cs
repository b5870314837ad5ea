namespace Akka.Configuration.Hocon;

/// <summary>Settings by key, in the order in which they were first set.</summary>
public class HoconObject
{
    /// <summary>Makes an object without settings.</summary>
    public HoconObject() : this([])
    {
    }

    internal HoconObject(Dictionary<string, HoconValue> items) => Items = items;

    /// <summary>The settings.</summary>
    public Dictionary<string, HoconValue> Items { get; }

    /// <summary>The settings as plain texts, lists and dictionaries.</summary>
    public IDictionary<string, object?> Unwrapped => Items.ToDictionary(item => item.Key, item => item.Value.Unwrap());

    /// <summary>The setting of that key; null where it is not set.</summary>
    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    /// <summary>The settings as HOCON.</summary>
    public override string ToString() => new HoconValue(this).ToString();

    internal HoconObject Over(HoconObject other)
    {
        var merged = new Dictionary<string, HoconValue>(Items.Count + other.Items.Count);
        foreach (var (key, value) in Items) merged.Add(key, other.Items.TryGetValue(key, out var hidden) ? value.Over(hidden) : value);
        foreach (var (key, value) in other.Items) merged.TryAdd(key, value);
        return new HoconObject(merged);
    }
}
